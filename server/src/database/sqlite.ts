import Database from 'better-sqlite3'
import { CompiledQuery, type DatabaseConnection, type Driver, Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import { findStorageFailure, LaxStorageError } from './failures.ts'
import { assertOutsideUnit } from './open-unit.ts'
import type { Tables } from './tables.ts'
import { createTurns } from './turns.ts'

/** Opens or makes the file; refuses one whose commits could be lost. `patience`: how long to wait for a lock, ms. */
export function openSqlite(path: string, patience: number): Kysely<Tables> {
  const database = new Database(path, { timeout: 0 })
  try {
    withinPatience(patience, () => database.pragma('journal_mode = WAL'))
    // What was acknowledged survives a power cut: every commit is synced, not only every checkpoint.
    database.pragma('synchronous = FULL')
    // On macOS fsync alone leaves the data in the drive's cache.
    database.pragma('fullfsync = ON')
    database.pragma('foreign_keys = ON')
    // What is deleted is overwritten: mail bodies, evidence and its keys must not linger in free pages.
    database.pragma('secure_delete = ON')
    assertDurable(database)
  } catch (error) {
    database.close()
    throw error
  }
  return new Kysely<Tables>({ dialect: new PatientDialect(database, patience) })
}

/** Throws for a connection whose commits a power cut could take back. */
export function assertDurable(database: Database.Database): void {
  const [journal, synchronous] = [database.pragma('journal_mode', { simple: true }), database.pragma('synchronous', { simple: true })]
  if (journal !== 'wal') throw new LaxStorageError(`SQLite keeps its journal as ${String(journal)}, not as WAL`)
  // 2 is FULL, 3 is EXTRA (https://sqlite.org/pragma.html#pragma_synchronous).
  if (synchronous !== 2 && synchronous !== 3) throw new LaxStorageError('SQLite does not sync every commit (synchronous=FULL)')
}

/** Another process may be opening the same file: only at the start, so that to wait idly is no harm. */
function withinPatience(patience: number, run: () => void): void {
  const until = Date.now() + patience
  for (;;) {
    try {
      return run()
    } catch (error) {
      if (findStorageFailure(error) !== 'busy' || Date.now() > until) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

/**
 * better-sqlite3 waits for a lock with the whole process standing still. This waits asleep: SQLite itself gives up at once,
 * and what begins (a transaction, a statement alone) is tried again until the patience is used up. All work shares one
 * connection, one after another; so that a queue does not wait its patience each in turn, only the first one does, and
 * those behind it try once for as long as the lock stays.
 */
class PatientDialect extends SqliteDialect {
  readonly #database: Database.Database
  readonly #patience: number

  constructor(database: Database.Database, patience: number) {
    super({ database })
    this.#database = database
    this.#patience = patience
  }

  override createDriver(): Driver {
    return createPatientDriver(super.createDriver(), this.#database, this.#patience)
  }

  override createAdapter(): SqliteAdapter {
    return new SelfQueuedAdapter()
  }
}

/** Kysely's own queue for the one connection has no end to its waiting: ours stands in its place. */
class SelfQueuedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

function createPatientDriver(inner: Driver, database: Database.Database, patience: number): Driver {
  const turns = createTurns(patience)
  let knownLocked = false
  let shared: DatabaseConnection | undefined

  async function patiently<T>(run: () => Promise<T>): Promise<T> {
    const until = performance.now() + (knownLocked ? 0 : patience)
    for (let tries = 0; ; tries++) {
      try {
        const result = await run()
        knownLocked = false
        return result
      } catch (error) {
        if (findStorageFailure(error) !== 'busy') throw error
        if (performance.now() >= until) {
          knownLocked = true
          throw error
        }
        await new Promise((resolve) => setTimeout(resolve, Math.min(50, 2 ** tries)))
      }
    }
  }

  return {
    init: (options) => inner.init(options),
    async acquireConnection(options) {
      assertOutsideUnit()
      await turns.take()
      const connection = await inner.acquireConnection(options)
      shared ??= {
        executeQuery: (query, more) =>
          database.inTransaction ? connection.executeQuery(query, more) : patiently(() => connection.executeQuery(query, more)),
        streamQuery: (query, size, more) => connection.streamQuery(query, size, more),
      }
      return shared
    },
    // IMMEDIATE: the write lock is taken at the beginning, where waiting is possible, and not at the first write, where a
    // transaction that has read already can only fail (SQLITE_BUSY_SNAPSHOT).
    beginTransaction: async (connection) => void (await connection.executeQuery(CompiledQuery.raw('begin immediate'))),
    commitTransaction: (connection) => inner.commitTransaction(connection),
    async rollbackTransaction(connection) {
      // A full disk rolls back by itself; a second rollback would hide why.
      if (database.inTransaction) await inner.rollbackTransaction(connection)
    },
    ...(inner.savepoint ? { savepoint: inner.savepoint.bind(inner) } : {}),
    ...(inner.rollbackToSavepoint ? { rollbackToSavepoint: inner.rollbackToSavepoint.bind(inner) } : {}),
    ...(inner.releaseSavepoint ? { releaseSavepoint: inner.releaseSavepoint.bind(inner) } : {}),
    releaseConnection: async () => turns.pass(),
    destroy: (options) => inner.destroy(options),
  }
}
