import { routes } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forgetTotpSteps, makeTestClient, raiseBeside, raiseTestApp, register, type TestApp, totpCode } from '../../testing/app.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { registrationQrOf } from '../../testing/bound.ts'
import { beginAnew, type Seat, sit } from '../../testing/seats.ts'
import { approveByPin, at, demandOf, leaveCapture, openVisit, outcomeOf, pictureResident } from '../../testing/visits.ts'

let app: TestApp
/** A second server on the same database. */
let beside: TestApp
let core: TestCore
let first: Seat
let second: Seat
let caseId: string

beforeAll(async () => {
  app = await raiseTestApp()
  beside = await raiseBeside(app)
  core = await createTestCore({ config: { database: app.config.database }, secrets: app.secrets, clock: app.clock })
  await pictureResident(app, core)
})
afterAll(async () => {
  await core.close()
  await beside.close()
  await app.close()
})

beforeEach(async () => {
  await beginAnew(app)
  first = await sit(app, 'officer.satu')
  second = await sit(app, 'admin.satu')
  caseId = await openVisit(app, first)
  await leaveCapture(app, core, caseId, Buffer.from('wajah di loket'))
})

/** The same key and session, asked of the other server. */
const elsewhere = ({ client, token }: Seat): Seat => ({ client: makeTestClient(beside, client), token })
const versionOf = async (seat = first, id = caseId) => (await at(seat, id).get()).body['version'] as number
const take = async (seat: Seat, id = caseId) => at(seat, id).takeOver(await versionOf(seat, id))
const row = (id = caseId) => app.store.selectFrom('desk_case').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const staffId = async (username: string) => (await app.store.selectFrom('staff').select('id').where('username', '=', username).executeTakeFirstOrThrow()).id

describe('a case at another desk', () => {
  test('can be read, names who has it, and offers nothing but taking it over', async () => {
    const { body } = await at(second, caseId).get()
    expect(body).toMatchObject({ here: false, officer: { name: 'officer satu' }, actions: ['take-over'] })
    expect((await at(first, caseId).get()).body).toMatchObject({ here: true, actions: expect.arrayContaining(['refuse', 'ask-supervisor', 'start-capture']) as unknown })
  })

  test('is worked on by nobody else: every act of an officer is refused, also of the same officer at another desk', async () => {
    const acts: Readonly<Record<string, [string, object]>> = {
      startCapture: ['captures', {}],
      submitCapture: ['captures/01890000-0000-7000-8000-000000000000/frames', { nonce: 'x', frames: [{ jpeg: '', atMs: 0, step: 0 }] }],
      askSupervisor: ['supervision', { outcome: 'approve', reason: 'x' }],
      approve: ['decision', { outcome: 'approve' }],
      refuse: ['decision', { outcome: 'refuse', reason: 'x' }],
      attachPhone: ['phone', { qr: 'IKDR1:X' }],
      correctEmail: ['email', { email: 'a@b.id' }],
      newCode: ['new-code', {}],
      recordService: ['service-requests', { kind: 'moving', note: '' }],
      block: ['block', { reason: 'lost' }],
      changeContact: ['contact', { email: 'a@b.id' }],
      cancel: ['cancellation', { reason: 'left' }],
      pin: ['approval-tickets', { outcome: 'approve', way: 'pin', username: 'supervisor.satu', pin: '730284' }],
    }
    const before = await row()
    for (const seat of [second, await sit(app, 'officer.satu')]) {
      for (const [name, [path, body]] of Object.entries(acts)) {
        // What asks for an approval is refused for its state first.
        const expected = name === 'pin' ? 'case-state-wrong' : 'case-at-other-desk'
        const answer = await seat.client.send({ method: 'POST', path: `/v1/cases/${caseId}/${path}`, token: seat.token, ...(path === 'captures' || path === 'new-code' ? {} : { body }) })
        expect([name, outcomeOf(answer)]).toEqual([name, expected])
      }
    }
    expect(await row()).toEqual(before)
  })

  test('is the taker’s once it was taken over: audited, told to the resident, and the former desk may only look', async () => {
    await app.store.deleteFrom('activity').execute()
    expect((await take(second)).body).toMatchObject({ here: true, officer: { name: 'admin satu' }, actions: expect.arrayContaining(['refuse', 'ask-supervisor']) as unknown })
    expect(outcomeOf(await at(first, caseId).decide('refuse'))).toBe('case-at-other-desk')
    expect((await at(first, caseId).get()).body).toMatchObject({ here: false, officer: { name: 'admin satu' }, actions: ['take-over'] })
    const entry = await app.store.selectFrom('audit_entry').selectAll().where('subject_id', '=', caseId).where('action', '=', 'case.taken-over').executeTakeFirstOrThrow()
    expect(entry.actor_id).toBe(await staffId('admin.satu'))
    const told = await app.store.selectFrom('activity').select(['kind', 'officer']).where('kind', '=', 'case-viewed').execute()
    expect(told).toEqual([{ kind: 'case-viewed', officer: 'admin satu' }, { kind: 'case-viewed', officer: 'officer satu' }])
    expect(outcomeOf(await at(second, caseId).decide('refuse'))).toBe('done')
    expect(outcomeOf(await take(first))).toBe('case-state-wrong')
  })

  test('names its new officer and desk on the resident’s phone', async () => {
    const phone = makeTestClient(app)
    const registered = await register(phone, app)
    const device = (registered.body['token'] as { accessToken: string }).accessToken
    const { registrationId } = registered.body['status'] as { registrationId: string }
    const qr = await registrationQrOf(app, phone, registrationId)
    const opened = await first.client.send({ method: 'POST', path: routes.cases.open.path, token: first.token, body: { from: 'registration', qr } })
    const desk = async () => ((await phone.send({ method: 'GET', path: routes.device.status.path, token: device })).body['desk'] as { officer: string }).officer
    expect(await desk()).toBe('officer satu')
    await take(second, String(opened.body['id']))
    expect(await desk()).toBe('admin satu')
  })

  test('stays where it is for a desk without the power for it', async () => {
    await app.store.updateTable('workstation').set({ powers: '["activate"]' }).where('jkt', '=', await jktOf(second)).execute()
    expect((await at(second, caseId).get()).body['actions']).toEqual([])
    expect(outcomeOf(await take(second))).toBe('workstation-power-missing')
  })
})

const jktOf = async (seat: Seat) =>
  (await app.store.selectFrom('staff_session').innerJoin('staff', 'staff.id', 'staff_session.staff_id').select('staff_session.jkt').where('staff.username', '=', seat === first ? 'officer.satu' : 'admin.satu').orderBy('staff_session.id', 'desc').limit(1).executeTakeFirstOrThrow()).jkt

describe('two people stay two', () => {
  test('whoever had the case is not its second person, however often it has changed hands', async () => {
    await take(second)
    expect(outcomeOf(await take(first))).toBe('done')
    await at(first, caseId).ask()
    expect(outcomeOf(await at(first, caseId).start({ username: 'admin.satu' }))).toBe('approval-own-case')
    expect((await at(await sit(app, 'admin.satu'), caseId).get()).body['actions']).toEqual(['take-over'])
    expect(outcomeOf(await at(await sit(app, 'admin.satu'), caseId).startAtOwnDesk())).toBe('approval-own-case')
    expect(outcomeOf(await approveByPin(app, first, caseId))).toBe('done')
  })

  test('who asked, and gave the case away, does not answer', async () => {
    await take(second)
    await at(second, caseId).ask()
    await take(first)
    expect((await row()).state).toBe('awaiting-supervisor')
    expect(outcomeOf(await at(first, caseId).start({ username: 'admin.satu' }))).toBe('approval-own-case')
  })

  test('who approved does not take it over, and what was approved ends with another taker', async () => {
    await at(first, caseId).ask()
    await approveByPin(app, first, caseId)
    const supervisor = await sit(app, 'supervisor.satu')
    expect((await at(supervisor, caseId).get()).body['actions']).toEqual([])
    expect(outcomeOf(await take(supervisor))).toBe('approval-own-case')
    const taken = await take(second)
    expect(taken.body).toMatchObject({ state: 'awaiting-decision' })
    expect(taken.body['supervision']).toBeUndefined()
    expect(outcomeOf(await at(second, caseId).decide('approve'))).toBe('approval-needed')
  })

})

describe('at the same moment, at two servers', () => {
  test('of two who take a case over one has it, and the other is told that it has changed', async () => {
    for (let round = 0; round < 4; round++) {
      const id = await openVisit(app, first)
      const third = await sit(app, 'supervisor.satu')
      const version = await versionOf(first, id)
      const answers = await Promise.all([at(second, id).takeOver(version), at(elsewhere(third), id).takeOver(version)])
      expect(answers.map(outcomeOf).sort()).toEqual(['case-state-wrong', 'done'])
      const winner = answers.find(({ status }) => status === 200)?.body['officer'] as { id: string }
      expect((await row(id)).officer_id).toBe(winner.id)
      const entries = await app.store.selectFrom('audit_entry').select('seq').where('subject_id', '=', id).where('action', '=', 'case.taken-over').execute()
      expect(entries).toHaveLength(1)
      // Other visits of this resident would be in the way.
      await app.store.updateTable('desk_case').set({ closed_at: 0, state: 'cancelled' }).where('id', '=', id).execute()
      app.clock.advance(60_000)
    }
  })

  test('a decision and a take-over: one of them, and never a decision by somebody who no longer had it', async () => {
    for (let round = 0; round < 4; round++) {
      const id = await openVisit(app, first)
      const version = await versionOf(first, id)
      const [decided, taken] = await Promise.all([at(first, id).decide('refuse'), at(elsewhere(second), id).takeOver(version)])
      expect([outcomeOf(decided), outcomeOf(taken)].filter((one) => one === 'done')).toHaveLength(1)
      const after = await row(id)
      if (outcomeOf(taken) === 'done') expect(after).toMatchObject({ state: 'awaiting-decision', officer_id: await staffId('admin.satu'), decided_by: null })
      else expect(after).toMatchObject({ state: 'refused', officer_id: await staffId('officer.satu'), decided_by: await staffId('officer.satu') })
      app.clock.advance(60_000)
    }
  })

  test('an approval and a take-over: what was approved is the case as its officer had it, or nothing', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await openVisit(app, first)
      await at(first, id).ask()
      const { ticket } = demandOf(await at(first, id).start())
      await at(first, id).look(ticket)
      const version = await versionOf(first, id)
      await forgetTotpSteps(app.store)
      const [approved, taken] = await Promise.all([at(first, id).approve({ ticket, totp: totpCode(app.clock.now()) }), at(elsewhere(second), id).takeOver(version)])
      expect([outcomeOf(approved), outcomeOf(taken)].filter((one) => one === 'done')).toHaveLength(1)
      const after = await row(id)
      if (outcomeOf(taken) === 'done') expect(after).toMatchObject({ state: 'awaiting-supervisor', supervision_by: null })
      else expect(after).toMatchObject({ state: 'awaiting-decision', officer_id: await staffId('officer.satu'), supervision_by: await staffId('supervisor.satu') })
      app.clock.advance(30_000)
    }
  })
})

test('orders stay counted to whoever asked for them: a case that changes hands takes nobody’s captures with it', async () => {
  // Earlier tests have spent some of today's.
  await app.store.updateTable('capture').set({ created_at: 0 }).execute()
  await app.store.updateTable('desk_case').set({ state: 'awaiting-capture', capture_outcome: null }).where('id', '=', caseId).execute()
  expect((await first.client.send({ method: 'POST', path: `/v1/cases/${caseId}/captures`, token: first.token })).status).toBe(201)
  await take(second)
  app.clock.advance(1)
  expect((await second.client.send({ method: 'POST', path: `/v1/cases/${caseId}/captures`, token: second.token })).status).toBe(201)
  const orders = await app.store.selectFrom('capture').select('asked_by').where('case_id', '=', caseId).where('submitted_at', 'is', null).orderBy('id').execute()
  expect(orders.map(({ asked_by: by }) => by)).toEqual([await staffId('officer.satu'), await staffId('admin.satu')])
})
