/**
 * When to take the burst by itself: guidance has found nothing wrong for a while. Time is given, never read.
 * After a burst it stays quiet until it is armed again, for every attempt is counted for the resident.
 */
export class Steadiness {
  readonly #neededMs: number
  #goodSince: number | undefined
  #armed = true

  constructor(neededMs = 700) {
    this.#neededMs = neededMs
  }

  arm(): void {
    this.#armed = true
    this.#goodSince = undefined
  }

  disarm(): void {
    this.#armed = false
    this.#goodSince = undefined
  }

  /** @returns true exactly once, when the burst is to begin */
  observe(isGood: boolean, nowMs: number): boolean {
    if (!isGood || !this.#armed) {
      this.#goodSince = undefined
      return false
    }
    this.#goodSince ??= nowMs
    if (nowMs - this.#goodSince < this.#neededMs) return false
    this.disarm()
    return true
  }
}
