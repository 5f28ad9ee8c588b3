import Database from 'better-sqlite3'
import { Kysely, PostgresAdapter, PostgresDialect, SqliteDialect, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import * as first from './migrations/0001-first.ts'
import * as institutionSystems from './migrations/0004-institution-systems.ts'
import * as evidenceAndHeads from './migrations/0005-evidence-and-heads.ts'
import type { Tables } from './tables.ts'

/** What a repository needs of the database: the connection, or a transaction on it. */
export type Queries = Pick<Kysely<Tables>, 'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom' | 'getExecutor'>
export type Store = Kysely<Tables>
export type Work = Transaction<Tables>

const migrations = { '0001-first': first, '0004-institution-systems': institutionSystems, '0005-evidence-and-heads': evidenceAndHeads }

/**
 * Opens `sqlite:PATH` or `postgres://…`, checks that a commit there means a disk has it, and brings the schema up to date.
 */
export async function openStore(url: string): Promise<Store> {
  const store = url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openPostgres(url)
  const { error } = await new Migrator({ db: store, provider: { getMigrations: async () => migrations } }).migrateToLatest()
  if (error) {
    await store.destroy()
    throw new Error('the database could not be brought up to date', { cause: error })
  }
  return store
}

export function isPostgres(queries: Queries): boolean {
  return queries.getExecutor().adapter instanceof PostgresAdapter
}

function openSqlite(path: string): Store {
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  // What was acknowledged survives a power cut: every commit is synced, not only every checkpoint.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // What is deleted is overwritten: mail bodies, evidence and its keys must not linger in free pages.
  database.pragma('secure_delete = ON')
  database.pragma('busy_timeout = 5000')
  if (database.pragma('synchronous', { simple: true }) !== 2) throw new Error('SQLite does not keep synchronous=FULL')
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
}

function openPostgres(url: string): Store {
  // int8 arrives as text by default; our instants and counters stay far below 2^53.
  const types = { getTypeParser: ((oid: number, format?: 'text' | 'binary') => (oid === 20 ? Number : pg.types.getTypeParser(oid, format as 'text'))) as typeof pg.types.getTypeParser }
  const pool = new pg.Pool({ connectionString: url, max: 10, types })
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool,
      onCreateConnection: async (connection) => {
        const { rows } = await connection.executeQuery<{ name: string; setting: string }>({
          sql: `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit')`,
          parameters: [],
          query: { kind: 'RawNode', sqlFragments: [], parameters: [] },
          queryId: { queryId: 'durability' },
        })
        const lax = rows.filter((row) => row.setting === 'off')
        if (lax.length > 0) throw new Error(`PostgreSQL runs with ${lax.map((row) => `${row.name}=off`).join(', ')}: commits could be lost`)
      },
    }),
  })
}
