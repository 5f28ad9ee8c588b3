/** Several signals in one. `release` once the work is done: a signal that lives long would else keep every one joined to it. */
export interface JoinedSignals {
  readonly signal: AbortSignal
  release(): void
}

/**
 * Aborts with the first that does, and for its reason. `AbortSignal.any` (DOM §3.2) does the same, but Safari has it from 17.4 and
 * Firefox from 124 on: below stands every iPhone that stops at iOS 16.
 */
export function joinSignals(...signals: readonly AbortSignal[]): JoinedSignals {
  const joined = new AbortController()
  const abort = () => {
    release()
    joined.abort(signals.find(({ aborted }) => aborted)?.reason)
  }
  const release = () => {
    for (const each of signals) each.removeEventListener('abort', abort)
  }
  for (const each of signals) each.addEventListener('abort', abort)
  if (signals.some(({ aborted }) => aborted)) abort()
  return { signal: joined.signal, release }
}
