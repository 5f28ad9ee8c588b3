import { BusyStoreError } from './failures.ts'

/** One at a time, in the order in which they came. */
export interface Turns {
  /** @throws BusyStoreError when `patience` (ms) is over before it is one's turn */
  take(): Promise<void>
  pass(): void
}

/** Whose turn it is on the only connection of a SQLite file. Nobody waits for ever: a queue that stands still says busy. */
export function createTurns(patience: number): Turns {
  const waiting = new Set<() => void>()
  let taken = false
  return {
    async take() {
      if (!taken) {
        taken = true
        return
      }
      await new Promise<void>((resolve, reject) => {
        const giveUp = setTimeout(() => {
          waiting.delete(begin)
          reject(new BusyStoreError())
        }, patience)
        function begin(): void {
          clearTimeout(giveUp)
          resolve()
        }
        waiting.add(begin)
      })
    },

    pass() {
      const [next] = waiting
      if (!next) {
        taken = false
        return
      }
      waiting.delete(next)
      next()
    },
  }
}
