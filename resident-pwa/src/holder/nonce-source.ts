import { type EpochNonce, presentationLifetimeMs } from '@ikd/contract'
import type { NonceSource } from './presentation-maker.ts'
import type { ServerTime } from './server-time.ts'

/** A nonce with less life than this is not worth a QR. */
const worthwhileMs = 60_000
/** A person in a queue waits no longer than this for a network that may not be there. */
const patienceMs = 3_000

/** Keeps the newest nonce, asks for a newer one when it has aged, and says honestly when there is none. */
export class EpochNonces implements NonceSource {
  #newest: EpochNonce | undefined
  readonly #fetch: (signal: AbortSignal) => Promise<EpochNonce>
  readonly #time: ServerTime
  readonly #now: () => number

  constructor(options: { fetch: (signal: AbortSignal) => Promise<EpochNonce>; time: ServerTime; now: () => number }) {
    this.#fetch = options.fetch
    this.#time = options.time
    this.#now = options.now
  }

  hear(epoch: EpochNonce, sentAt: number): void {
    this.#time.hear(epoch, sentAt)
    if (!this.#newest || epoch.issuedAt > this.#newest.issuedAt) this.#newest = epoch
  }

  async findNonce(): Promise<EpochNonce | undefined> {
    if (this.#life() < worthwhileMs) await this.#ask()
    return this.#life() >= worthwhileMs ? this.#newest : undefined
  }

  #life(): number {
    return this.#newest ? this.#newest.issuedAt + presentationLifetimeMs - this.#time.now() : 0
  }

  async #ask(): Promise<void> {
    const sentAt = this.#now()
    try {
      this.hear(await this.#fetch(AbortSignal.timeout(patienceMs)), sentAt)
    } catch {
      // Offline, slow or refused: the QR is made without a nonce and the verifier sees that.
    }
  }
}
