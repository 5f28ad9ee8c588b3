import { type Client, createClient, generateSigningKey, webCryptoSigningKey } from '@ikd/client'
import { type Case, routes, type Scan } from '@ikd/contract'
import { type Sitter, taken } from '../../demo/turning-head/sitter.ts'
import { signInStaff } from './sign-in.ts'
import type { Reach } from './phone.ts'

/** A counter or an institution's browser without its screen. */
export interface Desk {
  readonly client: Client
  /** Of the server. */
  readonly url: string
  readonly token: string
  /** A token for ten more minutes. */
  renew(): Promise<void>
  open(qr: string): Promise<Case>
  get(caseId: string): Promise<Case>
  /** The case as it stands becomes this desk's. */
  takeOver(caseId: string): Promise<Case>
  capture(caseId: string, sitter: Sitter): Promise<Case>
  decide(caseId: string, outcome: 'approve' | 'refuse', reason?: string): Promise<Case>
}

async function makeClient(baseUrl: string, reach: Reach): Promise<Client> {
  return createClient({ baseUrl, key: await webCryptoSigningKey(await generateSigningKey()), ...reach })
}

/** Enrols a workstation and signs an officer in at it. */
export async function makeDesk(baseUrl: string, sign: { enrolmentCode: string; username: string; password: string }, reach: Reach = {}): Promise<Desk> {
  const client = await makeClient(baseUrl, reach)
  await client.call(routes.staff.enrolWorkstation, { body: { enrolmentCode: sign.enrolmentCode } })
  let accessToken = await signInStaff(client, baseUrl, sign)
  const get = (caseId: string) => client.call(routes.cases.get, { token: accessToken, params: { caseId } })
  return {
    client,
    url: baseUrl,
    get token() {
      return accessToken
    },
    async renew() {
      accessToken = (await client.call(routes.staff.renew, { token: accessToken })).token.accessToken
    },
    get,
    open: (qr) => client.call(routes.cases.open, { token: accessToken, body: { from: 'registration', qr } }),
    takeOver: async (caseId) => client.call(routes.cases.takeOver, { token: accessToken, params: { caseId }, body: { version: (await get(caseId)).version } }),
    async capture(caseId, sitter) {
      const order = await client.call(routes.cases.startCapture, { token: accessToken, params: { caseId } })
      const askedAt = Date.now()
      const frames = await sitter(order)
      await taken(frames, askedAt)
      return client.call(routes.cases.submitCapture, {
        token: accessToken,
        params: { caseId, captureId: order.captureId },
        body: { nonce: order.nonce, frames: frames.map(({ jpeg, atMs, step }) => ({ jpeg: jpeg.toString('base64'), atMs, step })) },
      })
    },
    decide: (caseId, outcome, reason) =>
      client.call(routes.cases.decide, {
        token: accessToken,
        params: { caseId },
        body: { outcome, ...(reason === undefined ? {} : { reason }) },
      }),
  }
}

export interface Institution {
  readonly client: Client
  readonly token: string
  /** A token for ten more minutes. */
  renew(): Promise<void>
  scan(qr: string, purpose?: string): Promise<Scan>
}

export async function makeInstitution(baseUrl: string, username: string, password: string, reach: Reach = {}): Promise<Institution> {
  const client = await makeClient(baseUrl, reach)
  let token = await signInStaff(client, baseUrl, { username, password })
  return {
    client,
    get token() {
      return token
    },
    async renew() {
      token = (await client.call(routes.staff.renew, { token })).token.accessToken
    },
    scan: (qr, purpose = 'Pembukaan rekening') => client.call(routes.scans.scan, { token, body: { qr, purpose } }),
  }
}
