import Database from 'better-sqlite3'
import pg from 'pg'

/**
 * What a failure of the database means for who asked:
 * `collision` – another transaction was faster and this one is rolled back: the same again may succeed at once;
 * `duplicate` – a unique key is taken, by somebody who may have taken it a moment ago: once more, and the rules see it;
 * `busy` – locked, starting, unreachable, out of connections: it passes by itself;
 * `unwritable` – full, read-only or broken storage: somebody has to act, and nothing is kept until then.
 */
export type StorageFailure = 'collision' | 'duplicate' | 'busy' | 'unwritable'

/** The database says of itself that a crash could take back what it has confirmed. */
export class LaxStorageError extends Error {}

/** Others were before, for longer than anybody waits. */
export class BusyStoreError extends Error {
  constructor() {
    super('no connection was free in time')
    this.name = 'BusyStoreError'
  }
}

/** A unit of work did not end within its life, and was rolled back. */
export class OverlongUnitError extends Error {
  readonly life: number

  constructor(life: number) {
    super(`a unit of work did not end within ${life} ms`)
    this.name = 'OverlongUnitError'
    this.life = life
  }
}

/** The kind of a failure; undefined for whatever is not the database's, or a mistake of ours. */
export function findStorageFailure(error: unknown): StorageFailure | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof LaxStorageError) return 'unwritable'
  if (error instanceof BusyStoreError || error instanceof OverlongUnitError) return 'busy'
  if (error instanceof Database.SqliteError) return sqliteFailure(error.code)
  if (error instanceof pg.DatabaseError) return postgresFailure(error.code ?? '')
  if (networkCodes.has((error as NodeJS.ErrnoException).code ?? '')) return 'busy'
  return driverMessages.some((message) => error.message.includes(message)) ? 'busy' : undefined
}

/** https://sqlite.org/rescode.html; extended codes begin with their primary one. */
function sqliteFailure(code: string): StorageFailure | undefined {
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'busy'
  if (/^SQLITE_(FULL|READONLY|IOERR|CANTOPEN)/.test(code)) return 'unwritable'
  return undefined
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function postgresFailure(code: string): StorageFailure | undefined {
  switch (code) {
    case '40001': // serialization_failure
    case '40P01': // deadlock_detected
      return 'collision'
    case '23505': // unique_violation
      return 'duplicate'
    case '25006': // read_only_sql_transaction
    case '53100': // disk_full
    case '58030': // io_error
      return 'unwritable'
    case '25P03': // idle_in_transaction_session_timeout
    case '53200': // out_of_memory
    case '53300': // too_many_connections
    case '55P03': // lock_not_available
    case '57014': // query_canceled, by our own statement_timeout
    case '57P01': // admin_shutdown
    case '57P02': // crash_shutdown
    case '57P03': // cannot_connect_now
      return 'busy'
    default:
      // Class 08: connection exceptions.
      return code.startsWith('08') ? 'busy' : undefined
  }
}

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN'])

/** `pg` has no codes for what happens to a connection. */
const driverMessages = ['Connection terminated', 'Client has encountered a connection error', 'timeout exceeded when trying to connect', 'timeout expired', 'Client was closed']
