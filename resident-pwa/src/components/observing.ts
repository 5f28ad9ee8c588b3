import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Observed } from '../holder/observed.ts'

/** Renders its host again whenever the observed value changes, while the host is in the page. */
export class Observing<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #find: () => Observed<T>
  readonly #changed: ((value: T) => void) | undefined
  #stop: (() => void) | undefined

  /** `find` is asked when the host enters the page, for its ports come after its making. */
  constructor(host: ReactiveControllerHost, find: () => Observed<T>, changed?: (value: T) => void) {
    this.#host = host
    this.#find = find
    this.#changed = changed
    host.addController(this)
  }

  get value(): T {
    return this.#find().value
  }

  hostConnected(): void {
    this.#stop = this.#find().subscribe((value) => {
      this.#changed?.(value)
      this.#host.requestUpdate()
    })
  }

  hostDisconnected(): void {
    this.#stop?.()
  }
}
