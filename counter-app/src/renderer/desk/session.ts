import type { Client } from '@ikd/client'
import { DomainError, routes, type StaffSession, type Workstation } from '@ikd/contract'
import { Observed } from './observed.ts'

export type SessionState =
  | { readonly kind: 'starting' }
  /** The server could not be asked who we are. */
  | { readonly kind: 'unreachable'; readonly error: unknown }
  | { readonly kind: 'not-enrolled' }
  | { readonly kind: 'signed-out'; readonly workstation: Workstation }
  | { readonly kind: 'signed-in'; readonly workstation: Workstation; readonly session: StaffSession }
  /** Still the same officer's screens, but the server wants the password again. */
  | { readonly kind: 'expired'; readonly workstation: Workstation; readonly session: StaffSession }

/** Milliseconds. */
export interface Timer {
  after(ms: number, run: () => void): () => void
}

const retryRenewalMs = 15_000
const shortestMs = 30_000
const longestMs = 15 * 60_000

/**
 * Who is at this desk. The token is renewed quietly at two thirds of its life, so that nobody is thrown out of a case; it lives
 * in memory only, so a restarted app asks for the password once and the open cases are still on the server.
 */
export class DeskSession {
  readonly state = new Observed<SessionState>({ kind: 'starting' })
  readonly #client: Client
  readonly #now: () => number
  readonly #timer: Timer
  #cancelRenewal: (() => void) | undefined

  constructor(client: Client, now: () => number, timer: Timer) {
    this.#client = client
    this.#now = now
    this.#timer = timer
  }

  /** Asks the server which workstation this key is. */
  async start(): Promise<void> {
    this.state.set({ kind: 'starting' })
    try {
      this.state.set({ kind: 'signed-out', workstation: await this.#client.call(routes.staff.workstation) })
    } catch (error) {
      const unknown = error instanceof DomainError && error.code === 'workstation-unknown'
      this.state.set(unknown ? { kind: 'not-enrolled' } : { kind: 'unreachable', error })
    }
  }

  async enrol(enrolmentCode: string, label: string): Promise<void> {
    const workstation = await this.#client.call(routes.staff.enrolWorkstation, { body: { enrolmentCode, label } })
    this.state.set({ kind: 'signed-out', workstation })
  }

  async signIn(username: string, password: string): Promise<void> {
    const before = this.state.value
    if (before.kind !== 'signed-out' && before.kind !== 'expired') return
    this.#enter(await this.#client.call(routes.staff.signIn, { body: { username, password } }), before.workstation)
  }

  /** Ends the session here at once, whether or not the server can be told. */
  async signOut(): Promise<void> {
    const before = this.state.value
    if (before.kind !== 'signed-in' && before.kind !== 'expired') return
    this.#cancelRenewal?.()
    this.state.set({ kind: 'signed-out', workstation: before.workstation })
    await this.#client.call(routes.staff.signOut, { token: before.session.token.accessToken }).catch(() => undefined)
  }

  /** @throws DomainError `token-expired` when nobody is signed in */
  token(): string {
    const { value } = this.state
    if (value.kind !== 'signed-in') throw new DomainError('token-expired')
    return value.session.token.accessToken
  }

  /** What a refused token means for this desk: the password is asked again, over the screen as it stands. */
  expire(): void {
    const { value } = this.state
    if (value.kind !== 'signed-in') return
    this.#cancelRenewal?.()
    this.state.set({ kind: 'expired', workstation: value.workstation, session: value.session })
  }

  #enter(session: StaffSession, known: Workstation): void {
    this.#cancelRenewal?.()
    this.state.set({ kind: 'signed-in', workstation: session.workstation ?? known, session })
    // Held between limits, for this PC's clock may be wrong and the expiry is by the server's.
    const life = Math.min(longestMs, Math.max(shortestMs, session.token.expiresAt - this.#now()))
    this.#cancelRenewal = this.#timer.after((life * 2) / 3, () => void this.#renew())
  }

  async #renew(): Promise<void> {
    const { value } = this.state
    if (value.kind !== 'signed-in') return
    try {
      const renewed = await this.#client.call(routes.staff.renew, { token: value.session.token.accessToken })
      // Signed out, or somebody else signed in, while we waited: then this answer is nobody's.
      if (this.state.value === value) this.#enter(renewed, value.workstation)
    } catch (error) {
      if (this.state.value !== value) return
      if (error instanceof DomainError) this.expire()
      else this.#cancelRenewal = this.#timer.after(retryRenewalMs, () => void this.#renew())
    }
  }
}
