import { sql } from 'kysely'
import { isPostgres, type Store } from './store.ts'

/**
 * Takes what was overwritten out of SQLite's write-ahead log as well, where earlier pages linger until they are written
 * over. Whoever reads just then is left alone: the next round does it. PostgreSQL's own log is its operator's to keep or ship.
 */
export async function forgetOldPages(store: Store): Promise<void> {
  if (!isPostgres(store)) await sql`pragma wal_checkpoint(truncate)`.execute(store)
}
