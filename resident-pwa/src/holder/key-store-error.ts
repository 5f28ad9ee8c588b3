export type KeyStoreReason =
  /** No WebCrypto: the page was not opened over https, or the browser is too old. */
  | 'no-crypto'
  /** No IndexedDB, or the browser forbids it (private browsing, blocked site data). */
  | 'no-storage'
  | 'storage-full'
  /** IndexedDB does not answer (WebKit after an update, or a tab that holds an old version open). */
  | 'storage-silent'
  /** Keys cannot be stored here (private browsing of some browsers). */
  | 'key-not-storable'
  | 'unknown'

/** Why this phone cannot keep a key, in words that lead somewhere instead of a DOMException's name. */
export class KeyStoreError extends Error {
  readonly reason: KeyStoreReason

  constructor(reason: KeyStoreReason, cause?: unknown) {
    super(reason, { cause })
    this.name = 'KeyStoreError'
    this.reason = reason
  }
}

// DOMException names of Indexed Database API 3.0 §4 and Web Cryptography §18.
const reasons: Readonly<Record<string, KeyStoreReason>> = {
  SecurityError: 'no-storage',
  InvalidStateError: 'no-storage',
  UnknownError: 'no-storage',
  QuotaExceededError: 'storage-full',
  DataCloneError: 'key-not-storable',
  VersionError: 'storage-silent',
  AbortError: 'storage-full',
  NotSupportedError: 'no-crypto',
}

export function toKeyStoreError(error: unknown): KeyStoreError {
  if (error instanceof KeyStoreError) return error
  const name = error instanceof Error ? error.name : ''
  return new KeyStoreError(reasons[name] ?? 'unknown', error)
}
