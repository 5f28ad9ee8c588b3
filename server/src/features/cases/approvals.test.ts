import { type ApprovalDemand, routes } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hour, minute, second } from '../../clock.ts'
import { makeAuthenticator } from '../../testing/authenticator.ts'
import { forgetTotpSteps, raiseTestApp, type TestAnswer, type TestApp, testPassword, totpCode } from '../../testing/app.ts'
import { addPasskey, seasonFactors } from '../../testing/own-account.ts'
import { beginAnew, type Seat, sit } from '../../testing/seats.ts'

let app: TestApp
let desk: Seat
let caseId: string

beforeAll(async () => {
  app = await raiseTestApp()
})
afterAll(() => app.close())

beforeEach(async () => {
  await beginAnew(app)
  desk = await sit(app, 'officer.satu')
  caseId = await askForApproval(desk)
})

const staffId = async (username: string) => (await app.store.selectFrom('staff').select('id').where('username', '=', username).executeTakeFirstOrThrow()).id

/** A visit whose face could not be told, for which this desk's officer has asked a supervisor. */
async function askForApproval({ client, token }: Seat): Promise<string> {
  const { id: residentId } = await app.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()
  const opened = await client.send({ method: 'POST', path: routes.cases.open.path, token, body: { from: 'lookup', kind: 'rebinding', residentId, purpose: 'lost-phone' } })
  const id = String(opened.body['id'])
  await app.store.updateTable('desk_case').set({ state: 'awaiting-decision', capture_outcome: 'inconclusive' }).where('id', '=', id).execute()
  const asked = await client.send({ method: 'POST', path: `/v1/cases/${id}/supervision`, token, body: { outcome: 'approve', reason: 'Kacamata baru' } })
  expect(asked.body).toMatchObject({ state: 'awaiting-supervisor' })
  return id
}

const outcome = ({ status, body }: TestAnswer): string => (status < 300 ? 'done' : String(body['code']))
const start = (body: object = {}, seat = desk, id = caseId) =>
  seat.client.send({ method: 'POST', path: `/v1/cases/${id}/approval-tickets`, token: seat.token, body: { username: 'supervisor.satu', password: testPassword, outcome: 'approve', ...body } })
const startOf = async (body: object = {}) => (await start(body)).body as unknown as ApprovalDemand
const approve = async (body: object, seat = desk, id = caseId) => {
  await forgetTotpSteps(app.store)
  return seat.client.send({ method: 'POST', path: `/v1/cases/${id}/approvals`, token: seat.token, body })
}
const now = () => totpCode(app.clock.now())
const sessions = async (username: string) => (await app.store.selectFrom('staff_session').select('id').where('staff_id', '=', await staffId(username)).execute()).length

describe('a supervisor’s approval', () => {
  test('takes their password and their second factor, opens no session, and is written down as theirs', async () => {
    const before = await sessions('supervisor.satu')
    const demand = await startOf()
    expect(demand).toMatchObject({ supervisor: 'supervisor satu', kinds: ['totp'] })
    const approved = await approve({ ticket: demand.ticket, totp: now() })
    expect(approved.body).toMatchObject({ state: 'awaiting-decision', supervision: { approvedBy: 'supervisor satu' } })
    expect(await sessions('supervisor.satu')).toBe(before)
    const entry = await app.store.selectFrom('audit_entry').selectAll().where('subject_id', '=', caseId).where('action', '=', 'case.supervisor-approved').executeTakeFirstOrThrow()
    expect(entry.actor_id).toBe(await staffId('supervisor.satu'))
  })

  test('is not given by a password alone, or a wrong code', async () => {
    const { ticket } = await startOf()
    expect(outcome(await approve({ ticket, totp: '000000' }))).toBe('factor-wrong')
    const { body } = await desk.client.send({ method: 'GET', path: `/v1/cases/${caseId}`, token: desk.token })
    expect(body).toMatchObject({ state: 'awaiting-supervisor' })
  })

  test('is of this case and no other', async () => {
    const other = await askForApproval(desk)
    const { ticket } = await startOf()
    expect(outcome(await approve({ ticket, totp: now() }, desk, other))).toBe('approval-ticket-expired')
  })

  test('is of the case as it stood: after any change of it the supervisor looks again', async () => {
    const { ticket } = await startOf()
    await app.store.updateTable('desk_case').set((set) => ({ version: set('version', '+', 1) })).where('id', '=', caseId).execute()
    expect(outcome(await approve({ ticket, totp: now() }))).toBe('approval-ticket-expired')
  })

  test('is of the outcome that was asked for', async () => {
    expect(outcome(await start({ outcome: 'refuse' }))).toBe('approval-outcome-different')
  })

  test('is given at the desk where the password was typed', async () => {
    const { ticket } = await startOf()
    expect(outcome(await approve({ ticket, totp: now() }, await sit(app, 'officer.satu')))).toBe('approval-ticket-expired')
  })

  test('dies after five minutes', async () => {
    const { ticket } = await startOf()
    app.clock.advance(5 * minute)
    expect(outcome(await approve({ ticket, totp: now() }))).toBe('approval-ticket-expired')
  })

  test('is given once, however often it is sent at the same time', async () => {
    const { ticket } = await startOf()
    const step = app.clock.now()
    const codes = [-30 * second, 0, 30 * second].map((shift) => totpCode(step + shift))
    const answers = await Promise.all(codes.map((totp) => approve({ ticket, totp })))
    expect(answers.map(outcome).filter((one) => one === 'done')).toHaveLength(1)
    const entries = await app.store.selectFrom('audit_entry').select('seq').where('subject_id', '=', caseId).where('action', '=', 'case.supervisor-approved').execute()
    expect(entries).toHaveLength(1)
  })

  test('cannot be written by hand: a ticket is ours', async () => {
    const { ticket } = await startOf()
    const [payload = '', mac = ''] = ticket.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
    const forged = Buffer.from(JSON.stringify({ ...claims, supervisorId: await staffId('admin.satu') })).toString('base64url')
    expect(outcome(await approve({ ticket: `${forged}.${mac}`, totp: now() }))).toBe('approval-ticket-expired')
    const entered = await desk.client.send({ method: 'POST', path: routes.staff.signIn.path, body: { username: 'supervisor.satu', password: testPassword } })
    expect(outcome(await approve({ ticket: entered.body['ticket'], totp: now() }))).toBe('approval-ticket-expired')
    // Nor does an approval's ticket sign in.
    expect(outcome(await desk.client.send({ method: 'POST', path: routes.staff.secondFactor.path, body: { ticket, totp: now() } }))).toBe('sign-in-ticket-expired')
  })

  test('is somebody else’s: not the officer’s who asked, not a colleague’s without the role', async () => {
    expect(outcome(await start({ username: 'officer.satu' }))).toBe('forbidden')
    const supervisor = await sit(app, 'supervisor.satu')
    const own = await askForApproval(supervisor)
    expect(outcome(await start({}, supervisor, own))).toBe('approval-own-case')
  })

  test('of another office tells nothing about a password there', async () => {
    const right = await start({ username: 'supervisor.dua' })
    const wrong = await start({ username: 'supervisor.dua', password: 'salah' })
    expect([outcome(right), outcome(wrong)]).toEqual(['sign-in-wrong', 'sign-in-wrong'])
    expect(outcome(await start({}, await sit(app, 'officer.dua')))).toBe('other-office')
  })

  test('with a passkey signs exactly this: the same assertion is none for another ticket', async () => {
    const own = await sit(app, 'supervisor.satu')
    const key = makeAuthenticator()
    await addPasskey(own, key)
    await seasonFactors(app)
    const [first, second] = [await startOf(), await startOf()]
    if (!first.passkey || !second.passkey) throw new Error('no passkey was asked for')
    expect(first.passkey.challenge).not.toBe(second.passkey.challenge)
    expect(outcome(await approve({ ticket: second.ticket, passkey: key.get(first.passkey) }))).toBe('factor-wrong')
    expect(outcome(await approve({ ticket: second.ticket, passkey: key.get(second.passkey) }))).toBe('done')
  })

  test('is not given by a factor that was added within the last day', async () => {
    const own = await sit(app, 'supervisor.satu')
    const key = makeAuthenticator()
    await addPasskey(own, key)
    const added = app.clock.now()
    const withKey = async () => {
      const { ticket, passkey } = await startOf()
      if (!passkey) throw new Error('no passkey was asked for')
      return approve({ ticket, passkey: key.get(passkey) })
    }
    expect((await withKey()).body).toMatchObject({ code: 'factor-too-new', retryAt: added + 24 * hour })
    app.clock.advance(24 * hour - 1)
    desk = await sit(app, 'officer.satu')
    expect(outcome(await withKey())).toBe('factor-too-new')
    app.clock.advance(1)
    expect(outcome(await withKey())).toBe('done')
  })
})
