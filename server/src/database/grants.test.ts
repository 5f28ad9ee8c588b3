import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bindPhone, makeTestClient, raiseTestApp, signIn, type TestApp } from '../testing/app.ts'
import { createTestDatabase, serviceRole, type TestDatabase, testsOnPostgres } from '../testing/database.ts'
import { asAdministrator } from '../testing/postgres.ts'
import { grantStatements, recordTables } from './grants.ts'
import { openStore } from './store.ts'

describe.runIf(testsOnPostgres)('the service’s role', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await raiseTestApp()
    // Something is recorded.
    await bindPhone(makeTestClient(app), app)
    await signIn(makeTestClient(app), 'supervisor.satu', 'satu-kode-0')
  })
  afterAll(() => app.close())

  /** The error's code, or what was done. */
  const attempt = (statement: string): Promise<string> =>
    asAdministrator(app.config.database, (client) =>
      client.query(statement).then(
        ({ command, rowCount }) => `${command} ${rowCount}`,
        (error: unknown) => (error instanceof pg.DatabaseError ? String(error.code) : 'no answer'),
      ),
    )
  const denied = '42501'

  it('runs the app that this test speaks to', async () => {
    expect(new URL(app.config.database).username).toBe(serviceRole)
    expect(await attempt('select count(*) from audit_entry')).toBe('SELECT 1')
  })

  it('cannot rewrite, erase or empty what was recorded', async () => {
    expect(recordTables).toEqual(['audit_entry', 'scan', 'scan_leaf', 'log_head'])
    for (const table of recordTables) {
      const column = { audit_entry: 'at', scan: 'at', scan_leaf: 'hash', log_head: 'root' }[table]
      for (const statement of [`update ${table} set ${column} = ${column}`, `delete from ${table}`, `truncate ${table} cascade`]) {
        expect(await attempt(statement), statement).toBe(denied)
      }
    }
  })

  it('can erase the details of an entry, and not rewrite them', async () => {
    expect(await attempt(`update audit_detail set detail = '{}'`)).toBe(denied)
    expect(await attempt('delete from audit_detail where seq = 1')).toBe('DELETE 1')
  })

  it.each([
    'create table own (id text)',
    'create schema own',
    'drop table audit_entry',
    'alter table audit_entry disable trigger all',
    'alter table scan add column note text',
    'create index on audit_entry (at)',
    `create function f() returns int language sql as 'select 1'`,
    'grant update on audit_entry to current_user',
    'create role helper',
    'alter role current_user superuser',
    'alter system set fsync = off',
    `insert into kysely_migration (name, timestamp) values ('9999', 'now')`,
    'delete from kysely_migration',
    `copy resident to program 'cat'`,
  ])('may not: %s', async (statement) => {
    // A grant of what one does not have is a warning that does nothing; a column cannot be added by who does not own the table.
    const answer = await attempt(statement)
    expect(answer === denied || answer.startsWith('GRANT')).toBe(true)
    expect(await attempt('update audit_entry set at = at')).toBe(denied)
  })
})

describe.runIf(testsOnPostgres)('an owner’s address beside the service’s', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('brings the schema up to date and gives the service its rights, at the start of a server that has none', async () => {
    const role = `fresh_${randomUUID().slice(0, 8)}`
    const url = new URL(database.url)
    url.username = role
    await asAdministrator(database.url, (client) => client.query(`drop schema public cascade; create schema public; create role ${role} login`))
    try {
      await expect(openStore(url.href)).rejects.toThrow()
      const store = await openStore(url.href, { owner: database.url })
      expect(await store.selectFrom('resident').select('id').execute()).toEqual([])
      await store.destroy()
      // From then on it starts without the owner.
      await (await openStore(url.href)).destroy()
    } finally {
      await asAdministrator(database.url, (client) => client.query(`drop owned by ${role}; drop role ${role}`))
    }
  })

  it('names roles that need quoting without a stumble', async () => {
    const owned = await openStore(database.url)
    const statements = await grantStatements(owned, 'x"; drop table audit_entry; --')
    for (const statement of statements) expect(statement).toContain('"x""; drop table audit_entry; --"')
    await owned.destroy()
  })
})
