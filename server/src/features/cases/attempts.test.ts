import type { CaptureOutcome, CaptureReason } from '@ikd/contract'
import { DomainError } from '@ikd/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DeskCaller } from '../../caller.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createTestRows, type TestRows } from '../../testing/rows.ts'
import { createActivityService } from '../activity/service.ts'
import { createCapsService } from '../caps/service.ts'
import { createCapturesService } from '../captures/service.ts'
import { createEvidenceService } from '../evidence/service.ts'
import { createOfficesService } from '../offices/service.ts'
import { createResidentsService } from '../residents/service.ts'
import { type CaseFaces, createCaseFaces } from './faces.ts'
import { actionsOf, isSupervisorDue } from './machine.ts'
import { getCase, modelOf } from './repository.ts'

let core: TestCore
let rows: TestRows
let faces: CaseFaces
let caller: DeskCaller
let caseId: string

beforeAll(async () => {
  core = await createTestCore()
  rows = createTestRows(core)
  const [activity, offices] = [createActivityService(core), createOfficesService()]
  const residents = createResidentsService(core, activity)
  const captures = createCapturesService(core, residents, createEvidenceService(core, { activity, offices }), { keep: () => Promise.resolve() })
  faces = createCaseFaces(core, { activity, caps: createCapsService(core), captures, offices, residents })
})
afterAll(() => core.close())

beforeEach(async () => {
  const { registrationId } = await rows.binding(await rows.resident({ photo: Buffer.from('foto') }))
  const row = await core.store.selectFrom('desk_case').selectAll().where('registration_id', '=', registrationId).executeTakeFirstOrThrow()
  caseId = row.id
  await core.store.updateTable('desk_case').set({ state: 'awaiting-capture', capture_outcome: null, closed_at: null }).where('id', '=', caseId).execute()
  caller = {
    kind: 'desk', role: 'officer', jkt: '-', staffId: row.officer_id, sessionId: '-', sessionStartedAt: 0, lastUsedAt: 0, factor: 'totp', name: 'Sri',
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

const model = async () => modelOf(await getCase(core.store, caseId))
const maySupervise = async () => actionsOf(await model()).includes('ask-supervisor')
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
    expect([await maySupervise(), isSupervisorDue(await model()), await photograph()], `${done}`).toEqual([false, false, 'reference-not-released'])
  }
  expect(await opened()).toBe(0)
  await handIn('failure-to-acquire', 'blurred')
  expect([await maySupervise(), isSupervisorDue(await model()), await photograph()]).toEqual([true, true, 'foto'])
  await handIn('failure-to-acquire', 'blurred')
  expect(await opened()).toBe(1)
})

test('a face that was compared may be brought before a supervisor at once, and is due after three', async () => {
  await handIn('non-match', 'face-differs')
  expect([await maySupervise(), isSupervisorDue(await model()), await photograph()]).toEqual([true, false, 'foto'])
  await handIn('failure-to-acquire', 'blurred')
  // What was released stays released: the last capture does not take back what the first one showed.
  expect(await photograph()).toBe('foto')
  await handIn('inconclusive', 'face-uncertain')
  expect(isSupervisorDue(await model())).toBe(true)
  await handIn('match')
  expect(isSupervisorDue(await model())).toBe(false)
})

test('a photograph on record that cannot be read is nothing to try again for', async () => {
  await handIn('failure-to-acquire', 'reference-unusable')
  expect([await maySupervise(), await photograph(), await opened()]).toEqual([true, 'foto', 1])
})

test('nobody is captured on and on: twelve a day, though none could be read', async () => {
  for (let i = 0; i < 12; i++) await handIn('failure-to-acquire', 'too-dark')
  await expect(handIn('failure-to-acquire', 'too-dark')).rejects.toMatchObject({ code: 'capture-attempts-exhausted' })
})
