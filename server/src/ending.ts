import { second } from './clock.ts'

/** What a supervisor of processes waits at least before it kills. ms */
const mostTime = 8 * second

export interface Ending {
  /** Ends what is open; may take its time, or never end. */
  readonly stop: () => Promise<void>
  readonly exit: (code: number) => void
  /** Says what was not waited for. */
  readonly late: () => void
  /** ms; 8 s unless said. */
  readonly patience?: number
}

/**
 * An end that always comes: whatever hangs is left behind when its time is over. Nothing is lost by that, for what was
 * acknowledged is committed and the rest rolls back. Asked twice (a signal, and a parent that is gone) it begins once.
 */
export function createEnding({ stop, exit, late, patience = mostTime }: Ending): () => void {
  let hasBegun = false
  return () => {
    if (hasBegun) return
    hasBegun = true
    setTimeout(() => {
      late()
      exit(1)
    }, patience)
    stop().then(
      () => exit(0),
      () => exit(1),
    )
  }
}
