import type { CaptureOutcome, CaptureReason } from '@ikd/contract'
import { DomainError } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DeskCaller } from '../../caller.ts'
import { day } from '../../clock.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createTestRows, type TestRows } from '../../testing/rows.ts'
import { createActivityService } from '../activity/service.ts'
import { createCapsService } from '../caps/service.ts'
import { type CapturesService, createCapturesService } from '../captures/service.ts'
import { createEvidenceService } from '../evidence/service.ts'
import { createOfficesService } from '../offices/service.ts'
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
  faces = createCaseFaces(core, { activity, caps: createCapsService(core), captures, offices, residents })
})
afterAll(() => core.close())

beforeEach(async () => {
  const { registrationId } = await rows.binding(await rows.resident({ photo: Buffer.from('foto') }))
  const row = await core.store.selectFrom('desk_case').selectAll().where('registration_id', '=', registrationId).executeTakeFirstOrThrow()
  caseId = row.id
  await core.store.updateTable('desk_case').set({ state: 'awaiting-capture', capture_outcome: null, closed_at: null }).where('id', '=', caseId).execute()
  caller = {
    kind: 'desk', role: 'officer', jkt: '-', staffId: row.officer_id, sessionId: '-', sessionStartedAt: 0, lastUsedAt: 0, factor: 'totp', factorId: null, approvesFrom: 0, name: 'Sri',
    officeId: row.office_id, workstationId: row.workstation_id, powers: ['activate', 'override'],
  }
})

/** One capture handed in, as the face engine might have judged it. */
async function handIn(outcome: CaptureOutcome, ...reasons: CaptureReason[]): Promise<void> {
  await inUnit(core, async (unit) => {
    const captureId = await faces.startCapture(unit, caller, await getCase(unit.work, caseId))
    const result = { caseId, captureId, outcome, reasons, band: undefined, framesReceived: 5, framesUsed: 0, fingerprints: [], evidence: [] }
    await faces.submitCapture(unit, caller, await getCase(unit.work, caseId), result)
  })
}

/** What the case may do, as the desk is told. */
async function path(): Promise<{ isDue: boolean; maySupervise: boolean }> {
  const row = await getCase(core.store, caseId)
  const isDue = isSupervisorDue(modelOf(row), await captures.countAttemptsLeft(core.store, row.resident_id ?? ''))
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
