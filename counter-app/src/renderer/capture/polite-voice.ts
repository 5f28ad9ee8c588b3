/**
 * What a screen reader is given of a text that changes often: a change is spoken when the last one has had time to be heard.
 * Time is given, never read.
 */
export class PoliteVoice {
  readonly #restMs: number
  #spoken = ''
  #spokenAt = Number.NEGATIVE_INFINITY

  constructor(restMs = 2_500) {
    this.#restMs = restMs
  }

  /** @returns what the live region holds now */
  hear(text: string, nowMs: number): string {
    if (text !== this.#spoken && nowMs - this.#spokenAt >= this.#restMs) {
      this.#spoken = text
      this.#spokenAt = nowMs
    }
    return this.#spoken
  }

  /** What cannot wait, such as what the resident is to do now. */
  interrupt(text: string, nowMs: number): string {
    if (text !== this.#spoken) {
      this.#spoken = text
      this.#spokenAt = nowMs
    }
    return this.#spoken
  }
}
