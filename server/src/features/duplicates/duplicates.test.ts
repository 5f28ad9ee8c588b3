import { randomBytes } from 'node:crypto'
import { routes } from '@ikd/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { minute } from '../../clock.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { createEnvelope } from '../../security/envelope.ts'
import { raiseTestApp, type TestApp } from '../../testing/app.ts'
import {
  activationToken, activityOf, addResident, callPublic, codeInMail, findInMail, letSupervisorApprove, matchFace, openDesk, raiseSecondServer, registerPhone, registrationQrOf, type TestDesk,
} from '../../testing/bound.ts'
import { createTestCore } from '../../testing/core.ts'
import { faceNear, inventFace, showFace } from '../../testing/faces.ts'
import { createOutbox } from '../mail/outbox.ts'
import { photoContext } from '../residents/service.ts'
import { limitsFor } from './policy.ts'
import { createTemplatesService } from '../templates/service.ts'

let app: TestApp
let second: Awaited<ReturnType<typeof raiseSecondServer>>
let desk: TestDesk
let elsewhere: TestDesk
let supervisor: TestDesk
let colleague: TestDesk
let visits = 0

// Two servers on one database: both have all templates, both may take any search.
beforeAll(async () => {
  app = await raiseTestApp()
  second = await raiseSecondServer(app)
  desk = await openDesk(app, 'satu', 0)
  elsewhere = await openDesk(app, 'dua', 0)
  supervisor = await openDesk(app, 'satu', 1, 'supervisor')
  colleague = await openDesk(app, 'dua', 1, 'supervisor')
})
afterAll(async () => {
  await second.app.close()
  await app.close()
})

interface Visit {
  readonly caseId: string
  readonly resident: { readonly residentId: string; readonly nik: string }
  readonly residentId: string
  readonly email: string
  readonly captureId: string
  bind(): Promise<void>
}

/** A visit whose face matched, up to the officer's decision. */
async function visit(face: Float32Array, { at = desk, resident, birthDate }: { at?: TestDesk; resident?: { residentId: string; nik: string }; birthDate?: string } = {}): Promise<Visit> {
  app.clock.advance(1000)
  const { residentId, nik } = resident ?? (await addResident(app, birthDate))
  const photo = createEnvelope(app.secrets.masterKey, randomBytes).seal(Buffer.from(`photo of ${residentId}`), photoContext(residentId))
  await app.store.insertInto('resident_reference').values({ resident_id: residentId, photo, template: null, template_model: null }).onConflict((conflict) => conflict.doNothing()).execute()
  const email = `ganda-${++visits}@contoh.id`
  const phone = await registerPhone(app, nik, email)
  const opened = await at.post(routes.cases.open.path, { from: 'registration', qr: await registrationQrOf(app, phone.client, phone.registrationId) })
  if (opened.status !== 201) throw new Error(String(opened.body['code']))
  const caseId = opened.body['id'] as string
  const asDevice = async (path: string, body?: object) => {
    const { token } = (await phone.client.send({ method: 'POST', path: routes.device.session.path })).body as { token: { accessToken: string } }
    const answer = await phone.client.send({ method: 'POST', path, token: token.accessToken, body })
    if (answer.status !== 200) throw new Error(String(answer.body['code']))
  }
  await asDevice(routes.device.confirmCase.path, { code: (opened.body['confirmation'] as { code: string }).code })
  await matchFace(app, caseId)
  const captureId = await showFace(app, caseId, face)
  return {
    caseId, resident: { residentId, nik }, residentId, email, captureId,
    async bind() {
      const code = (await findInMail(app, email, codeInMail)) ?? ''
      const token = await findInMail(app, email, activationToken)
      await app.store.updateTable('outbox').set({ state: 'accepted', accepted_at: app.clock.now() }).where('case_id', '=', caseId).execute()
      expect((await callPublic(app, routes.activation.confirm, { token, code })).body['code']).toBeUndefined()
      await asDevice(routes.device.enterCode.path, { code })
      await asDevice(routes.device.setPin.path, { pin: '472915' })
    },
  }
}

async function approve(face: Float32Array, options: Parameters<typeof visit>[1] = {}): Promise<Visit> {
  const made = await visit(face, options)
  const answer = await (options.at ?? desk).post(`/v1/cases/${made.caseId}/decision`, { outcome: 'approve' })
  if (answer.status !== 200) throw new Error(String(answer.body['code']))
  return made
}

const stateOf = async ({ caseId }: Visit, at = desk) => ((await at.get(`/v1/cases/${caseId}`)).body['activation'] as { duplicates: string }).duplicates

/** What a search comes to. */
async function searched(of: Visit, at = desk): Promise<string> {
  return vi.waitFor(async () => {
    const state = await stateOf(of, at)
    if (state === 'searching') throw new Error('still searching')
    return state
  }, { timeout: 20_000, interval: 20 })
}

async function settled(face: Float32Array, options: Parameters<typeof visit>[1] = {}): Promise<Visit & { state: string }> {
  const made = await approve(face, options)
  return { ...made, state: await searched(made, options.at) }
}

interface Row {
  readonly id: string
  readonly kind: string
  readonly case: { readonly id: string; readonly residentName: string }
  readonly other?: { readonly name?: string; readonly office: string; readonly birthYear: number }
  readonly decision?: { readonly outcome: string }
}

const listed = async (at: TestDesk) => (await at.get('/v1/duplicates')).body['duplicates'] as Row[]
const rowOf = async ({ caseId }: Visit, at = supervisor) => (await listed(at)).find((row) => row.case.id === caseId) as Row
const decide = (at: TestDesk, { id }: Row, outcome: 'different' | 'same') => at.post(`/v1/duplicates/${id}/decision`, { outcome, reason: 'Dibandingkan' })
const auditOf = async (subject: string) => (await app.store.selectFrom('audit_entry').select('action').where('subject_id', '=', subject).orderBy('seq').execute()).map(({ action }) => action)

/** Whether any mail of the case could be taken out of the outbox now. */
async function mayLeave({ caseId }: Visit): Promise<boolean> {
  await app.store.updateTable('outbox').set({ next_attempt_at: app.clock.now(), claimed_until: null }).where('case_id', '=', caseId).where('state', '=', 'queued').execute()
  const outbox = createOutbox(app.store)
  for (;;) {
    const mail = await outbox.claim(app.clock.now())
    if (!mail) return (await app.store.selectFrom('outbox').select('attempts').where('case_id', '=', caseId).where((row) => row.or([row('attempts', '>', 0), row('claimed_until', '>', app.clock.now())])).execute()).length > 0
    if (mail.caseId === caseId) return true
  }
}

test('a face like nobody’s is searched once, whichever server does it, and its mail leaves', async () => {
  const made = await settled(inventFace())
  expect(made.state).toBe('clear')
  expect(await mayLeave(made)).toBe(true)
  expect((await auditOf(made.caseId)).filter((action) => action === 'duplicates.searched')).toHaveLength(1)
})

test('a case without any face says that nothing could be searched, in the record as well', async () => {
  const made = await visit(inventFace())
  await app.store.deleteFrom('face_template').where('case_id', '=', made.caseId).execute()
  await desk.post(`/v1/cases/${made.caseId}/decision`, { outcome: 'approve' })
  expect(await stateOf(made)).toBe('impossible')
  expect(await auditOf(made.caseId)).toContain('duplicates.impossible')
})

test('the face of another resident holds the mail, a corrected address notwithstanding, until a supervisor has looked and says that they are two', async () => {
  const face = inventFace()
  const first = await settled(face, { at: elsewhere })
  const made = await settled(faceNear(face, 0.2))
  expect([first.state, made.state]).toEqual(['clear', 'held'])
  expect(await activityOf(app, made.residentId)).toContainEqual(expect.objectContaining({ kind: 'activation-held' }))
  await desk.post(`/v1/cases/${made.caseId}/email`, { email: `lain-${visits}@contoh.id` })
  expect(await mayLeave(made)).toBe(false)

  const row = await rowOf(made)
  // Of another office's resident no more than tells two people apart.
  expect(row).toMatchObject({ kind: 'held', other: { office: 'Kantor Dua', birthYear: 1998 } })
  expect(row.other).not.toHaveProperty('name')
  expect((await desk.get('/v1/duplicates')).body['code']).toBe('forbidden')
  expect((await decide(supervisor, row, 'different')).body['code']).toBe('duplicate-not-seen')
  expect((await colleague.post(`/v1/duplicates/${row.id}/looks`)).body['code']).toBe('other-office')
  const faces = (await supervisor.post(`/v1/duplicates/${row.id}/looks`)).body
  expect([faces['own'], faces['other']].map((jpeg) => Buffer.from(jpeg as string, 'base64').toString())).toEqual([`photo of ${made.residentId}`, `photo of ${first.residentId}`])
  for (const { residentId } of [made, first]) expect(await activityOf(app, residentId)).toContainEqual({ kind: 'faces-compared', actor: 'Kantor Satu', purpose: null })

  expect((await decide(supervisor, row, 'different')).body).toMatchObject({ decision: { outcome: 'different' } })
  expect(await stateOf(made)).toBe('clear')
  expect(await mayLeave(made)).toBe(true)
  expect(await auditOf(row.id)).toEqual(['duplicates.seen', 'duplicates.dismissed'])
  expect((await decide(supervisor, row, 'same')).body['code']).toBe('duplicate-decided')
})

test('said to be one person, the case is refused, no mail of it ever leaves, and both offices are told', async () => {
  const face = inventFace()
  const first = await settled(face, { at: elsewhere })
  const made = await settled(faceNear(face, 0.2))
  const row = await rowOf(made)
  await supervisor.post(`/v1/duplicates/${row.id}/looks`)
  expect((await decide(supervisor, row, 'same')).status).toBe(200)
  expect((await desk.get(`/v1/cases/${made.caseId}`)).body['state']).toBe('refused')
  expect(await mayLeave(made)).toBe(false)
  expect(await auditOf(made.caseId)).toEqual(expect.arrayContaining(['duplicates.searched', 'case.refused']))
  for (const at of [supervisor, colleague]) {
    expect(((await at.get('/v1/alerts')).body['alerts'] as { kind: string }[]).map(({ kind }) => kind)).toContain('duplicate-found')
  }
  // The other office sees its own resident, by name, and whom it may not judge.
  const theirs = (await listed(colleague)).find(({ id }) => id === row.id) as Row
  expect(theirs).toMatchObject({ case: { id: first.caseId }, other: { office: 'Kantor Satu' }, decision: { outcome: 'same' } })
  expect((await decide(colleague, theirs, 'different')).body['code']).toBe('other-office')
})

const takeOver = async (at: TestDesk, { caseId }: Visit) => {
  const { version } = (await at.get(`/v1/cases/${caseId}`)).body
  expect((await at.post(`/v1/cases/${caseId}/takeover`, { version })).status).toBe(200)
}

test.each(['decided', 'once had'] as const)('whoever %s a case does not judge its likeness', async (part) => {
  const face = inventFace()
  await settled(face)
  const made = await visit(faceNear(face, 0.2))
  await takeOver(supervisor, made)
  if (part === 'once had') await takeOver(desk, made)
  await (part === 'decided' ? supervisor : desk).post(`/v1/cases/${made.caseId}/decision`, { outcome: 'approve' })
  expect(await searched(made)).toBe('held')
  const row = await rowOf(made)
  await supervisor.post(`/v1/duplicates/${row.id}/looks`)
  expect((await decide(supervisor, row, 'different')).body['code']).toBe('approval-own-case')
})

test('a weaker likeness lets the mail go and waits on the supervisors’ list', async () => {
  const face = inventFace()
  await settled(face)
  const { count } = await app.store.selectFrom('face_template').select((row) => row.fn.countAll<number>().as('count')).where('enrolled_at', 'is not', null).executeTakeFirstOrThrow()
  const { heldAlike, listedAlike } = limitsFor(Number(count) + 1)
  const made = await settled(faceNear(face, (heldAlike + listedAlike) / 2))
  expect(made.state).toBe('clear')
  expect(await mayLeave(made)).toBe(true)
  expect(await rowOf(made)).toMatchObject({ kind: 'listed' })
})

test('two approved at the same time with one face: at least one of them is held', async () => {
  const face = inventFace()
  const both = await Promise.all([visit(face), visit(faceNear(face, 0.1), { at: elsewhere })])
  await Promise.all([desk.post(`/v1/cases/${both[0].caseId}/decision`, { outcome: 'approve' }), elsewhere.post(`/v1/cases/${both[1].caseId}/decision`, { outcome: 'approve' })])
  expect([await searched(both[0]), await searched(both[1], elsewhere)]).toContain('held')
})

test('a search that a crash cut off is done after it, and what was found is not found twice', async () => {
  const face = inventFace()
  await settled(face)
  const made = await settled(faceNear(face, 0.2))
  // As a server leaves it that died between the approval and the search: claimed, and nobody there.
  await app.store.updateTable('duplicate_search').set({ state: 'waiting', finished_at: null, claimed_until: app.clock.now() + 15_000 }).where('case_id', '=', made.caseId).execute()
  await app.store.deleteFrom('duplicate_hit').where('case_id', '=', made.caseId).execute()
  expect(await stateOf(made)).toBe('searching')
  expect(await mayLeave(made)).toBe(false)
  app.clock.advance(15_000)
  expect(await searched(made)).toBe('held')
  expect(await app.store.selectFrom('duplicate_hit').select('id').where('case_id', '=', made.caseId).execute()).toHaveLength(1)
})

test('a search that cannot be run holds the mail, tells the office, and a supervisor may let it go', async () => {
  const made = await visit(inventFace())
  await app.store.updateTable('face_template').set({ sealed: Buffer.from('nothing anybody can open') }).where('case_id', '=', made.caseId).execute()
  await desk.post(`/v1/cases/${made.caseId}/decision`, { outcome: 'approve' })
  expect((await supervisor.post(`/v1/cases/${made.caseId}/duplicate-search/release`, { reason: 'Warga menunggu' })).body['code']).toBe('case-state-wrong')
  app.clock.advance(minute)
  await vi.waitFor(async () => expect(await stateOf(made)).toBe('stuck'), { timeout: 20_000, interval: 50 })
  expect(await mayLeave(made)).toBe(false)
  expect(await rowOf(made)).toMatchObject({ kind: 'unsearched' })
  const { body } = await supervisor.post(`/v1/cases/${made.caseId}/duplicate-search/release`, { reason: 'Warga menunggu' })
  expect(body).toMatchObject({ decision: { reason: 'Warga menunggu' } })
  expect(await mayLeave(made)).toBe(true)
  expect(await auditOf(made.caseId)).toEqual(expect.arrayContaining(['duplicates.stuck', 'duplicates.let-go']))
  // Nobody can read it, so it must not be there for the tests to come.
  await app.store.deleteFrom('face_template').where('case_id', '=', made.caseId).execute()
})

test('a template stays with the phone it led to, gives way to the next one, and goes with a visit that came to nothing', async () => {
  const kept = async ({ captureId }: Visit) => (await app.store.selectFrom('face_template').select('capture_id').where('capture_id', '=', captureId).execute()).length === 1
  const face = inventFace()
  const first = await settled(face)
  await first.bind()
  expect(await kept(first)).toBe(true)
  const left = await settled(inventFace())
  await desk.post(`/v1/cases/${left.caseId}/cancellation`, { reason: 'left' })
  const core = await createTestCore({ config: { database: app.config.database }, secrets: app.secrets, clock: app.clock })
  await inUnit(core, (unit) => createTemplatesService(core).expire(unit))
  await core.close()
  expect([await kept(first), await kept(left)]).toEqual([true, false])

  const again = await visit(faceNear(face, 0.1), { resident: first.resident })
  await desk.post(`/v1/cases/${again.caseId}/supervision`, { outcome: 'approve', reason: 'Ponsel baru' })
  await letSupervisorApprove(app, again.caseId, 'satu')
  await desk.post(`/v1/cases/${again.caseId}/decision`, { outcome: 'approve' })
  // Nobody is a duplicate of themself.
  expect(await searched(again)).toBe('clear')
  await again.bind()
  expect([await kept(first), await kept(again)]).toEqual([false, true])
})
