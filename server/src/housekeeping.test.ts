import { afterEach, beforeEach, expect, test } from 'vitest'
import { day } from './clock.ts'
import { sealFingerprints } from './features/captures/fingerprints.ts'
import { fingerprintLifetime } from './features/captures/service.ts'
import { keepHouse } from './housekeeping.ts'
import { inUnit } from './plugins/registrar.ts'
import { createTestCore, type TestCore } from './testing/core.ts'
import { createTestRows } from './testing/rows.ts'

let core: TestCore
beforeEach(async () => {
  core = await createTestCore()
})
afterEach(() => core.close())

const none = { expire: () => Promise.resolve(), forget: () => Promise.resolve(), forgetAddresses: () => Promise.resolve(), findOfPhone: () => Promise.resolve(undefined) }
/** The features, which keep their own house in tests of their own. */
const others = { activations: none, cases: none, evidence: none, registrations: none, templates: none }

test('fingerprints of frames are known again for thirty days, and forgotten then', async () => {
  const rows = createTestRows(core)
  const residentId = await rows.resident()
  await rows.binding(residentId)
  const { id: caseId } = await core.store.selectFrom('desk_case').select('id').executeTakeFirstOrThrow()
  const now = core.clock.now()
  await core.store
    .insertInto('capture')
    .values({
      id: core.ids.next(), case_id: caseId, resident_id: residentId, created_at: now, expires_at: now, submitted_at: now, voided_at: null, outcome: 'match',
      reasons: '[]', band: 'near', frames_received: 1, frames_used: 1, challenge: '[]', fingerprints: sealFingerprints(core.envelope, 'x', [new Uint8Array(8)]),
    })
    .execute()
  const kept = async () => {
    await inUnit(core, (unit) => keepHouse(core, unit, others))
    return (await core.store.selectFrom('capture').select('fingerprints').executeTakeFirstOrThrow()).fingerprints !== null
  }
  expect(fingerprintLifetime).toBe(30 * day)
  core.clock.advance(30 * day - 1)
  expect(await kept()).toBe(true)
  core.clock.advance(1)
  expect(await kept()).toBe(false)
})

test('what a supervisor looked at is kept for its sitting, and no longer than a day', async () => {
  const rows = createTestRows(core)
  await rows.binding(await rows.resident())
  const visit = await core.store.selectFrom('desk_case').select(['id', 'officer_id']).executeTakeFirstOrThrow()
  await core.store.insertInto('approval_look').values({ sitting: 'x', case_id: visit.id, version: 1, supervisor_id: visit.officer_id, capture_id: null, seen_at: core.clock.now() }).execute()
  const kept = async () => {
    await inUnit(core, (unit) => keepHouse(core, unit, others))
    return (await core.store.selectFrom('approval_look').select('sitting').execute()).length
  }
  core.clock.advance(day - 1)
  expect(await kept()).toBe(1)
  core.clock.advance(1)
  expect(await kept()).toBe(0)
})
