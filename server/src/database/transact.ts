import { DomainError, problemStatus } from '@ikd/contract'
import { sql } from 'kysely'
import { findStorageFailure } from './failures.ts'
import type { Store, Work } from './store.ts'

const mostTries = 8
const firstPause = 4
const longestPause = 200

/**
 * One transaction, begun anew when another was faster, with pauses that grow and differ. What runs in it may run several
 * times, so it keeps nothing outside the database. Gives up after some 0.7 s; a lost connection is never tried again, for
 * nobody knows whether its commit arrived: there the idempotency key decides.
 */
export async function transact<T>(store: Store, change: (work: Work) => Promise<T>, random: () => number = Math.random): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await store.transaction().execute(change)
    } catch (error) {
      const failure = findStorageFailure(error)
      const again = failure === 'collision' ? tries < mostTries : failure === 'duplicate' && tries < 2
      if (!again) throw error
      const pause = Math.min(longestPause, firstPause * 2 ** tries)
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + random() / 2)))
    }
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
