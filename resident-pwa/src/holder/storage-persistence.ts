export type Persistence = 'granted' | 'refused' | 'unsupported'

/** Asks the browser not to clear this site's storage (Storage Standard §6); the answer is shown, not assumed. */
export async function askPersistence(storage: StorageManager | undefined = navigator.storage): Promise<Persistence> {
  if (storage?.persist === undefined) return 'unsupported'
  return (await storage.persist()) ? 'granted' : 'refused'
}

export async function findPersistence(storage: StorageManager | undefined = navigator.storage): Promise<Persistence> {
  if (storage?.persisted === undefined) return 'unsupported'
  return (await storage.persisted()) ? 'granted' : 'refused'
}
