import type { Client } from '@ikd/client'
import { type Case, DomainError, routes } from '@ikd/contract'
import { knownApprovalPin } from '../../demo/population/offices.ts'
import { nextCode } from './authenticator.ts'
import { solveCaptcha } from './phone.ts'

export interface Credentials {
  readonly username: string
  readonly password: string
}

/** Signs a member of staff in, with the authenticator app where the account has one; the access token. */
export async function signInStaff(client: Client, url: string, { username, password }: Credentials): Promise<string> {
  const first = await tryPassword(client, { username, password })
  if (first.needs === 'setup-code') throw new Error(`${username} has no second factor`)
  if (first.needs === 'nothing') return first.session.token.accessToken
  const session = await client.call(routes.staff.secondFactor, { body: { ticket: first.ticket, totp: await nextCode(url, username) } })
  return session.token.accessToken
}

/** Does the robot check where strangers' guesses at the name have made it necessary. */
async function tryPassword(client: Client, body: Credentials) {
  try {
    return await client.call(routes.staff.signIn, { body })
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'robot-check-needed') throw error
    return client.call(routes.staff.signIn, { body: { ...body, captcha: await solveCaptcha(client, error.facts.effort) } })
  }
}

interface DeskToApproveAt {
  readonly client: Client
  readonly url: string
  readonly token: string
}

type Approver = Pick<Credentials, 'username'> & { readonly outcome?: 'approve' | 'refuse' }

/** A second person's approval at somebody's desk: their approval PIN, both pictures, then a code. */
export async function approveCase(desk: DeskToApproveAt, caseId: string, { username, outcome = 'approve' }: Approver): Promise<Case> {
  const { client, token } = desk
  return finish(desk, caseId, username, await client.call(routes.cases.startApproval, { token, params: { caseId }, body: { outcome, way: 'pin', username, pin: knownApprovalPin } }))
}

/** The same from the supervisor's own desk, where nobody else sees what is typed. */
export async function approveFromOwnDesk(own: DeskToApproveAt, caseId: string, { username, outcome = 'approve' }: Approver): Promise<Case> {
  const { client, token } = own
  return finish(own, caseId, username, await client.call(routes.cases.startApproval, { token, params: { caseId }, body: { outcome, way: 'own-desk' } }))
}

async function finish({ client, url, token }: DeskToApproveAt, caseId: string, username: string, { ticket }: { readonly ticket: string }): Promise<Case> {
  await client.call(routes.cases.lookForApproval, { token, params: { caseId }, body: { ticket } })
  return client.call(routes.cases.approve, { token, params: { caseId }, body: { ticket, totp: await nextCode(url, username) } })
}
