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
