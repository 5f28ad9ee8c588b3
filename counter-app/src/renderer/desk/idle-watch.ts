import type { SessionState } from './session.ts'
import type { Observed } from './observed.ts'
import type { Timer } from './session.ts'

interface Sources {
  readonly now: () => number
  readonly timer: Timer
  readonly session: Observed<SessionState>
  /** Milliseconds without a hand on keyboard or mouse. */
  readonly limitMs: number
  readonly lock: () => void
}

/**
 * Locks a desk nobody works at. Time is read from the clock and not counted by timers alone: a computer that slept wakes up
 * locked, even when the first thing it notices is a key.
 */
export class IdleWatch {
  readonly #sources: Sources
  #lastTouch: number
  #cancel: (() => void) | undefined

  constructor(sources: Sources) {
    this.#sources = sources
    this.#lastTouch = sources.now()
    sources.session.listen(({ kind }) => (kind === 'signed-in' || kind === 'setting-up' ? this.#begin() : this.#end()))
  }

  /** Somebody has touched keyboard, mouse or screen. */
  touch(): void {
    if (this.#isOver()) this.#lock()
    else this.#lastTouch = this.#sources.now()
  }

  #begin(): void {
    if (this.#cancel) return
    this.#lastTouch = this.#sources.now()
    this.#wait(this.#sources.limitMs)
  }

  #end(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #wait(ms: number): void {
    this.#cancel = this.#sources.timer.after(ms, () => {
      if (this.#isOver()) this.#lock()
      else this.#wait(this.#lastTouch + this.#sources.limitMs - this.#sources.now())
    })
  }

  #isOver(): boolean {
    return this.#cancel !== undefined && this.#sources.now() - this.#lastTouch >= this.#sources.limitMs
  }

  #lock(): void {
    this.#end()
    this.#sources.lock()
  }
}

/** What counts as work; a mouse lying on a shaking desk does not make `pointermove` by itself. */
const touches = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

export function watchHands(page: Window, watch: IdleWatch): void {
  for (const type of touches) page.addEventListener(type, () => watch.touch(), { capture: true, passive: true })
}
