/**
 * A finding that stands long enough to be read. Ten looks a second disagree whenever a face is at the edge of a limit; a new
 * finding is shown once the old one has not been true for a while. Time is given, never read.
 */
export class Steady<Finding extends string | boolean> {
  readonly #patienceMs: number
  #shown: Finding | undefined
  #lastTrue = 0

  constructor(patienceMs = 400) {
    this.#patienceMs = patienceMs
  }

  /** @returns the finding to show */
  observe(seen: Finding, nowMs: number): Finding {
    if (this.#shown === undefined || seen === this.#shown || nowMs - this.#lastTrue >= this.#patienceMs) {
      this.#shown = seen
      this.#lastTrue = nowMs
    }
    return this.#shown
  }
}
