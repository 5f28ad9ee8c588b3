/** The consent text's version; a changed text asks again. */
export const consentVersion = '2026-11-22'

interface Kept {
  readonly email: string
  readonly phone: string
  readonly consented: string
}

/**
 * What has been typed so far. E-mail, phone number and the consent outlive a reload of this tab; the NIK stays in
 * memory, for it stands in the register and in registrations only.
 */
export class RegistrationDraft {
  nik = ''
  readonly #storage: Storage | undefined
  #kept: Kept

  constructor(storage: Storage | undefined) {
    this.#storage = storage
    this.#kept = read(storage)
  }

  get email(): string {
    return this.#kept.email
  }

  get phone(): string {
    return this.#kept.phone
  }

  get consented(): boolean {
    return this.#kept.consented === consentVersion
  }

  keep(change: Partial<Pick<Kept, 'email' | 'phone'>>): void {
    this.#write({ ...this.#kept, ...change })
  }

  consent(): void {
    this.#write({ ...this.#kept, consented: consentVersion })
  }

  clear(): void {
    this.nik = ''
    this.#kept = { email: '', phone: '', consented: '' }
    this.#storage?.removeItem(storageKey)
  }

  #write(kept: Kept): void {
    this.#kept = kept
    try {
      this.#storage?.setItem(storageKey, JSON.stringify(kept))
    } catch {
      // Full or forbidden session storage costs the person some typing after a reload, nothing more.
    }
  }
}

const storageKey = 'ikd-registration'

function read(storage: Storage | undefined): Kept {
  const empty = { email: '', phone: '', consented: '' }
  try {
    const value: unknown = JSON.parse(storage?.getItem(storageKey) ?? '{}')
    if (typeof value !== 'object' || value === null) return empty
    const text = (name: string) => {
      const member: unknown = Reflect.get(value, name)
      return typeof member === 'string' ? member : ''
    }
    return { email: text('email'), phone: text('phone'), consented: text('consented') }
  } catch {
    return empty
  }
}
