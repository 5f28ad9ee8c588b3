import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { createTestDatabase } from '../testing/database.ts'
import { openStore } from './store.ts'

it('a database that lacks a migration of a lower number than its last is brought up to date, with what it holds', async () => {
  const database = await createTestDatabase()
  try {
    const before = await openStore(database.url)
    // As it was while one came to be beside the others.
    await sql`alter table capture drop column challenge`.execute(before)
    await sql`delete from kysely_migration where name = '0007-challenges'`.execute(before)
    await before.destroy()
    const after = await openStore(database.url)
    expect((await sql<{ name: string }>`select name from kysely_migration order by name`.execute(after)).rows.map(({ name }) => name)).toContain('0007-challenges')
    await after.selectFrom('capture').select('challenge').execute()
    await after.destroy()
  } finally {
    await database.drop()
  }
})
