const storageKey = 'ikd-institution-purpose'

/** What staff at this browser scan for: outlives a reload of its tab, as the token does not; gone when they sign out. */
export class KeptPurpose {
  readonly #storage: Storage | undefined
  #purpose: string

  constructor(storage: Storage | undefined) {
    this.#storage = storage
    this.#purpose = storage?.getItem(storageKey) ?? ''
  }

  get value(): string {
    return this.#purpose
  }

  keep(purpose: string): void {
    this.#purpose = purpose
    try {
      this.#storage?.setItem(storageKey, purpose)
    } catch {
      // Full or forbidden session storage costs some typing after a reload, nothing more.
    }
  }

  clear(): void {
    this.#purpose = ''
    this.#storage?.removeItem(storageKey)
  }
}
