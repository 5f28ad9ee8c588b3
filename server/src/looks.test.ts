import { type ActivityKind, allRoutes, type DisclosableField, routes } from '@ikd/contract'
import type { Insertable } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from './clock.ts'
import type { Tables } from './database/tables.ts'
import { createActivityService } from './features/activity/service.ts'
import { createBindingsService } from './features/bindings/service.ts'
import { createEvidenceService } from './features/evidence/service.ts'
import { createOfficesService } from './features/offices/service.ts'
import { makeGrant } from './features/presentations/grants.ts'
import { photoContext } from './features/residents/service.ts'
import { inUnit } from './plugins/registrar.ts'
import { bindPhone, makeTestClient, raiseTestApp, signIn, signInSystem, type TestAnswer, type TestApp, type TestClient } from './testing/app.ts'
import { createTestCore, type TestCore } from './testing/core.ts'
import { unlockTestPhone } from './testing/phone.ts'

/**
 * What a route's answer shows of residents, and to whom:
 * - `nothing` no resident's data: keys, words, staff, hashes, receipts of the caller's own
 * - `own` to residents, or whoever holds their receipt, link or phone, what is theirs
 * - otherwise to somebody else: the entry in the resident's history that tells of it
 */
type Showing = 'nothing' | 'own' | ActivityKind

const showings: Readonly<Record<string, Showing>> = {
  'service.health': 'nothing',
  'service.keys': 'nothing',
  'service.offices': 'nothing',
  'service.captcha': 'nothing',
  'device.register': 'own',
  'device.session': 'own',
  'device.status': 'own',
  'device.nonce': 'nothing',
  'device.events': 'nothing',
  'device.confirmCase': 'own',
  'device.enterCode': 'own',
  'device.newCode': 'own',
  'device.setPin': 'own',
  'activation.open': 'own',
  'activation.confirm': 'own',
  'holder.unlock': 'nothing',
  'holder.changePin': 'nothing',
  'holder.identity': 'own',
  'holder.family': 'seen-by-family',
  'holder.documents': 'nothing',
  'holder.document': 'seen-by-family',
  'holder.grant': 'nothing',
  'holder.audiences': 'nothing',
  'holder.activity': 'own',
  'suspensions.ask': 'nothing',
  'suspensions.open': 'own',
  'suspensions.suspend': 'own',
  'resumption.start': 'own',
  'resumption.finish': 'own',
  'contacts.get': 'own',
  'contacts.start': 'own',
  'contacts.confirm': 'own',
  'contacts.cancel': 'own',
  'contacts.openLink': 'own',
  'contacts.confirmLink': 'own',
  'scans.scan': 'scanned-by-institution',
  'scans.list': 'nothing',
  'institution.metadata': 'nothing',
  'institution.token': 'nothing',
  'staff.enrolWorkstation': 'nothing',
  'staff.workstation': 'nothing',
  'staff.signIn': 'nothing',
  'staff.secondFactor': 'nothing',
  'staff.renew': 'nothing',
  'staff.signOut': 'nothing',
  'staff.sessions': 'nothing',
  'staff.endOtherSessions': 'nothing',
  'staff.changePassword': 'nothing',
  'staff.factors': 'nothing',
  'staff.startTotp': 'nothing',
  'staff.confirmTotp': 'nothing',
  'staff.startPasskey': 'nothing',
  'staff.confirmPasskey': 'nothing',
  'staff.startProof': 'nothing',
  'staff.removeFactor': 'nothing',
  'staff.acknowledgeFactor': 'nothing',
  'staff.approvalPin': 'nothing',
  'staff.setApprovalPin': 'nothing',
  'admin.staff': 'nothing',
  'admin.unlock': 'nothing',
  'admin.resetFactors': 'nothing',
  'admin.sessions': 'nothing',
  'admin.endSession': 'nothing',
  'admin.workstations': 'nothing',
  'admin.makeEnrolment': 'nothing',
  'admin.revokeWorkstation': 'nothing',
  'alerts.list': 'nothing',
  'alerts.markSeen': 'nothing',
  'audit.heads': 'nothing',
  'residents.search': 'looked-up-at-desk',
  // Who opens a case has told so with it; a colleague's look at it is told for itself.
  'cases.open': 'case-opened',
  // Names of the visits at one's own office, each told when it was opened.
  'cases.list': 'case-opened',
  // The same names; the other one has none unless it is one of them.
  'duplicates.list': 'case-opened',
  'duplicates.decide': 'case-opened',
  'duplicates.letGo': 'case-opened',
  'duplicates.look': 'faces-compared',
  'cases.reference': 'photo-seen-at-desk',
  'cases.evidence': 'evidence-viewed',
  'cases.startCapture': 'nothing',
  'cases.startApproval': 'nothing',
  'cases.lookForApproval': 'photo-seen-at-desk',
  'cases.events': 'nothing',
}

/** A case's routes answer with the whole of it, and all do so in one place. */
const answersWithCase = allRoutes.filter((route) => route.answer === routes.cases.get.answer)

let app: TestApp
/** The same database and secrets, to set the scene with. */
let core: TestCore
let residentId: string
const family = '3577010101010001'
const [photo, frame] = [Buffer.from('foto KTP-el'), Buffer.from('foto di loket')]

beforeAll(async () => {
  app = await raiseTestApp()
  core = await createTestCore({ config: { database: app.config.database }, secrets: app.secrets, clock: app.clock })
  residentId = (await app.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()).id
  await core.store
    .insertInto('resident_reference')
    .values({ resident_id: residentId, photo: core.envelope.seal(photo, photoContext(residentId)), template: null, template_model: null })
    .execute()
})
afterAll(async () => {
  await core.close()
  await app.close()
})

interface Told {
  readonly kind: string
  readonly actor?: string
  readonly officer?: string
  readonly purpose?: string
  readonly fields: readonly DisclosableField[]
}

/** What is new in the history, newest first, once something has been looked at. */
async function toldBy(look: () => Promise<TestAnswer>, whose = residentId): Promise<{ answer: TestAnswer; told: Told[] }> {
  app.clock.advance(1)
  const since = app.clock.now()
  const answer = await look()
  const { entries } = await createActivityService(core).page(core.store, whose)
  return { answer, told: entries.filter(({ at }) => at >= since).map(({ id: _id, at: _at, ...entry }) => entry) }
}

interface Seat {
  readonly token: string
  readonly send: TestClient['send']
}

const clients = new Map<string, TestClient>()
let seats = new Map<string, Seat>()
/** One machine each, enrolled once. */
async function sitAt(username: string): Promise<Seat> {
  const seat = seats.get(username)
  if (seat) return seat
  const known = clients.get(username)
  const client = known ?? makeTestClient(app)
  clients.set(username, client)
  const token = await signIn(client, username, known || username === 'teller' ? undefined : `satu-kode-${clients.size}`)
  const fresh: Seat = { token, send: (request) => client.send({ token, ...request }) }
  seats.set(username, fresh)
  return fresh
}

/** Everybody went home. */
function nextDay(): void {
  app.clock.advance(day)
  seats = new Map()
}

async function openCase(desk: Seat): Promise<string> {
  const opened = await desk.send({ method: 'POST', path: '/v1/cases', body: { from: 'lookup', kind: 'service', residentId, purpose: 'no-phone' } })
  return opened.body['id'] as string
}

test('every route says what it shows of residents', () => {
  // A new route? Say above what its answer shows, and to whom; to others than the resident, it must be told in Histori.
  const known = new Set([...Object.keys(showings), ...answersWithCase.map(({ id }) => id)])
  expect(allRoutes.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([])
  expect(Object.keys(showings).filter((id) => !allRoutes.some((route) => route.id === id))).toEqual([])
})

describe('a resident is told of a look', () => {
  const at = { actor: 'Kantor Satu' }

  test('by a search at a desk: who, where, what for, which fields', async () => {
    const desk = await sitAt('officer.satu')
    const { answer, told } = await toldBy(() =>
      desk.send({ method: 'POST', path: routes.residents.search.path, body: { purpose: 'lost-phone', by: { name: 'siti', birthDate: '1998-04-12' } } }),
    )
    expect(answer.body['residents']).toHaveLength(1)
    expect(told).toEqual([{ kind: 'looked-up-at-desk', ...at, officer: 'officer satu', purpose: 'lost-phone', fields: ['name', 'nik', 'birthDate', 'address'] }])
  })

  test('by a case that is opened, and by each colleague who opens it after that, once a day', async () => {
    const [officer, colleague] = [await sitAt('officer.satu'), await sitAt('supervisor.satu')]
    let caseId = ''
    const opening = await toldBy(async () => {
      caseId = await openCase(officer)
      return officer.send({ method: 'GET', path: `/v1/cases/${caseId}` })
    })
    const shown = { ...at, purpose: 'no-phone', fields: ['name', 'nik', 'birthDate', 'address'] }
    expect(opening.told).toEqual([{ kind: 'case-opened', ...shown, officer: 'officer satu' }])
    const look = () => colleague.send({ method: 'GET', path: `/v1/cases/${caseId}` })
    const { answer, told } = await toldBy(look)
    expect(answer.body['resident']).toMatchObject({ name: 'SITI UJI' })
    expect(told).toEqual([{ kind: 'case-viewed', ...shown, officer: 'supervisor satu' }])
    expect((await toldBy(look)).told).toEqual([])
    nextDay()
    const back = await sitAt('supervisor.satu')
    expect((await toldBy(() => back.send({ method: 'GET', path: `/v1/cases/${caseId}` }))).told).toHaveLength(1)
  })

  test('by a change a colleague makes, which answers with the case', async () => {
    const [officer, colleague] = [await sitAt('officer.satu'), await sitAt('admin.satu')]
    const caseId = await openCase(officer)
    const { answer, told } = await toldBy(() => colleague.send({ method: 'POST', path: `/v1/cases/${caseId}/takeover`, body: { version: 1 } }))
    expect(answer.status).toBe(200)
    expect(told).toMatchObject([{ kind: 'case-viewed', officer: 'admin satu' }])
  })

  test('by the office’s list of visits, when each was opened', async () => {
    const officer = await sitAt('officer.satu')
    const { told } = await toldBy(async () => {
      await openCase(officer)
      return officer.send({ method: 'GET', path: '/v1/cases?group=open' })
    })
    expect(told.map(({ kind }) => kind)).toEqual(['case-opened'])
  })

  test('at the KTP-el photograph, by each who saw it, whatever the case was for', async () => {
    const officer = await sitAt('officer.satu')
    const caseId = await openCase(officer)
    const look = () => officer.send({ method: 'GET', path: `/v1/cases/${caseId}/reference` })
    const refused = await toldBy(look)
    expect([refused.answer.body['code'], refused.told]).toEqual(['reference-not-released', []])
    await compare(caseId)
    const { answer, told } = await toldBy(look)
    expect(answer.body['jpeg']).toBe(photo.toString('base64'))
    expect(told).toEqual([{ kind: 'photo-seen-at-desk', ...at, officer: 'officer satu', purpose: 'no-phone', fields: ['photo'] }])
  })

  test('at the frames of their visit, every time, with the reason; and nothing of them may be kept by a cache', async () => {
    const [officer, supervisor] = [await sitAt('officer.satu'), await sitAt('supervisor.satu')]
    const caseId = await openCase(officer)
    const captureId = await compare(caseId)
    const evidence = createEvidenceService(core, { activity: createActivityService(core), offices: createOfficesService() })
    await inUnit(core, (unit) => evidence.keep(unit, caseId, captureId, [frame]))
    const look = () => supervisor.send({ method: 'POST', path: `/v1/cases/${caseId}/evidence-looks`, body: { reason: 'Keberatan warga' } })
    for (let time = 0; time < 2; time++) {
      const { answer, told } = await toldBy(look)
      expect(answer.body).toEqual({ captures: [{ captureId, at: expect.any(Number) as number, outcome: 'match', frames: [frame.toString('base64')] }] })
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(told).toEqual([{ kind: 'evidence-viewed', ...at, officer: 'supervisor satu', purpose: 'Keberatan warga', fields: ['photo'] }])
    }
    const refused = await toldBy(() => supervisor.send({ method: 'POST', path: `/v1/cases/${caseId}/evidence-looks`, body: { reason: '' } }))
    expect([refused.answer.body['code'], refused.told]).toEqual(['request-invalid', []])
  })

  test.each([routes.holder.family.path, '/v1/holder/documents/family-card'])('by the family, at %s: whoever else is on the card hears of it, the looker does not', async (path) => {
    const child = await addToFamily()
    const phone = makeTestClient(app)
    const { holder } = await bindPhone(phone, app)
    const look = () => phone.send({ method: 'GET', path, token: holder })
    const { answer, told } = await toldBy(look, child)
    expect(JSON.stringify(answer.body)).toContain('ANAK UJI')
    expect(told).toEqual([{ kind: 'seen-by-family', actor: 'SITI UJI', fields: ['photo', 'name', 'nik', 'birthDate', 'sex'] }])
    expect((await toldBy(look, child)).told).toEqual([])
    expect((await toldBy(look, residentId)).told).toEqual([])
    await app.store.updateTable('binding').set({ state: 'released', ended_at: app.clock.now() }).execute()
  })

  test('by an institution’s scan, through a teller or its system: purpose and the fields that were shown', async () => {
    const phone = makeTestClient(app)
    const { bindingId } = await bindPhone(phone, app)
    const { registration_id: registrationId, jkt } = await app.store.selectFrom('binding').selectAll().where('id', '=', bindingId).executeTakeFirstOrThrow()
    const unlocked = await unlockTestPhone(core, residentId, { id: bindingId, registrationId, jkt })
    const handle = await inUnit(core, async (unit) => makeGrant(core, createBindingsService(core, createActivityService(core)), unit, unlocked.caller, await unlocked.grantBody()))
    const [teller, system] = [await sitAt('teller'), makeTestClient(app)]
    const systemToken = await signInSystem(system, app)
    const scanners = [teller.send, (request: Parameters<TestClient['send']>[0]) => system.send({ token: systemToken, ...request })]
    for (const scan of scanners) {
      const qr = await unlocked.qr(handle, { nonce: 'offline', fields: ['name', 'nik'] })
      const { answer, told } = await toldBy(() => scan({ method: 'POST', path: routes.scans.scan.path, body: { qr, purpose: 'Pembukaan rekening' } }))
      expect([answer.status, answer.body['fields']]).toEqual([201, ['photo', 'name']])
      expect(told).toEqual([{ kind: 'scanned-by-institution', actor: 'Bank', purpose: 'Pembukaan rekening', fields: ['photo', 'name'] }])
    }
  })
})

/** The case as it stands when a face has been compared in it. */
async function compare(caseId: string): Promise<string> {
  await app.store.updateTable('desk_case').set({ capture_outcome: 'match' }).where('id', '=', caseId).execute()
  const now = app.clock.now()
  const row: Insertable<Tables['capture']> = {
    id: app.nextId(), case_id: caseId, resident_id: residentId, created_at: now, expires_at: now, submitted_at: now, voided_at: null, outcome: 'match',
    reasons: '[]', band: 'near', frames_received: 5, frames_used: 1, fingerprints: null, challenge: '[]',
  }
  await app.store.insertInto('capture').values(row).execute()
  return row.id
}

let children = 0
async function addToFamily(): Promise<string> {
  const resident = await app.store.selectFrom('resident').selectAll().where('id', '=', residentId).executeTakeFirstOrThrow()
  const id = app.nextId()
  await app.store
    .insertInto('resident')
    .values({ ...resident, id, nik: `35770252049800${10 + ++children}`, name: 'ANAK UJI', birth_date: '2020-01-02', relationship: 'child', family_number: family })
    .execute()
  return id
}
