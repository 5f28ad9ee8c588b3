import type { Clock } from './clock.ts'
import type { HolderSession } from './holder-session.ts'
import { mustAskPin } from './lock-rule.ts'

/** Locks the session by the lock rule: when its time is over, and on coming back from out of sight. */
export function watchLock(session: HolderSession, clock: Clock, page: Document = document): void {
  let hiddenSince: number | undefined
  let cancel = () => {}

  const apply = () => {
    const { unlocked } = session
    cancel()
    if (!unlocked) return
    const facts = { unlockedUntil: unlocked.until, ...(hiddenSince === undefined ? {} : { hiddenSince }) }
    if (mustAskPin(facts, clock.now())) return session.lock()
    cancel = clock.after(unlocked.until - clock.now(), apply)
  }

  page.addEventListener('visibilitychange', () => {
    if (page.visibilityState === 'hidden') {
      hiddenSince ??= clock.now()
      return
    }
    apply()
    hiddenSince = undefined
  })
  session.state.subscribe((state) => {
    if (state.at === 'open') apply()
  })
}
