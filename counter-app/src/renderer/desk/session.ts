import type { Client } from '@ikd/client'
import { DomainError, type FactorProof, type ProblemCode, routes, type SecondFactorDemand, type SetupCodeDemand, type StaffSession, type Workstation } from '@ikd/contract'
import { Observed } from './observed.ts'

export type SessionState =
  | { readonly kind: 'starting' }
  /** The server could not be asked who we are. */
  | { readonly kind: 'unreachable'; readonly error: unknown }
  | { readonly kind: 'not-enrolled' }
  | { readonly kind: 'signed-out'; readonly workstation: Workstation }
  | { readonly kind: 'signed-in'; readonly workstation: Workstation; readonly session: StaffSession }
  /** Came in by a one-time setup code: a second factor is set up before anything else. */
  | { readonly kind: 'setting-up'; readonly workstation: Workstation; readonly session: StaffSession }
  /** Still the same officer's screens, kept but covered; nobody is signed in. */
  | { readonly kind: 'locked'; readonly workstation: Workstation; readonly session: StaffSession; readonly why: LockReason }

/** `ended`: the server no longer takes the session. */
export type LockReason = 'ended' | 'idle' | 'asked'

/** What the password alone has not settled yet. */
export type SignInDemand = SecondFactorDemand | SetupCodeDemand

/** Milliseconds. */
export interface Timer {
  after(ms: number, run: () => void): () => void
}

/** What the server says to keys that are no workstation, whatever the password. */
const strangers: readonly ProblemCode[] = ['sign-in-wrong', 'robot-check-needed', 'sign-in-paused']
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

  async enrol(enrolmentCode: string): Promise<void> {
    const workstation = await this.#client.call(routes.staff.enrolWorkstation, { body: { enrolmentCode } })
    this.state.set({ kind: 'signed-out', workstation })
  }

  /** The first step. @returns what the second step asks for; undefined when there is none and somebody is signed in */
  async signIn(username: string, password: string): Promise<SignInDemand | undefined> {
    const answer = await this.#atTheDoor(() => this.#client.call(routes.staff.signIn, { body: { username, password } }))
    if (answer.needs !== 'nothing') return answer
    this.#comeIn(answer.session)
    return undefined
  }

  /** The second step. */
  async prove(proof: FactorProof): Promise<void> {
    this.#comeIn(await this.#atTheDoor(() => this.#client.call(routes.staff.secondFactor, { body: proof })))
  }

  /** A setup session that has its second factor now becomes a full one. */
  async finishSetup(): Promise<void> {
    const { value } = this.state
    if (value.kind !== 'setting-up') return
    const renewed = await this.#client.call(routes.staff.renew, { token: value.session.token.accessToken })
    if (this.state.value === value) this.#enter(renewed, value.workstation)
  }

  /** Asks the server again who is here, and what they are to be told. */
  async refresh(): Promise<void> {
    const { value } = this.state
    if (value.kind !== 'signed-in') return
    const renewed = await this.#client.call(routes.staff.renew, { token: value.session.token.accessToken })
    if (this.state.value === value) this.#enter(renewed, value.workstation)
  }

  /** Ends the session here at once, whether or not the server can be told. */
  async signOut(): Promise<void> {
    const before = this.state.value
    if (!('session' in before)) return
    this.#cancelRenewal?.()
    this.state.set({ kind: 'signed-out', workstation: before.workstation })
    if (before.kind !== 'locked') await this.#tellSignOut(before.session)
  }

  /** @throws DomainError `token-expired` when nobody is signed in */
  token(): string {
    const { value } = this.state
    if (value.kind !== 'signed-in' && value.kind !== 'setting-up') throw new DomainError('token-expired')
    return value.session.token.accessToken
  }

  /** What a refused token means for this desk: the way in is asked again, over the screen as it stands. */
  expire(): void {
    this.#cover('ended')
  }

  /** Covers the desk and ends its session: whoever comes next proves who they are, and finds what was typed. */
  async lock(why: Exclude<LockReason, 'ended'>): Promise<void> {
    const before = this.state.value
    this.#cover(why)
    if (before.kind === 'signed-in' || before.kind === 'setting-up') await this.#tellSignOut(before.session)
  }

  #cover(why: LockReason): void {
    const { value } = this.state
    if (value.kind !== 'signed-in' && value.kind !== 'setting-up') return
    this.#cancelRenewal?.()
    const { workstation, session } = value
    // Setting up has nothing typed worth keeping, and its code is spent: the way in is the beginning.
    this.state.set(value.kind === 'setting-up' ? { kind: 'signed-out', workstation } : { kind: 'locked', workstation, session, why })
  }

  async #tellSignOut({ token }: StaffSession): Promise<void> {
    await this.#client.call(routes.staff.signOut, { token: token.accessToken }).catch(() => undefined)
  }

  /** A workstation that was revoked meanwhile learns so when somebody wants in. */
  async #atTheDoor<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof DomainError && strangers.includes(error.code) && (await this.#isRevoked())) this.state.set({ kind: 'not-enrolled' })
      throw error
    }
  }

  /** To a key that is no workstation the server says of every password that it is wrong: it is asked which workstation we are. */
  async #isRevoked(): Promise<boolean> {
    try {
      await this.#client.call(routes.staff.workstation)
      return false
    } catch (error) {
      return error instanceof DomainError && error.code === 'workstation-unknown'
    }
  }

  #comeIn(session: StaffSession): void {
    const before = this.state.value
    if (before.kind === 'signed-out' || before.kind === 'locked') this.#enter(session, before.workstation)
  }

  #enter(session: StaffSession, known: Workstation): void {
    this.#cancelRenewal?.()
    this.state.set({ kind: session.factor === 'setup-code' ? 'setting-up' : 'signed-in', workstation: session.workstation ?? known, session })
    // Held between limits, for this PC's clock may be wrong and the expiry is by the server's.
    const life = Math.min(longestMs, Math.max(shortestMs, session.token.expiresAt - this.#now()))
    this.#cancelRenewal = this.#timer.after((life * 2) / 3, () => void this.#renew())
  }

  async #renew(): Promise<void> {
    const { value } = this.state
    if (value.kind !== 'signed-in' && value.kind !== 'setting-up') return
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
