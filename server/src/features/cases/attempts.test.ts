import type { CaptureOutcome, CaptureReason } from '@ikd/contract'
import { DomainError } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DeskCaller } from '../../caller.ts'
import { day } from '../../clock.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createTestRows, type TestRows } from '../../testing/rows.ts'
import { createActivityService } from '../activity/service.ts'
import { createAlertsService } from '../alerts/service.ts'
import { createBindingsService } from '../bindings/service.ts'
import { createCapsService } from '../caps/service.ts'
import { type CapturesService, createCapturesService } from '../captures/service.ts'
import { createEvidenceService } from '../evidence/service.ts'
import { createOfficesService } from '../offices/service.ts'
import { createMailService } from '../mail/service.ts'
import { createReferencesService } from '../references/service.ts'
import { createRegistrationsService } from '../registrations/service.ts'
import { createResidentsService } from '../residents/service.ts'
import { type CaseFaces, createCaseFaces } from './faces.ts'
import { actionsOf, isSupervisorDue } from './machine.ts'
import { getCase, modelOf } from './repository.ts'

let core: TestCore
let rows: TestRows
let faces: CaseFaces
let captures: CapturesService
let caller: DeskCaller
let caseId: string

beforeAll(async () => {
  core = await createTestCore()
  rows = createTestRows(core)
  const [activity, offices] = [createActivityService(core), createOfficesService()]
  const residents = createResidentsService(core, activity)
  captures = createCapturesService(core, residents, createEvidenceService(core, { activity, offices }), { keep: () => Promise.resolve() })
  const [alerts, bindings, caps, mail] = [createAlertsService(core), createBindingsService(core, activity), createCapsService(core), createMailService(core)]
  const references = createReferencesService(core, { alerts, bindings, caps, mail, offices, registrations: createRegistrationsService(core), residents })
  faces = createCaseFaces(core, { activity, caps, captures, offices, references, decisions: { findApprovalRefusal: () => Promise.resolve(new DomainError('forbidden')) } })
})
afterAll(() => core.close())

beforeEach(async () => {
  core.clock.advance(day)
  const { registrationId } = await rows.binding(await rows.resident({ photo: Buffer.from('foto') }))
  const row = await core.store.selectFrom('desk_case').selectAll().where('registration_id', '=', registrationId).executeTakeFirstOrThrow()
  caseId = row.id
  await core.store.updateTable('desk_case').set({ state: 'awaiting-capture', capture_outcome: null, closed_at: null, confirmed_at: core.clock.now() }).where('id', '=', caseId).execute()
  caller = {
    kind: 'desk', role: 'officer', jkt: '-', staffId: row.officer_id, sessionId: '-', sessionStartedAt: 0, lastUsedAt: 0, factor: 'totp', factorId: null, approvesFrom: 0, name: 'Sri',
    officeId: row.office_id, workstationId: row.workstation_id, powers: ['activate', 'override'],
  }
})

/** One capture handed in, as the face engine might have judged it. */
async function handIn(outcome: CaptureOutcome, ...reasons: CaptureReason[]): Promise<void> {
  const known = await countAnswers()
  await inUnit(core, async (unit) => {
    const captureId = await faces.startCapture(unit, caller, await getCase(unit.work, caseId))
    const result = { caseId, captureId, outcome, reasons, band: undefined, framesReceived: 5, framesUsed: 0, fingerprints: [], evidence: [], known }
    await faces.submitCapture(unit, caller, await getCase(unit.work, caseId), result)
  })
}

async function countAnswers(): Promise<number> {
  const { resident_id: residentId } = await getCase(core.store, caseId)
  return (await core.store.selectFrom('capture').select('id').where('resident_id', '=', residentId).where('outcome', 'is not', null).execute()).length
}

/** What the case may do, as the desk is told. */
async function path(): Promise<{ isDue: boolean; maySupervise: boolean }> {
  const row = await getCase(core.store, caseId)
  const isDue = isSupervisorDue(modelOf(row), await captures.countAttemptsLeft(core.store, row))
  return { isDue, maySupervise: actionsOf(modelOf(row), isDue).includes('ask-supervisor') }
}
const photograph = () =>
  inUnit(core, async (unit) => faces.getReference(unit, caller, await getCase(unit.work, caseId))).then(
    (jpeg) => jpeg.toString(),
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  )
const opened = async () =>
  (await core.store.selectFrom('audit_entry').select('seq').where('subject_id', '=', caseId).where('action', '=', 'case.supervisor-due').execute()).length

test('three captures that could not be read open the supervisor’s path, with the photograph to compare by eye', async () => {
  for (const done of [1, 2]) {
    await handIn('failure-to-acquire', 'too-dark')
    expect([await path(), await photograph()], `${done}`).toEqual([{ maySupervise: false, isDue: false }, 'reference-not-released'])
  }
  expect(await opened()).toBe(0)
  await handIn('failure-to-acquire', 'blurred')
  expect([await path(), await photograph()]).toEqual([{ maySupervise: true, isDue: true }, 'foto'])
  await handIn('failure-to-acquire', 'blurred')
  expect(await opened()).toBe(1)
})

test('a face that was compared may be brought before a supervisor at once, and is due after three', async () => {
  await handIn('non-match', 'face-differs')
  expect([await path(), await photograph()]).toEqual([{ maySupervise: true, isDue: false }, 'foto'])
  await handIn('failure-to-acquire', 'blurred')
  // What was released stays released: the last capture does not take back what the first one showed.
  expect(await photograph()).toBe('foto')
  await handIn('inconclusive', 'face-uncertain')
  expect((await path()).isDue).toBe(true)
  await handIn('match')
  expect((await path()).isDue).toBe(false)
})

test('a photograph on record that cannot be read is nothing to try again for', async () => {
  await handIn('failure-to-acquire', 'reference-unusable')
  expect([await path(), await photograph(), await opened()]).toEqual([{ maySupervise: true, isDue: true }, 'foto', 1])
})

test('nobody is captured on and on: twelve a day, though none could be read', async () => {
  for (let i = 0; i < 12; i++) await handIn('failure-to-acquire', 'too-dark')
  await expect(handIn('failure-to-acquire', 'too-dark')).rejects.toMatchObject({ code: 'capture-attempts-exhausted' })
})

/** Another visit of the same resident, whose phone has confirmed. */
async function comeAgain(): Promise<void> {
  const row = await getCase(core.store, caseId)
  await core.store.updateTable('desk_case').set({ state: 'cancelled', closed_at: core.clock.now() }).where('id', '=', caseId).execute()
  caseId = core.ids.next()
  await core.store.insertInto('desk_case').values({ ...row, id: caseId, state: 'awaiting-capture', version: 1, capture_outcome: null, capture_attempts: 0 }).execute()
}

test('a visit that begins when the day’s captures are spent leads to the supervisor at once, and a new day does not', async () => {
  for (let i = 0; i < 5; i++) await handIn('non-match', 'face-differs')
  await comeAgain()
  await expect(handIn('match')).rejects.toMatchObject({ code: 'capture-attempts-exhausted' })
  expect([await path(), await photograph()]).toEqual([{ maySupervise: true, isDue: true }, 'foto'])
  // Before the phone has confirmed, nothing of the person is shown to anybody.
  await core.store.updateTable('desk_case').set({ state: 'awaiting-confirmation' }).where('id', '=', caseId).execute()
  expect([await path(), await photograph()]).toEqual([{ maySupervise: false, isDue: false }, 'reference-not-released'])
  await core.store.updateTable('desk_case').set({ state: 'awaiting-capture' }).where('id', '=', caseId).execute()
  core.clock.advance(day)
  expect([await path(), await photograph()]).toEqual([{ maySupervise: false, isDue: false }, 'reference-not-released'])
})

test('the day’s last capture opens the path in the middle of a visit', async () => {
  for (let i = 0; i < 4; i++) await handIn('non-match', 'face-differs')
  await comeAgain()
  await handIn('failure-to-acquire', 'blurred')
  expect([(await path()).isDue, await opened()]).toEqual([false, 0])
  await handIn('non-match', 'face-differs')
  expect([(await path()).isDue, await opened()]).toEqual([true, 1])
})

/** Another desk, of an office far away, has looked the same resident up: a visit without any phone. */
async function openFarAway(): Promise<string> {
  const row = await getCase(core.store, caseId)
  const [farOffice, farOfficer, id] = [await rows.office(), core.ids.next(), core.ids.next()]
  await core.store.insertInto('staff').values({ id: farOfficer, username: farOfficer, name: 'Petugas jauh', role: 'officer', office_id: farOffice, institution_id: null, password_hash: '' }).execute()
  const far = { office_id: farOffice, officer_id: farOfficer, registration_id: null, confirmed_at: null }
  await core.store.insertInto('desk_case').values({ ...row, ...far, id, kind: 'contact', state: 'awaiting-capture', version: 1, capture_outcome: null, capture_attempts: 0 }).execute()
  return id
}

const letGo = () => inUnit(core, async (unit) => faces.startCapture(unit, caller, await getCase(unit.work, caseId)))
const refusal = (attempt: Promise<unknown>) => attempt.then(() => 'done', (error: unknown) => (error instanceof DomainError ? error.code : String(error)))

test('orders an office far away lets go, and captures it fails, cost the resident’s own visit nothing; its own supervisor’s path opens with its first refusal', async () => {
  const own = caseId
  const before = await captures.countAttemptsLeft(core.store, await getCase(core.store, own))
  caseId = await openFarAway()
  for (let i = 0; i < 8; i++) await letGo()
  expect((await path()).isDue).toBe(false)
  await letGo()
  expect([await refusal(letGo()), await path()]).toEqual(['capture-attempts-exhausted', { maySupervise: true, isDue: true }])
  // Nobody there has shown that the resident is there, so the path shows nobody the photograph but the supervisor.
  expect(await photograph()).toBe('reference-not-released')

  caseId = own
  expect(await captures.countAttemptsLeft(core.store, await getCase(core.store, own))).toBe(before)
  await handIn('match')
  expect(await photograph()).toBe('foto')
})

test('an order far away does not end the one that is answered at the resident’s own visit', async () => {
  const [own, captureId] = [caseId, await letGo()]
  caseId = await openFarAway()
  const known = await countAnswers()
  const theirs = await letGo()
  caseId = own
  const result = { caseId, captureId, outcome: 'match', reasons: [], band: undefined, framesReceived: 5, framesUsed: 5, fingerprints: [], evidence: [], known } as const
  await inUnit(core, async (unit) => faces.submitCapture(unit, caller, await getCase(unit.work, caseId), result))
  const { voided_at: voidedAt } = await core.store.selectFrom('capture').select('voided_at').where('id', '=', theirs).executeTakeFirstOrThrow()
  expect(voidedAt).toBeNull()
})

test('without a phone no capture but a match releases the photograph, though the supervisor’s path is due', async () => {
  caseId = await openFarAway()
  for (const outcome of ['failure-to-acquire', 'failure-to-acquire', 'failure-to-acquire', 'non-match', 'inconclusive'] as const) await handIn(outcome)
  expect([await path(), await photograph()]).toEqual([{ maySupervise: true, isDue: true }, 'reference-not-released'])
  await handIn('match')
  expect(await photograph()).toBe('foto')
})
