import type { ReactiveController, ReactiveControllerHost } from 'lit'

export type DoingState = { readonly at: 'idle' } | { readonly at: 'busy' } | { readonly at: 'failed'; readonly problem: unknown }

/** One thing a person asked for: busy until it is done or has failed; pressing twice does it once. Renders its host at every change. */
export class Doing implements ReactiveController {
  #state: DoingState = { at: 'idle' }
  readonly #host: ReactiveControllerHost

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  get busy(): boolean {
    return this.#state.at === 'busy'
  }

  get problem(): unknown {
    return this.#state.at === 'failed' ? this.#state.problem : undefined
  }

  /** Undefined when it failed; the problem is kept for the screen to say. */
  async run<T>(act: () => Promise<T>): Promise<T | undefined> {
    if (this.busy) return undefined
    this.#set({ at: 'busy' })
    try {
      const done = await act()
      this.#set({ at: 'idle' })
      return done
    } catch (problem) {
      this.#set({ at: 'failed', problem })
      return undefined
    }
  }

  forget(): void {
    if (!this.busy) this.#set({ at: 'idle' })
  }

  hostConnected(): void {}

  #set(state: DoingState): void {
    this.#state = state
    this.#host.requestUpdate()
  }
}
