import { LitElement, type ReactiveController, type ReactiveControllerHost } from 'lit'
import { onLanguageChange } from './language.ts'

/** Renders its host again when the language changes: `new Localised(this)` in the host's constructor or as a field. */
export class Localised implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #stop: (() => void) | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    this.#stop = onLanguageChange(() => this.#host.requestUpdate())
    // The language may have changed while the host was out of the document.
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    this.#stop?.()
  }
}

/** The base of every element that says something. */
export class LocalisedElement extends LitElement {
  constructor() {
    super()
    new Localised(this)
  }
}
