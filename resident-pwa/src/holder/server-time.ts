import type { EpochNonce } from '@ikd/contract'

/** The server's clock as this phone last heard it; cheap phones are minutes off, and the server alone decides. */
export class ServerTime {
  #offset = 0
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** `sentAt`: when the question left; the answer is taken to be half a round trip old. */
  hear(epoch: EpochNonce, sentAt: number): void {
    const heardAt = this.#now()
    this.#offset = epoch.serverTime - (sentAt + (heardAt - sentAt) / 2)
  }

  now(): number {
    return this.#now() + this.#offset
  }

  /** A server instant, by the phone's clock. */
  toPhone(instant: number): number {
    return instant - this.#offset
  }
}
