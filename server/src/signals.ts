/**
 * Hints between requests of this process: something under a topic has changed, look again. Nothing relies on one
 * arriving; whoever misses it finds the state in the database. Topics: `office:<id>`, `registration:<id>`.
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
}

export const officeTopic = (officeId: string) => `office:${officeId}`
export const registrationTopic = (registrationId: string) => `registration:${registrationId}`

export function createSignals(): Signals {
  const topics = new Map<string, Set<(signal: Signal) => void>>()
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
  }
}
