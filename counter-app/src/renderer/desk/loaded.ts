import type { ReactiveController, ReactiveControllerHost } from 'lit'

export type LoadedState<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }

/** Something fetched when its host appears and again on demand; once known it stays shown while it is fetched again. */
export class Loaded<T> implements ReactiveController {
  state: LoadedState<T> = { kind: 'loading' }
  readonly #host: ReactiveControllerHost
  readonly #fetch: () => Promise<T>
  #round = 0

  constructor(host: ReactiveControllerHost, fetch: () => Promise<T>) {
    this.#host = host
    this.#fetch = fetch
    host.addController(this)
  }

  hostConnected(): void {
    void this.refetch()
  }

  async refetch(): Promise<void> {
    const round = ++this.#round
    let state: LoadedState<T>
    try {
      state = { kind: 'known', value: await this.#fetch() }
    } catch (error) {
      state = { kind: 'failed', error }
    }
    if (round !== this.#round || (state.kind === 'failed' && this.state.kind === 'known')) return
    this.state = state
    this.#host.requestUpdate()
  }
}
