import { type Driver, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { LaxStorageError } from './failures.ts'
import { assertOutsideUnit } from './open-unit.ts'
import type { Tables } from './tables.ts'

export interface PostgresOptions {
  /** Most connections of this process. */
  readonly pool: number
  /** How long to wait for a free connection or for a lock, ms. */
  readonly patience: number
}

/** No statement of a request takes this long; what does is stuck. ms */
const statementTimeout = 30_000

/** A pool of connections, each of them checked before its first use. */
export function openPostgres(url: string, { pool: max, patience }: PostgresOptions): Kysely<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    application_name: 'ikd',
    keepAlive: true,
    connectionTimeoutMillis: patience,
    lock_timeout: patience,
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: statementTimeout,
    verify: (client, done) => void assertDurable(client).then(() => done(), done),
  })
  // A connection that dies, idle or in use, is thrown away; whoever used it hears of it through their query.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new Kysely<Tables>({ dialect: new OneConnectionDialect({ pool }) })
}

/** A unit of work has its one connection: a pool whose connections all wait for another one stands still. */
class OneConnectionDialect extends PostgresDialect {
  override createDriver(): Driver {
    const driver = super.createDriver()
    const acquire = driver.acquireConnection.bind(driver)
    driver.acquireConnection = async (options) => {
      assertOutsideUnit()
      return acquire(options)
    }
    return driver
  }
}

/**
 * Throws for a connection whose commits a crash could take back, whoever said so: the server, the database, the role or the
 * URL. What holds is then pinned to the session, so that a default changed later does not reach it.
 */
export async function assertDurable(client: Pick<pg.ClientBase, 'query'>): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`,
  )
  const lax = rows.filter(({ setting }) => setting === 'off').map(({ name }) => `${name}=off`)
  if (rows.length !== 3 || lax.length > 0) throw new LaxStorageError(`PostgreSQL runs with ${lax.join(', ')}: commits could be lost`)
  await client.query(`select set_config('synchronous_commit', current_setting('synchronous_commit'), false)`)
}

/** int8 arrives as text by default; our instants and counters stay far below 2^53. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => (oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'))) as typeof pg.types.getTypeParser,
}
