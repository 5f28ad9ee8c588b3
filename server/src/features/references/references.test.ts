import { randomBytes, randomUUID } from 'node:crypto'
import { type CaptureOutcome, routes } from '@ikd/contract'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day, hour } from '../../clock.ts'
import { createEnvelope } from '../../security/envelope.ts'
import { openSecrets } from '../../security/secrets.ts'
import { raiseTestApp, type TestApp } from '../../testing/app.ts'
import { activityOf, addResident, bindResident, letSupervisorApprove, openDesk, raiseSecondServer, readMails, registerPhone, registrationQrOf, type TestDesk } from '../../testing/bound.ts'
import { photoContext } from '../residents/service.ts'

// Who may see the photograph on record, how often, and who hears of it; every request at the other of two servers on one database.

let first: TestApp
let second: FastifyInstance
let both: TestApp
let officer: TestDesk
let supervisor: TestDesk
let enrolled = 0

beforeAll(async () => {
  first = await raiseTestApp()
  const beside = await raiseSecondServer(first)
  second = beside.app
  both = beside.both
})
afterAll(async () => {
  await second.close()
  await first.close()
})
beforeEach(async () => {
  // Yesterday's sessions are over, and so is what was counted.
  first.clock.advance(day)
  officer = await openDesk(both, 'satu', enrolled++)
  supervisor = await openDesk(both, 'satu', enrolled++, 'supervisor')
})

async function addPhoto(residentId: string): Promise<void> {
  const photo = createEnvelope(openSecrets(first.config).masterKey, randomBytes).seal(Buffer.from('foto'), photoContext(residentId))
  await first.store.insertInto('resident_reference').values({ resident_id: residentId, photo, template: null, template_model: null }).execute()
}

/** A resident with a phone, and a visit without it: looked up by an officer, who says that the contact is to be changed. */
async function lookUp(at = officer) {
  const resident = await bindResident(both, at)
  await addPhoto(resident.residentId)
  const { body } = await at.post(routes.cases.open.path, { from: 'lookup', kind: 'contact', residentId: resident.residentId, purpose: 'correction' })
  return { ...resident, caseId: body['id'] as string }
}

/** A resident whose phone is at the desk and has confirmed the visit. */
async function arrive(at = officer, resident?: { residentId: string; nik: string }) {
  const { residentId, nik } = resident ?? (await addResident(both))
  if (!resident) await addPhoto(residentId)
  const email = `tamu-${randomUUID()}@contoh.id`
  const { client, registrationId } = await registerPhone(both, nik, email)
  const { body } = await at.post(routes.cases.open.path, { from: 'registration', qr: await registrationQrOf(both, client, registrationId) })
  const session = await client.send({ method: 'POST', path: routes.device.session.path })
  const token = (session.body['token'] as { accessToken: string }).accessToken
  const { code } = body['confirmation'] as { code: string }
  const confirmed = await client.send({ method: 'POST', path: routes.device.confirmCase.path, token, body: { code } })
  if (confirmed.status !== 200) throw new Error(`confirmation: ${JSON.stringify(confirmed.body)}`)
  return { residentId, nik, email, caseId: body['id'] as string }
}

/** As the server would have judged what was before the camera: pictures and models have tests of their own. */
async function capture(caseId: string, outcome: CaptureOutcome): Promise<void> {
  const { resident_id: residentId } = await first.store.selectFrom('desk_case').select('resident_id').where('id', '=', caseId).executeTakeFirstOrThrow()
  const at = first.clock.now()
  await first.store
    .insertInto('capture')
    .values({
      id: first.nextId(), case_id: caseId, resident_id: residentId ?? '', created_at: at, expires_at: at, submitted_at: at, voided_at: null, outcome,
      reasons: '[]', band: null, frames_received: 12, frames_used: 0, fingerprints: null, challenge: '[]',
    })
    .execute()
  await first.store
    .updateTable('desk_case')
    .set((set) => ({ state: 'awaiting-decision', capture_outcome: outcome, capture_attempts: set('capture_attempts', '+', 1) }))
    .where('id', '=', caseId)
    .execute()
}

const look = (caseId: string, at = officer) => at.get(`/v1/cases/${caseId}/reference`)
const see = async (caseId: string, at = officer) => {
  const { status, body } = await look(caseId, at)
  return status === 200 ? Buffer.from(body['jpeg'] as string, 'base64').toString() : body['code']
}
const order = (caseId: string, at = officer, idempotencyKey?: string) =>
  at.client.send({ method: 'POST', path: `/v1/cases/${caseId}/captures`, token: at.token, ...(idempotencyKey ? { idempotencyKey } : {}) })
const ask = (caseId: string) => officer.post(`/v1/cases/${caseId}/supervision`, { outcome: 'approve', reason: 'Gelap sekali' })
const mailsTo = async (email: string) => (await readMails(first, email)).filter(({ subject }) => subject.startsWith('Foto KTP-el Anda'))
const alertsOf = async (at: TestDesk) =>
  (await first.store.selectFrom('alert').select('kind').where('staff_id', '=', at.staffId).where('at', '>', first.clock.now() - hour).execute()).map(({ kind }) => kind).toSorted()

describe('without a phone that has confirmed the visit', () => {
  test('three gray pictures show nobody the photograph but the supervisor who is asked; the officer sees it once they have approved', async () => {
    const { caseId, email, residentId } = await lookUp()
    for (let i = 0; i < 3; i++) await capture(caseId, 'failure-to-acquire')
    const shown = await officer.get(`/v1/cases/${caseId}`)
    expect(shown.body).toMatchObject({ supervisorDue: true, referenceReleased: false })
    expect([await see(caseId), await see(caseId, supervisor)]).toEqual(['reference-not-released', 'reference-not-released'])
    expect((await ask(caseId)).status).toBe(200)
    expect([await see(caseId), await see(caseId, supervisor)]).toEqual(['reference-not-released', 'foto'])
    expect((await supervisor.get(`/v1/cases/${caseId}`)).body).toMatchObject({ referenceReleased: true })
    await letSupervisorApprove(first, caseId, 'satu')
    expect(await see(caseId)).toBe('foto')
    expect((await activityOf(first, residentId)).filter(({ kind }) => kind === 'photo-seen-at-desk')).toHaveLength(2)
    expect(await mailsTo(email)).toHaveLength(1)
    const grounds = await first.store.selectFrom('audit_entry').innerJoin('audit_detail', 'audit_detail.seq', 'audit_entry.seq').select('audit_detail.detail').where('subject_id', '=', caseId).where('action', '=', 'case.reference-shown').orderBy('audit_entry.seq').execute()
    expect(grounds.map(({ detail }) => (JSON.parse(detail) as { released: string }).released)).toEqual(['second-person', 'approved'])
  })

  test('the officer’s own face does not fetch it either, a match does, and nobody is told of that by mail', async () => {
    const { caseId, email } = await lookUp()
    await capture(caseId, 'non-match')
    expect(await see(caseId)).toBe('reference-not-released')
    await capture(caseId, 'match')
    expect(await see(caseId)).toBe('foto')
    expect(await mailsTo(email)).toEqual([])
  })
})

describe('with the phone at the desk', () => {
  test('a face that does not match shows it, and the resident hears of it once a day, at the phone’s address', async () => {
    const { caseId, email, residentId } = await arrive()
    expect(await see(caseId)).toBe('reference-not-released')
    await capture(caseId, 'non-match')
    expect(await Promise.all([see(caseId), see(caseId), see(caseId, supervisor)])).toEqual(['foto', 'foto', 'foto'])
    const mails = await mailsTo(email)
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain('Kantor Satu')
    expect((await activityOf(first, residentId)).filter(({ kind }) => kind === 'photo-seen-at-desk')).toHaveLength(2)
  })

  test('the mail goes to the phone in force, and not to one that somebody else has registered', async () => {
    const owner = await bindResident(both, officer)
    await addPhoto(owner.residentId)
    const stranger = await arrive(officer, owner)
    await capture(stranger.caseId, 'non-match')
    expect(await see(stranger.caseId)).toBe('foto')
    expect([(await mailsTo(owner.email)).length, (await mailsTo(stranger.email)).length]).toEqual([1, 0])
  })

  test('an officer sees six without a match in an hour, though two servers are asked at once; the office hears before, and a match is not counted', async () => {
    const visits = await Promise.all(Array.from({ length: 9 }, () => arrive()))
    for (const { caseId } of visits) await capture(caseId, 'non-match')
    const [matched, ...others] = visits.map(({ caseId }) => caseId) as [string, ...string[]]
    for (const caseId of others.slice(0, 3)) expect(await see(caseId)).toBe('foto')
    expect(await alertsOf(officer)).toEqual([])
    expect(await see(others[3] as string)).toBe('foto')
    expect(await alertsOf(officer)).toEqual(['photos-without-match'])
    // Twice each, at both servers: a look repeated is the same look.
    const answers = await Promise.all([...others.slice(4), ...others.slice(4)].map(async (caseId) => [caseId, await see(caseId)] as const))
    const seen = new Set(answers.filter(([, said]) => said === 'foto').map(([caseId]) => caseId))
    expect(seen.size).toBe(2)
    expect(answers.filter(([caseId]) => !seen.has(caseId)).map(([, said]) => said)).toEqual(Array(4).fill('reference-cap-reached'))
    expect(await alertsOf(officer)).toEqual(['photo-cap-reached', 'photos-without-match'])
    const refused = others.find((caseId) => !seen.has(caseId) && others.indexOf(caseId) > 3) as string
    expect((await look(refused)).body['retryAt']).toBe(first.clock.now() + hour)

    await capture(matched, 'match')
    expect([await see(matched), await see(others[0] as string)]).toEqual(['foto', 'foto'])
    // Two people are another matter: the supervisor who is asked has a count of their own.
    expect((await ask(refused)).status).toBe(200)
    expect([await see(refused), await see(refused, supervisor)]).toEqual(['reference-cap-reached', 'foto'])
  }, 60_000)
})

describe('the day’s captures', () => {
  test('are not spent by an office far away: nine orders let go in its contact case, and the resident’s own visit has all of its own', async () => {
    const far = await openDesk(both, 'dua', enrolled)
    const resident = await lookUp(far)
    // Pressed at two servers at once: nine are given, exactly.
    const asked = await Promise.all(Array.from({ length: 14 }, () => order(resident.caseId, far)))
    const given = asked.filter(({ status }) => status === 201)
    // Whoever pressed at the same instant changed the case under the other; that is no order.
    for (let tries = 0; given.length < 9 && tries < 30; tries++) {
      const again = await order(resident.caseId, far)
      if (again.status === 201) given.push(again)
    }
    expect(given).toHaveLength(9)
    expect((await order(resident.caseId, far)).body['code']).toBe('capture-attempts-exhausted')
    const there = await far.get(`/v1/cases/${resident.caseId}`)
    expect(there.body).toMatchObject({ captureAttemptsLeft: 0, supervisorDue: true, referenceReleased: false })
    expect(there.body['actions']).toContain('ask-supervisor')

    const { caseId } = await arrive(officer, resident)
    expect((await officer.get(`/v1/cases/${caseId}`)).body).toMatchObject({ captureAttemptsLeft: 5, supervisorDue: false })
    expect((await order(caseId)).status).toBe(201)
    // Nor a visit without a phone at the resident's own office.
    const own = await officer.post(routes.cases.open.path, { from: 'lookup', kind: 'contact', residentId: resident.residentId, purpose: 'correction' })
    expect((await order(own.body['id'] as string)).status).toBe(201)
  })

  test('are not spent by a network that loses the answer: the same order comes again from the other server, and nothing is counted', async () => {
    const { caseId } = await arrive()
    const key = randomUUID()
    const [lost, again] = [await order(caseId, officer, key), await order(caseId, officer, key)]
    expect([lost.status, again.body['captureId'], again.body['challenge']]).toEqual([201, lost.body['captureId'], lost.body['challenge']])
    expect((await officer.get(`/v1/cases/${caseId}`)).body['captureAttemptsLeft']).toBe(5)
    expect((await first.store.selectFrom('capture').select('id').where('case_id', '=', caseId).execute()).length).toBe(1)
  })

  test('open the supervisor’s way with the first order that is refused, and not before', async () => {
    const { caseId } = await arrive()
    for (let given = 0; given < 9; given++) {
      expect((await officer.get(`/v1/cases/${caseId}`)).body['supervisorDue'], `${given}`).toBe(false)
      expect((await order(caseId)).status).toBe(201)
    }
    expect((await officer.get(`/v1/cases/${caseId}`)).body['supervisorDue']).toBe(true)
    expect((await order(caseId)).body['code']).toBe('capture-attempts-exhausted')
    expect((await ask(caseId)).status).toBe(200)
  })
})
