import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Renders its host every second, for countdowns; sleeps while `wanted` says that nothing counts. */
export class Ticking implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #wanted: () => boolean
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(host: ReactiveControllerHost, wanted: () => boolean = () => true) {
    this.#host = host
    this.#wanted = wanted
    host.addController(this)
  }

  hostConnected(): void {
    this.#timer = setInterval(() => {
      if (this.#wanted()) this.#host.requestUpdate()
    }, 1_000)
  }

  hostDisconnected(): void {
    clearInterval(this.#timer)
  }
}
