import { type Kysely, PostgresAdapter, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import { grantService } from './grants.ts'
import * as first from './migrations/0001-first.ts'
import * as secondFactors from './migrations/0002-second-factors.ts'
import * as lifecycle from './migrations/0003-lifecycle.ts'
import * as institutionSystems from './migrations/0004-institution-systems.ts'
import * as evidenceAndHeads from './migrations/0005-evidence-and-heads.ts'
import * as limits from './migrations/0006-limits.ts'
import * as challenges from './migrations/0007-challenges.ts'
import * as duplicates from './migrations/0008-duplicates.ts'
import * as faceAttempts from './migrations/0009-face-attempts.ts'
import * as lostWorkers from './migrations/0010-lost-workers.ts'
import * as strangersAndNewFactors from './migrations/0011-strangers-and-new-factors.ts'
import * as secondPerson from './migrations/0012-second-person.ts'
import * as oneAtATime from './migrations/0014-one-at-a-time.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'

/** What a repository needs of the database: the connection, or a transaction on it. */
export type Queries = Pick<Kysely<Tables>, 'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom' | 'getExecutor'>
export type Store = Kysely<Tables>
export type Work = Transaction<Tables>

const migrations = {
  '0001-first': first,
  '0002-second-factors': secondFactors,
  '0003-lifecycle': lifecycle,
  '0004-institution-systems': institutionSystems,
  '0005-evidence-and-heads': evidenceAndHeads,
  '0006-limits': limits,
  '0007-challenges': challenges,
  '0008-duplicates': duplicates,
  '0009-face-attempts': faceAttempts,
  '0010-lost-workers': lostWorkers,
  '0011-strangers-and-new-factors': strangersAndNewFactors,
  '0012-second-person': secondPerson,
  '0014-one-at-a-time': oneAtATime,
}

export interface StoreOptions {
  /** Most connections to PostgreSQL; 10 unless said. */
  readonly pool?: number
  /** How long to wait for a lock or a free connection before the answer is *busy*, ms; 5000 unless said. */
  readonly patience?: number
  /** PostgreSQL: the URL of the role that owns the schema, brings it up to date and gives the service's role its rights. */
  readonly owner?: string | undefined
}

/**
 * Opens `sqlite:PATH` or `postgres://…`, checks at every connection that a commit there means a disk has it, and brings the
 * schema up to date.
 */
export async function openStore(url: string, { pool = 10, patience = 5_000, owner }: StoreOptions = {}): Promise<Store> {
  const open = (address: string): Store =>
    address.startsWith('sqlite:') ? openSqlite(address.slice('sqlite:'.length), patience) : openPostgres(address, { pool, patience })
  if (owner !== undefined) {
    const owned = open(owner)
    try {
      await migrate(owned)
      const role = decodeURIComponent(new URL(url).username)
      if (role !== decodeURIComponent(new URL(owner).username)) await grantService(owned, role)
    } finally {
      await owned.destroy()
    }
  }
  const store = open(url)
  try {
    await migrate(store)
  } catch (error) {
    await store.destroy()
    throw error
  }
  return store
}

/** Changes nothing, and needs no right to, when nothing is to be done. */
async function migrate(store: Store): Promise<void> {
  // What was developed side by side is not always finished in the order of its numbers.
  const migrator = new Migrator({ db: store, provider: { getMigrations: async () => migrations }, allowUnorderedMigrations: true })
  const waiting = (await migrator.getMigrations()).some(({ executedAt }) => executedAt === undefined)
  if (!waiting) return
  const { error } = await migrator.migrateToLatest()
  if (error) throw new Error('the database could not be brought up to date', { cause: error })
}

export function isPostgres(queries: Queries): boolean {
  return queries.getExecutor().adapter instanceof PostgresAdapter
}
