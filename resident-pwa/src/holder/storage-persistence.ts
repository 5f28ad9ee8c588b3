import type { Observed } from './observed.ts'

/** `asking`: the browser waits for the person to answer its own question, for as long as they like. */
export type Persistence = 'unknown' | 'asking' | 'granted' | 'refused' | 'unsupported'

/**
 * Asks the browser not to clear this site's storage (Storage Standard §6) and shows the answer when it comes. Nothing is returned
 * that could be awaited: Firefox answers when the person has answered, and a person may never.
 */
export function askPersistence(shown: Observed<Persistence>, storage: StorageManager | undefined = navigator.storage): void {
  if (storage?.persist === undefined) return shown.set('unsupported')
  shown.set('asking')
  storage.persist().then(
    (kept) => shown.set(kept ? 'granted' : 'refused'),
    () => shown.set('refused'),
  )
}

/** Shows what the browser promised before, without asking the person. */
export function showPersistence(shown: Observed<Persistence>, storage: StorageManager | undefined = navigator.storage): void {
  if (storage?.persisted === undefined) return shown.set('unsupported')
  const answer = (persistence: Persistence) => {
    // Somebody has asked in the meantime: theirs is the newer answer.
    if (shown.value === 'unknown') shown.set(persistence)
  }
  storage.persisted().then(
    (kept) => answer(kept ? 'granted' : 'refused'),
    () => answer('refused'),
  )
}
