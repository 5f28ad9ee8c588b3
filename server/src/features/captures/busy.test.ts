import { DomainError, problemStatus } from '@ikd/contract'
import { templateModel } from '@ikd/face'
import { createFaceEngine, type FaceEngine } from '@ikd/face/node'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inUnit } from '../../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createTestRows } from '../../testing/rows.ts'
import { createActivityService } from '../activity/service.ts'
import { createEvidenceService } from '../evidence/service.ts'
import { createOfficesService } from '../offices/service.ts'
import { sealReference } from '../residents/reference.ts'
import { createResidentsService } from '../residents/service.ts'
import { createCapturesService } from './service.ts'

let face: FaceEngine
let core: TestCore

beforeEach(async () => {
  // One picture at work and one in line: a burst of five is too much for it.
  face = await createFaceEngine({ workers: 1, maxWaiting: 1 })
  core = await createTestCore({ face })
})
afterEach(async () => {
  await core.close()
  await face.close()
})

test('a face engine with too much to do is told as busy, and costs the resident no attempt', async () => {
  const rows = createTestRows(core)
  const residentId = await rows.resident({ photo: Buffer.from('foto') })
  await rows.binding(residentId)
  const visit = await core.store.selectFrom('desk_case').selectAll().executeTakeFirstOrThrow()
  const { id: caseId } = visit
  const known = { template: { values: new Float32Array(128), model: templateModel }, fingerprint: new Uint8Array(8), quality: 'good' as const }
  await core.store.updateTable('resident_reference').set(sealReference(core.envelope, residentId, known)).execute()
  const activity = createActivityService(core)
  const evidence = createEvidenceService(core, { activity, offices: createOfficesService() })
  const captures = createCapturesService(core, createResidentsService(core, activity), evidence, { keep: () => Promise.resolve() })

  const captureId = await inUnit(core, (unit) => captures.start(unit, visit))
  const left = await captures.countAttemptsLeft(core.store, visit)
  const { nonce } = await captures.getOrder(core.store, captureId)
  const frames = Array.from({ length: 5 }, (_, i) => ({ picture: Buffer.from(`gambar ${i}`), atMs: i, step: 0 }))
  const refusal = await captures.evaluate(caseId, captureId, nonce, frames).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DomainError)
  expect((refusal as DomainError).code).toBe('busy')
  expect(problemStatus.busy).toBe(503)

  expect(await captures.countAttemptsLeft(core.store, visit)).toBe(left)
  expect(await captures.list(core.store, caseId)).toEqual([])
  // The order stands: the desk sends the same frames again.
  const again = await vi.waitFor(() => captures.evaluate(caseId, captureId, nonce, frames.slice(0, 1)), { timeout: 30_000, interval: 100 })
  expect(again).toMatchObject({ outcome: 'failure-to-acquire', reasons: ['unreadable'], framesUsed: 0, evidence: [frames[0]?.picture] })
}, 60_000)
