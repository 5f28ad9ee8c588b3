/**
 * Hints between requests, of this server and of all on the same database: something under a topic has changed, look again.
 * Nothing relies on one arriving; whoever misses it finds the state in the database.
 * Topics: `office:<id>`, `registration:<id>`, `outbox`, `duplicates`.
 */
export type Signal =
  | { readonly type: 'case'; readonly caseId: string }
  | { readonly type: 'alert' }
  | { readonly type: 'status' }
  | { readonly type: 'scanned' }

export interface Signals {
  publish(topic: string, signal: Signal): void
  /** Returns the way to stop listening. */
  subscribe(topic: string, listener: (signal: Signal) => void): () => void
  /** Calls when hints of other servers may have been missed: whatever is shown is to be looked at again. Returns the way to stop. */
  whenMissed(listener: () => void): () => void
  close(): Promise<void>
}

export const officeTopic = (officeId: string) => `office:${officeId}`
/** Templates have changed, or one waits to be searched. */
export const duplicatesTopic = 'duplicates'
export const registrationTopic = (registrationId: string) => `registration:${registrationId}`

/** Signals within this process: all there is on SQLite, where one server has the file. */
export function createSignals(): Signals & { missed(): void } {
  const topics = new Map<string, Set<(signal: Signal) => void>>()
  const gaps = new Set<() => void>()
  return {
    publish(topic, signal) {
      for (const listener of topics.get(topic) ?? []) listener(signal)
    },
    subscribe(topic, listener) {
      const listeners = topics.get(topic) ?? new Set()
      topics.set(topic, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) topics.delete(topic)
      }
    },
    whenMissed(listener) {
      gaps.add(listener)
      return () => void gaps.delete(listener)
    },
    missed() {
      for (const listener of gaps) listener()
    },
    close: () => Promise.resolve(),
  }
}
