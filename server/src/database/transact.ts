import { DomainError, problemStatus } from '@ikd/contract'
import { type KyselyPlugin, type RootOperationNode, sql } from 'kysely'
import { within } from '../deadline.ts'
import { findStorageFailure, OverlongUnitError } from './failures.ts'
import { asOpenUnit } from './open-unit.ts'
import type { Store, Work } from './store.ts'

const mostTries = 8
const firstPause = 4
const longestPause = 200
/** No request's transaction takes nearly as long; one that does waits for something that does not come. ms */
export const unitLife = 15_000

export interface TransactOptions {
  /** How long one try may take before it is rolled back, ms; 15 s unless said. */
  readonly life?: number | undefined
  readonly random?: () => number
}

/**
 * The only way to a transaction: while it is open nothing in it reaches the store but through `work`, and it ends, for a
 * connection held for ever is a server that stands still. Begun anew when another was faster, with pauses that grow and
 * differ. What runs in it may run several times, so it keeps nothing outside the database. Gives up after some 0.7 s; a lost
 * connection is never tried again, for nobody knows whether its commit arrived: there the idempotency key decides.
 *
 * @throws OverlongUnitError when its life is over; nothing of it is kept
 */
export async function transact<T>(store: Store, change: (work: Work) => Promise<T>, { life = unitLife, random = Math.random }: TransactOptions = {}): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await store.transaction().execute((work) => withinLife(work, change, life))
    } catch (error) {
      const failure = findStorageFailure(error)
      const again = failure === 'collision' ? tries < mostTries : failure === 'duplicate' && tries < 2
      if (!again) throw error
      const pause = Math.min(longestPause, firstPause * 2 ** tries)
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + random() / 2)))
    }
  }
}

async function withinLife<T>(work: Work, change: (work: Work) => Promise<T>, life: number): Promise<T> {
  const lease = createLease()
  try {
    return await within(life, asOpenUnit(() => change(work.withPlugin(lease.plugin))), () => new OverlongUnitError(life))
  } finally {
    lease.end()
  }
}

/** What still runs when its transaction is over must not write behind the rollback, where each statement is a commit of its own. */
function createLease(): { readonly plugin: KyselyPlugin; end(): void } {
  let isOver = false
  return {
    end: () => void (isOver = true),
    plugin: {
      transformQuery({ node }): RootOperationNode {
        if (isOver) throw new Error('a unit of work was asked after its end')
        return node
      },
      transformResult: async ({ result }) => result,
    },
  }
}

/**
 * Part of a transaction that a thrown refusal takes back alone: what was done before it stays, and the refusal is the
 * result. One that says "not now" instead of "no" is no result and passes through.
 */
export async function undoRefused<T>(work: Work, act: () => Promise<T>): Promise<T | DomainError> {
  await sql`savepoint act`.execute(work)
  try {
    const result = await act()
    await sql`release savepoint act`.execute(work)
    return result
  } catch (error) {
    if (!(error instanceof DomainError) || problemStatus[error.code] >= 500) throw error
    await sql`rollback to savepoint act`.execute(work)
    await sql`release savepoint act`.execute(work)
    return error
  }
}
