import type { Timer } from '../desk/session.ts'

/** Milliseconds between a change of what the keys mean and the first press that counts: time to look up and read. */
export const restMs = 1500

/**
 * Lets the action buttons rest after their meaning has changed. One key means "capture the face" and, the moment the server has
 * answered, "approve": a finger already on its way down must not approve a face nobody has looked at.
 */
export class PressGuard {
  readonly #timer: () => Timer
  readonly #rested: () => void
  #meaning: string | undefined
  #cancel: (() => void) | undefined

  /** @param rested called once the buttons count again */
  constructor(timer: () => Timer, rested: () => void) {
    this.#timer = timer
    this.#rested = rested
  }

  get isResting(): boolean {
    return this.#cancel !== undefined
  }

  /** @param meaning equal as long as every key and button does what it did before */
  follow(meaning: string): void {
    if (meaning === this.#meaning) return
    this.#meaning = meaning
    this.#cancel?.()
    this.#cancel = this.#timer().after(restMs, () => {
      this.#cancel = undefined
      this.#rested()
    })
  }

  forget(): void {
    this.#cancel?.()
    this.#cancel = undefined
    this.#meaning = undefined
  }
}
