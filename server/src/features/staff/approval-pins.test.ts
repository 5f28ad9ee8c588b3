import { routes } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { minute } from '../../clock.ts'
import { makeAuthenticator } from '../../testing/authenticator.ts'
import { forgetTotpSteps, raiseTestApp, type TestApp, testApprovalPin, totpCode } from '../../testing/app.ts'
import { addPasskey, demandProof, proveAct, seasonFactors } from '../../testing/own-account.ts'
import { beginAnew, type Seat, sit } from '../../testing/seats.ts'
import { at, openVisit, outcomeOf } from '../../testing/visits.ts'

let app: TestApp
let own: Seat

beforeAll(async () => {
  app = await raiseTestApp()
})
afterAll(() => app.close())

beforeEach(async () => {
  await beginAnew(app)
  own = await sit(app, 'supervisor.satu')
})

const get = ({ client, token }: Seat) => client.send({ method: 'GET', path: routes.staff.approvalPin.path, token })
const set = async (body: object, { client, token }: Seat = own) => {
  await forgetTotpSteps(app.store)
  return client.send({ method: 'POST', path: routes.staff.setApprovalPin.path, token, body })
}
const begin = async () => {
  const demand = await demandProof(own, 'set-approval-pin')
  if (demand.needs !== 'factor') throw new Error(`needs ${demand.needs}`)
  return demand
}
const now = () => totpCode(app.clock.now())
const row = () => app.store.selectFrom('approval_pin').innerJoin('staff', 'staff.id', 'approval_pin.staff_id').selectAll('approval_pin').where('staff.username', '=', 'supervisor.satu').executeTakeFirst()

/** What an officer's desk is answered for this PIN. */
async function typed(pin: string): Promise<string> {
  const desk = await sit(app, 'officer.satu')
  const caseId = await openVisit(app, desk)
  await at(desk, caseId).ask()
  return outcomeOf(await at(desk, caseId).start({ pin }))
}

describe('an approval PIN', () => {
  test('is set in the own session with a fresh code, takes the place of the one before, and is audited', async () => {
    expect(outcomeOf(await set({ pin: '90417253', proof: await proveAct(own, 'set-approval-pin') }))).toBe('done')
    expect((await get(own)).body).toEqual({ setAt: app.clock.now() })
    expect(await typed('90417253')).toBe('done')
    expect(await typed(testApprovalPin)).toBe('approval-pin-wrong')
    const entries = await app.store.selectFrom('audit_entry').select('actor_id').where('action', '=', 'staff.approval-pin-set').execute()
    expect(entries).toHaveLength(1)
  })

  test('may be set with a passkey, over what was asked and nothing else', async () => {
    const key = makeAuthenticator()
    await addPasskey(own, key)
    await seasonFactors(app)
    const [first, second] = [await begin(), await begin()]
    if (!first.passkey || !second.passkey) throw new Error('no passkey was asked for')
    expect(outcomeOf(await set({ pin: '90417253', proof: { ticket: second.ticket, passkey: key.get(first.passkey) } }))).toBe('factor-wrong')
    expect(outcomeOf(await set({ pin: '90417253', proof: { ticket: second.ticket, passkey: key.get(second.passkey) } }))).toBe('done')
  })

  test('is not set without a proof, with a wrong one, one of another session or act, one that has served or one that is old', async () => {
    const before = await row()
    const { ticket } = await begin()
    const pin = '90417253'
    expect(outcomeOf(await set({ pin }))).toBe('account-proof-needed')
    expect(outcomeOf(await set({ pin, proof: { ticket, totp: '000000' } }))).toBe('factor-wrong')
    expect(outcomeOf(await set({ pin, proof: { ticket, totp: now() } }, await sit(app, 'supervisor.satu')))).toBe('account-proof-needed')
    expect(outcomeOf(await set({ pin, proof: await proveAct(own, 'add-factor') }))).toBe('account-proof-needed')
    expect(await row()).toEqual(before)
    expect(outcomeOf(await set({ pin, proof: { ticket, totp: now() } }))).toBe('done')
    expect(outcomeOf(await set({ pin: '41725390', proof: { ticket, totp: now() } }))).toBe('account-proof-needed')
    const late = await begin()
    app.clock.advance(5 * minute)
    expect(outcomeOf(await set({ pin: '41725390', proof: { ticket: late.ticket, totp: now() } }))).toBe('account-proof-needed')
  })

  test.each(['123456', '17081945', '12341234', '000000'])('is none of the popular ones: %s, and a refusal costs no proof', async (pin) => {
    const proof = await proveAct(own, 'set-approval-pin')
    expect(outcomeOf(await set({ pin, proof }))).toBe('approval-pin-too-simple')
    expect(outcomeOf(await set({ pin: '90417253', proof }))).toBe('done')
  })

  test.each(['12345', '730284730', '73028a', ''])('has six to eight digits: not %s', async (pin) => {
    expect(outcomeOf(await set({ pin, proof: await proveAct(own, 'set-approval-pin') }))).toBe('request-invalid')
  })

  test('stands in the database as a peppered hash only', async () => {
    await set({ pin: '90417253', proof: await proveAct(own, 'set-approval-pin') })
    const kept = await row()
    expect(kept?.pin_hash).toMatch(/^\$argon2id\$/)
    expect(JSON.stringify(await app.store.selectFrom('idempotency').selectAll().execute())).not.toContain('90417253')
  })

  test('is no officer’s, and goes with the second factors an admin takes away', async () => {
    const officer = await sit(app, 'officer.satu')
    expect(outcomeOf(await set({ pin: '90417253', proof: await proveAct(officer, 'set-approval-pin') }, officer))).toBe('forbidden')
    const admin = await sit(app, 'admin.satu')
    const kept = await row()
    const reset = await admin.client.send({ method: 'POST', path: routes.admin.resetFactors.path.replace(':staffId', kept?.staff_id ?? ''), token: admin.token })
    expect(reset.status).toBeLessThan(300)
    expect(await row()).toBeUndefined()
  })
})
