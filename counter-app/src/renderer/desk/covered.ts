import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Desk } from './desk.ts'

/** Whether the desk is covered now: whatever watches a resident (a camera) rests meanwhile. */
export class Covered implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #desk: () => Desk
  #stop: (() => void) | undefined

  constructor(host: ReactiveControllerHost, desk: () => Desk) {
    this.#host = host
    this.#desk = desk
    host.addController(this)
  }

  get now(): boolean {
    return this.#desk().session.state.value.kind === 'locked'
  }

  hostConnected(): void {
    this.#stop = this.#desk().session.state.listen(() => this.#host.requestUpdate())
  }

  hostDisconnected(): void {
    this.#stop?.()
  }
}
