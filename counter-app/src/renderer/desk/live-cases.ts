import type { Client, StreamState } from '@ikd/client'
import { routes } from '@ikd/contract'
import { Observed } from './observed.ts'
import type { DeskSession } from './session.ts'

/** Which case a hint is about; `all` after a connection was made or made again, when hints may have been lost. */
export type CaseHint = { readonly caseId: string } | 'all'
/** Something happened that supervisors and admins should know. */
export type AlertListener = () => void

/** Listens for the office's hints while an officer is signed in. */
export class LiveCases {
  readonly connection = new Observed<StreamState>('reconnecting')
  readonly #client: Client
  readonly #session: DeskSession
  readonly #listeners = new Set<(hint: CaseHint) => void>()
  readonly #alertListeners = new Set<AlertListener>()
  #running: AbortController | undefined

  constructor(client: Client, session: DeskSession) {
    this.#client = client
    this.#session = session
    session.state.listen(({ kind }) => (kind === 'signed-in' ? this.#start() : this.#stop()))
  }

  listen(listener: (hint: CaseHint) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Told of a new alert, and whenever one may have been missed. */
  listenToAlerts(listener: AlertListener): () => void {
    this.#alertListeners.add(listener)
    return () => void this.#alertListeners.delete(listener)
  }

  /** The page slept or was out of sight, and hints may have been lost that the stream does not know of yet. */
  lookAgain(): void {
    if (this.#running) this.#tellAll()
  }

  #start(): void {
    if (this.#running) return
    const running = new AbortController()
    this.#running = running
    this.#client
      .stream(routes.cases.events, {
        token: () => this.#session.token(),
        signal: running.signal,
        onEvent: (event) => (event.type === 'case' ? this.#tell({ caseId: event.caseId }) : this.#tellAlert()),
        onState: (state) => {
          this.connection.set(state)
          if (state === 'open') this.#tellAll()
        },
      })
      // The server refuses for good: the session is over, and the next call says so to the officer.
      .catch(() => this.connection.set('reconnecting'))
      .finally(() => {
        if (this.#running === running) this.#running = undefined
      })
  }

  #stop(): void {
    this.#running?.abort()
    this.#running = undefined
    this.connection.set('reconnecting')
  }

  #tellAll(): void {
    this.#tell('all')
    this.#tellAlert()
  }

  #tell(hint: CaseHint): void {
    for (const listener of this.#listeners) listener(hint)
  }

  #tellAlert(): void {
    for (const listener of this.#alertListeners) listener()
  }
}
