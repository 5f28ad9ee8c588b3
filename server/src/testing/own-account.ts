import { type AccountAct, type AccountProof, type AccountProofDemand, type PasskeyCreation, routes } from '@ikd/contract'
import { forgetTotpSteps, type TestAnswer, type TestApp, totpCode } from './app.ts'
import type { SoftAuthenticator } from './authenticator.ts'
import type { Seat } from './seats.ts'

/** What the server wants proved for this act. */
export async function demandProof({ client, token }: Seat, act: AccountAct, factorId?: string): Promise<AccountProofDemand> {
  const answer = await client.send({ method: 'POST', path: routes.staff.startProof.path, token, body: { act, ...(factorId === undefined ? {} : { factorId }) } })
  if (answer.status !== 200) throw new Error(`proof: ${JSON.stringify(answer.body)}`)
  return answer.body as unknown as AccountProofDemand
}

/** The proof of desk staff for one act, by the authenticator app they have. */
export async function proveAct(seat: Seat, act: AccountAct, factorId?: string): Promise<AccountProof> {
  const demand = await demandProof(seat, act, factorId)
  if (demand.needs !== 'factor') throw new Error(`needs ${demand.needs}`)
  await forgetTotpSteps(seat.client.test.store)
  return { ticket: demand.ticket, totp: totpCode(seat.client.test.clock.now()) }
}

/** A passkey added to the own account; the answer of its last step. */
export async function addPasskey(seat: Seat, key: SoftAuthenticator, proof?: AccountProof): Promise<TestAnswer> {
  const { client, token } = seat
  const started = await client.send({ method: 'POST', path: routes.staff.startPasskey.path, token, body: { proof: proof ?? (await proveAct(seat, 'add-factor')) } })
  if (started.status !== 201) return started
  const { ticket, passkey } = started.body as { ticket: string; passkey: PasskeyCreation }
  return client.send({ method: 'POST', path: routes.staff.confirmPasskey.path, token, body: { ticket, label: 'Kunci', passkey: key.create(passkey) } })
}

/** As if a day had passed for all second factors: a test's clock that moves on ends its sessions. */
export async function seasonFactors({ store }: TestApp): Promise<void> {
  await store.updateTable('staff_factor').set({ approves_from: 0 }).execute()
}
