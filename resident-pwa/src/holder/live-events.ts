import type { StreamState } from '@ikd/client'
import { routes } from '@ikd/contract'
import type { HolderSession } from './holder-session.ts'
import { findStatus } from './holder-state.ts'
import { Observed } from './observed.ts'

/**
 * The phone's event stream, open while the app is in sight and the phone is registered. An event is a hint: the status
 * is fetched again, and again after every reconnection, for what was said meanwhile is lost.
 */
export class LiveEvents extends EventTarget {
  readonly connection = new Observed<StreamState>('open')
  #stream: AbortController | undefined
  readonly #session: HolderSession
  readonly #page: Document

  constructor(session: HolderSession, page: Document = document) {
    super()
    this.#session = session
    this.#page = page
    page.addEventListener('visibilitychange', () => this.#follow())
    session.state.subscribe(() => this.#follow())
  }

  #follow(): void {
    const wanted = findStatus(this.#session.state.value) !== undefined && this.#page.visibilityState === 'visible'
    if (wanted && !this.#stream) this.#listen()
    if (!wanted) this.#stop()
  }

  #listen(): void {
    const stream = new AbortController()
    this.#stream = stream
    void this.#session
      .asDevice((client) =>
        client.stream(routes.device.events, {
          token: () => this.#session.freshDeviceToken(),
          signal: stream.signal,
          onEvent: (event) => this.#hear(event.type),
          onState: (state) => {
            this.connection.set(state)
            if (state === 'open') this.#hear('status')
          },
        }),
      )
      // A refusal has told the session what it means; the stream begins again when the state asks for it.
      .catch(() => {})
      .finally(() => {
        if (this.#stream === stream) this.#stream = undefined
      })
  }

  #stop(): void {
    this.#stream?.abort()
    this.#stream = undefined
  }

  #hear(type: 'status' | 'scanned'): void {
    if (type === 'scanned') this.dispatchEvent(new Event('scanned'))
    else void this.#session.refresh().catch(() => {})
  }
}
