import type { Client } from '@ikd/client'
import { type AnswerOf, DomainError, routes, type Scan, type StaffMember, type StaffSession } from '@ikd/contract'
import type { Connection } from '../holder/holder-session.ts'
import { Observed } from '../holder/observed.ts'

export type VerifierState = { readonly at: 'out' } | { readonly at: 'second-step'; readonly ticket: string } | { readonly at: 'in'; readonly staff: StaffMember }

export interface VerifierPorts {
  readonly keys: { findOrMake(name: 'institution'): Promise<CryptoKeyPair> }
  readonly connect: (pair: CryptoKeyPair) => Promise<Connection>
}

/** An institution's staff at this browser: its own key, a token in memory, renewed while it is in use. */
export class VerifierSession {
  readonly state = new Observed<VerifierState>({ at: 'out' })
  readonly #ports: VerifierPorts
  #client: Client | undefined
  #token = ''

  constructor(ports: VerifierPorts) {
    this.#ports = ports
  }

  /** @param captcha a solved robot check, once the server has refused with `robot-check-needed` */
  async signIn(username: string, password: string, captcha?: string): Promise<void> {
    const { client } = await this.#ports.connect(await this.#ports.keys.findOrMake('institution'))
    const answer = await client.call(routes.staff.signIn, { body: { username, password, ...(captcha === undefined ? {} : { captcha }) } })
    this.#client = client
    if (answer.needs === 'nothing') return this.#enter(answer.session)
    // Desk staff have their own program, and set their second factor up there.
    if (answer.needs === 'setup-code' || !answer.kinds.includes('totp')) throw new DomainError('forbidden')
    this.state.set({ at: 'second-step', ticket: answer.ticket })
  }

  /** The code of the authenticator app, of those who have one. */
  async prove(totp: string): Promise<void> {
    const { value } = this.state
    if (value.at !== 'second-step' || !this.#client) throw new DomainError('sign-in-ticket-expired')
    await this.#enter(await this.#client.call(routes.staff.secondFactor, { body: { ticket: value.ticket, totp } }))
  }

  /** Back to name and password. */
  startAgain(): void {
    this.#forget()
  }

  async #enter(session: StaffSession): Promise<void> {
    this.#token = session.token.accessToken
    // Here only an institution can scan.
    if (session.staff.role !== 'verifier') {
      await this.signOut()
      throw new DomainError('forbidden')
    }
    this.state.set({ at: 'in', staff: session.staff })
  }

  async signOut(): Promise<void> {
    const token = this.#token
    const client = this.#client
    this.#forget()
    // The token dies by itself in ten minutes when the network is gone.
    await client?.call(routes.staff.signOut, { token }).catch(() => undefined)
  }

  scan(qr: string, purpose: string): Promise<Scan> {
    return this.#act((client, token) => client.call(routes.scans.scan, { token, body: { qr, purpose } }))
  }

  receipts(before?: number): Promise<AnswerOf<typeof routes.scans.list>> {
    return this.#act((client, token) => client.call(routes.scans.list, { token, query: before === undefined ? {} : { before } }))
  }

  /** Renews before its end is certain: the server says when a token is too old. */
  async renew(): Promise<void> {
    await this.#act(async (client, token) => {
      this.#token = (await client.call(routes.staff.renew, { token })).token.accessToken
    })
  }

  async #act<T>(act: (client: Client, token: string) => Promise<T>): Promise<T> {
    if (!this.#client) throw new DomainError('token-expired')
    try {
      return await act(this.#client, this.#token)
    } catch (error) {
      if (error instanceof DomainError && (error.code === 'token-expired' || error.code === 'token-invalid')) this.#forget()
      throw error
    }
  }

  #forget(): void {
    this.#token = ''
    this.#client = undefined
    this.state.set({ at: 'out' })
  }
}
