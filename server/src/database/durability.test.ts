import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { createTestDatabase, type TestDatabase, testsOnPostgres } from '../testing/database.ts'
import { asAdministrator } from '../testing/postgres.ts'
import { findStorageFailure } from './failures.ts'
import { assertDurable } from './sqlite.ts'
import { openStore } from './store.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

const administer = (statement: string) => asAdministrator(database.url, (client) => client.query(statement))

describe.runIf(testsOnPostgres)('a PostgreSQL connection whose commits a crash could take back is refused', () => {
  const name = () => new URL(database.url).pathname.slice(1)
  const refused = async (url: string) => {
    const opening = openStore(url).then(async (store) => {
      await store.destroy()
      return undefined
    })
    await expect(opening).rejects.toThrow('synchronous_commit=off')
    expect(findStorageFailure(await opening.catch((error: unknown) => error))).toBe('unwritable')
  }

  it('when the database says so', async () => {
    await administer(`alter database ${name()} set synchronous_commit = off`)
    await refused(database.url)
  })

  it('when the role says so', async () => {
    const role = `lax_${randomBytes(4).toString('hex')}`
    await administer(`create role ${role} login superuser; alter role ${role} set synchronous_commit = off`)
    const url = new URL(database.url)
    url.username = role
    await refused(url.href).finally(() => administer(`drop role ${role}`))
  })

  it('when the URL says so', async () => {
    await refused(`${database.url}?options=${encodeURIComponent('-c synchronous_commit=off')}`)
  })

  it('at every new connection of a running server, and those it has keep what they were checked with', async () => {
    const store = await openStore(database.url, { pool: 2 })
    const setting = async (from: typeof store) => (await sql<{ setting: string }>`select current_setting('synchronous_commit') as setting`.execute(from)).rows[0]?.setting
    try {
      expect(await setting(store)).toBe('on')
      await administer(`alter database ${name()} set synchronous_commit = off`)
      await store.transaction().execute(async (work) => {
        expect(await setting(work)).toBe('on')
        // The one good connection is taken: a second has to be made.
        await expect(setting(store)).rejects.toThrow('synchronous_commit=off')
        await expect(setting(store), 'nor does a refused one take a place in the pool').rejects.toThrow('synchronous_commit=off')
      })
      await administer(`alter database ${name()} reset synchronous_commit`)
      await store.transaction().execute(async () => expect(await setting(store)).toBe('on'))
    } finally {
      await store.destroy()
    }
  })
})

describe.runIf(!testsOnPostgres)('a SQLite connection whose commits a power cut could take back is refused', () => {
  it.each([
    ['synchronous = NORMAL', 'does not sync every commit'],
    ['synchronous = OFF', 'does not sync every commit'],
    ['journal_mode = MEMORY', 'keeps its journal as memory'],
  ])('with %s', (pragma, reason) => {
    const connection = new Database(database.url.slice('sqlite:'.length))
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    assertDurable(connection)
    connection.pragma(pragma)
    expect(() => assertDurable(connection)).toThrow(reason)
    connection.close()
  })

  it('is opened with a sync at every commit', async () => {
    const store = await openStore(database.url)
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(store)
    expect(rows).toEqual([{ synchronous: 2 }])
    await store.destroy()
  })

  it('where the file system allows no WAL', async () => {
    await expect(openStore('sqlite::memory:')).rejects.toThrow('keeps its journal as memory')
  })
})

test.runIf(testsOnPostgres)('a database at its newest schema is opened without the right to change it', async () => {
  const role = `reader_${randomBytes(4).toString('hex')}`
  await administer(`create role ${role} login; grant select on all tables in schema public to ${role}`)
  const url = new URL(database.url)
  url.username = role
  await openStore(url.href)
    .then((store) => store.destroy())
    .finally(() => administer(`drop owned by ${role}; drop role ${role}`))
})
