import type { Core } from './core.ts'
import { second } from './clock.ts'
import { errorKind } from './error-kind.ts'

/** Goes through work that waits in the database, one round after another. */
export interface Rounds {
  start(): void
  /** One more round, now or after the one under way. */
  wake(): void
  /** A long round asks this before each piece of work. */
  isRunning(): boolean
  /** Begins no other round; resolves once the one under way is over. */
  stop(): Promise<void>
}

/** Work that nobody announced, such as what a time has come for, is found within this. */
const pollEvery = second

/**
 * A round begins when work is announced, when announcements may have been missed, and every second in any case. One that fails
 * is logged and followed by the next.
 *
 * @param topic of the signals
 * @param failed the sentence of the log
 */
export function createRounds(core: Pick<Core, 'signals' | 'log'>, topic: string, round: () => Promise<void>, failed: string): Rounds {
  let running = false
  let stopListening = () => {}
  let poll: NodeJS.Timeout | undefined
  let rounds: Promise<void> = Promise.resolve()
  let roundWaiting = false

  function wake(): void {
    if (!running || roundWaiting) return
    roundWaiting = true
    rounds = rounds.then(async () => {
      roundWaiting = false
      if (running) await round().catch((error: unknown) => core.log.error({ kind: errorKind(error) }, failed))
    })
  }

  return {
    wake,
    isRunning: () => running,
    start() {
      if (running) return
      running = true
      const stops = [core.signals.subscribe(topic, wake), core.signals.whenMissed(wake)]
      stopListening = () => stops.forEach((stop) => stop())
      poll = setInterval(wake, pollEvery)
      wake()
    },
    async stop() {
      running = false
      stopListening()
      clearInterval(poll)
      await rounds
    },
  }
}
