import { type StreamState, watchReturns } from '@ikd/client'
import { routes } from '@ikd/contract'
import type { Clock } from './clock.ts'
import type { HolderSession } from './holder-session.ts'
import { findStatus } from './holder-state.ts'
import { Observed } from './observed.ts'

/**
 * The phone's event stream, open while the app is in sight and the phone is registered. An event is a hint: the status
 * is fetched again, and again after every reconnection and return into sight, for what was said meanwhile is lost.
 *
 * Fires `scanned`; `hidden-before` at once when the app is back in sight; `missed` whenever a scan may have been missed.
 */
export class LiveEvents extends EventTarget {
  readonly connection = new Observed<StreamState>('open')
  #stream: AbortController | undefined
  #missedSince: number | undefined
  readonly #session: HolderSession
  readonly #clock: Clock
  readonly #page: Document

  constructor(session: HolderSession, clock: Clock, page: Window = window) {
    super()
    this.#session = session
    this.#clock = clock
    this.#page = page.document
    this.#page.addEventListener('visibilitychange', () => {
      if (this.#page.visibilityState === 'hidden') this.#miss()
      else this.dispatchEvent(new Event('hidden-before'))
      this.#follow()
    })
    watchReturns(() => this.#look(), page)
    session.state.subscribe(() => this.#follow())
  }

  /** Since when events may have been lost, by the phone's clock; undefined when somebody has looked since. */
  get missedSince(): number | undefined {
    return this.#missedSince
  }

  /** Somebody has looked at what happened since then. */
  caughtUp(since: number | undefined): void {
    if (this.#missedSince === since) this.#missedSince = undefined
  }

  #miss(): void {
    this.#missedSince ??= this.#clock.now()
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
            if (state === 'open') this.#look()
            else this.#miss()
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

  #look(): void {
    if (!findStatus(this.#session.state.value)) return
    this.#hear('status')
    this.dispatchEvent(new Event('missed'))
  }
}
