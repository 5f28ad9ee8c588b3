import type { Clock } from './clock.ts'
import type { HolderSession } from './holder-session.ts'

const firstPauseMs = 5_000
const longestPauseMs = 60_000

/**
 * Goes on by itself once the server can be reached again: at once when the phone says that its network is back, and in ever longer
 * pauses as well, for a phone says nothing when it never noticed (a network without a way out, a server that was away).
 */
export function watchReach(session: Pick<HolderSession, 'state' | 'start' | 'tryAgain'>, clock: Clock, page: EventTarget = window): void {
  let pauseMs = firstPauseMs
  let cancel = () => {}

  const wait = () => {
    cancel()
    cancel = clock.after(pauseMs, async () => {
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      await session.tryAgain()
      if (session.state.value.at === 'unreachable') wait()
    })
  }

  session.state.subscribe((state) => {
    cancel()
    if (state.at === 'unreachable') return wait()
    if (state.at !== 'starting') pauseMs = firstPauseMs
  })
  page.addEventListener('online', () => {
    if (session.state.value.at === 'unreachable') void session.start()
  })
}
