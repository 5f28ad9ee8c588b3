import { readdirSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { DomainError } from '@ikd/contract'
import type { Insertable, Selectable } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeskCaller } from '../../caller.ts'
import { day } from '../../clock.ts'
import { forgetOldPages } from '../../database/forget.ts'
import { isPostgres } from '../../database/store.ts'
import type { Tables } from '../../database/tables.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createTestRows } from '../../testing/rows.ts'
import { createActivityService } from '../activity/service.ts'
import { createOfficesService } from '../offices/service.ts'
import { createEvidenceService, type EvidenceService } from './service.ts'

let core: TestCore
let evidence: EvidenceService
let residentId: string
let visit: Selectable<Tables['desk_case']>

beforeEach(async () => {
  core = await createTestCore()
  evidence = createEvidenceService(core, { activity: createActivityService(core), offices: createOfficesService() })
  const rows = createTestRows(core)
  residentId = await rows.resident()
  await rows.binding(residentId)
  visit = await readVisit()
})
afterEach(() => core.close())

const readVisit = () => core.store.selectFrom('desk_case').selectAll().executeTakeFirstOrThrow()

/** Two hundred bytes that nothing else looks like, at the size of a thumbnail. */
const picture = () => randomBytes(200)

async function capture(change: Partial<Insertable<Tables['capture']>> = {}): Promise<string> {
  const id = core.ids.next()
  await core.store
    .insertInto('capture')
    .values({
      id, case_id: visit.id, resident_id: residentId, created_at: core.clock.now(), expires_at: core.clock.now(), submitted_at: core.clock.now(),
      voided_at: null, outcome: 'match', reasons: '[]', band: 'near', frames_received: 5, frames_used: 3, fingerprints: null, challenge: '[]', ...change,
    })
    .execute()
  return id
}

const keep = (captureId: string, frames: readonly Uint8Array[]) => inUnit(core, (unit) => evidence.keep(unit, visit.id, captureId, frames))
const supervisor = (): DeskCaller => ({
  kind: 'desk', role: 'supervisor', jkt: '-', staffId: visit.officer_id, sessionId: '-', sessionStartedAt: 0, lastUsedAt: 0, factor: 'totp', factorId: null, approvesFrom: 0, name: 'Endah', officeId: visit.office_id, workstationId: visit.workstation_id, powers: [],
})
const look = (reason = 'Keberatan warga') => inUnit(core, (unit) => evidence.look(unit, supervisor(), visit, reason))
const kept = async () => ({
  frames: (await core.store.selectFrom('evidence').select('sealed').execute()).map(({ sealed }) => Buffer.from(sealed)),
  keys: (await core.store.selectFrom('evidence_key').select('sealed_key').execute()).map(({ sealed_key }) => Buffer.from(sealed_key)),
})
const close = async (state: Tables['desk_case']['state']) => {
  await core.store.updateTable('desk_case').set({ state, closed_at: core.clock.now() }).where('id', '=', visit.id).execute()
  visit = await readVisit()
}
const refusal = (attempt: Promise<unknown>) => attempt.then(() => 'none', (error: unknown) => (error instanceof DomainError ? error.code : String(error)))

describe('the frames of a face result', () => {
  test('are given back to who may look, capture by capture', async () => {
    const first = await capture({ outcome: 'inconclusive' })
    core.clock.advance(1)
    const second = await capture()
    const frames = [picture(), picture(), picture()]
    await keep(first, frames.slice(0, 1))
    await keep(second, frames.slice(1))
    const { captures, deletedAt } = await look()
    expect(captures.map(({ captureId, outcome, frames: seen }) => [captureId, outcome, seen])).toEqual([
      [first, 'inconclusive', [frames[0]?.toString('base64')]],
      [second, 'match', [frames[1]?.toString('base64'), frames[2]?.toString('base64')]],
    ])
    expect(deletedAt).toBe((visit.closed_at ?? 0) + 90 * day)
  })

  test('are three at most, and none where none was usable', async () => {
    await keep(await capture(), Array.from({ length: 5 }, picture))
    expect((await kept()).frames).toHaveLength(3)
    await core.store.deleteFrom('evidence').execute()
    await core.store.deleteFrom('evidence_key').execute()
    await keep(await capture(), [])
    expect(await kept()).toEqual({ frames: [], keys: [] })
  })

  test('stand nowhere in the clear: not in the database, its log, nor any file beside it', async () => {
    const frame = picture()
    await keep(await capture(), [frame])
    await look()
    const files = readdirSync(core.config.dataDirectory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    for (const { parentPath, name } of files) expect(readFileSync(`${parentPath}/${name}`).includes(frame.subarray(0, 32)), name).toBe(false)
    const { frames } = await kept()
    expect(frames[0]?.includes(frame.subarray(0, 32))).toBe(false)
  })

  test('are kept with the result or not at all', async () => {
    const captureId = await capture()
    const failing = inUnit(core, async (unit) => {
      await evidence.keep(unit, visit.id, captureId, [picture()])
      throw new Error('the transaction failed')
    })
    await expect(failing).rejects.toThrow('the transaction failed')
    expect(await kept()).toEqual({ frames: [], keys: [] })
  })

  test('cannot be shown as those of another capture, place or case', async () => {
    const [one, other] = [await capture(), await capture()]
    await keep(one, [picture(), picture()])
    await keep(other, [picture()])
    const row = await core.store.selectFrom('evidence').selectAll().where('capture_id', '=', one).where('position', '=', 0).executeTakeFirstOrThrow()
    await core.store.updateTable('evidence').set({ sealed: row.sealed }).where('capture_id', '=', other).execute()
    await expect(look()).rejects.toThrow()
  })

  test('are unreadable once their key is gone, whoever has the master key', async () => {
    await keep(await capture(), [picture()])
    const { frames: [sealed] } = await kept()
    await core.store.updateTable('evidence_key').set({ sealed_key: core.envelope.seal(randomBytes(32), `evidence_key:${visit.id}`) }).execute()
    await expect(look()).rejects.toThrow()
    expect(() => core.envelope.open(sealed ?? Buffer.alloc(0), '')).toThrow()
  })
})

describe('a look at them', () => {
  test('is audited with its reason, and told to the resident with office, person, reason and what was seen', async () => {
    await keep(await capture(), [picture(), picture()])
    await look('Keberatan warga')
    const entry = await core.store.selectFrom('audit_entry').innerJoin('audit_detail', 'audit_detail.seq', 'audit_entry.seq').selectAll().executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ action: 'case.evidence-seen', subject_id: visit.id, actor_id: visit.officer_id })
    expect(JSON.parse(entry.detail)).toEqual({ captures: 1, frames: 2, reason: 'Keberatan warga' })
    const { entries } = await createActivityService(core).page(core.store, residentId)
    expect(entries).toMatchObject([{ kind: 'evidence-viewed', actor: expect.stringMatching(/^Kantor/), officer: 'Endah', purpose: 'Keberatan warga', fields: ['photo'] }])
  })

  test('leaves a trace each time, also twice in one minute', async () => {
    await keep(await capture(), [picture()])
    await look()
    await look()
    expect((await createActivityService(core).page(core.store, residentId)).entries).toHaveLength(2)
  })

  test('finds nothing where nothing is kept', async () => {
    expect(await refusal(look())).toBe('not-found')
  })
})

describe('the time of evidence', () => {
  const keepHouse = () => inUnit(core, (unit) => evidence.expire(unit))

  test.each([
    ['completed', 90],
    ['refused', 30],
    ['cancelled', 30],
  ] as const)('of a %s case is over %i days after its end, and not a moment before', async (state, days) => {
    await keep(await capture(), [picture()])
    await close(state)
    expect((await look()).deletedAt).toBe(core.clock.now() + days * day)
    core.clock.advance(days * day - 1)
    await keepHouse()
    expect((await kept()).frames).toHaveLength(1)
    core.clock.advance(1)
    await keepHouse()
    expect(await kept()).toEqual({ frames: [], keys: [] })
    expect(await refusal(look())).toBe('not-found')
    const { action, subject_id } = await core.store.selectFrom('audit_entry').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow()
    expect([action, subject_id]).toEqual(['case.evidence-deleted', visit.id])
  })

  test('does not begin while the case is open', async () => {
    await keep(await capture(), [picture()])
    await core.store.updateTable('desk_case').set({ state: 'awaiting-decision', closed_at: null }).execute()
    core.clock.advance(1000 * day)
    await keepHouse()
    expect((await kept()).frames).toHaveLength(1)
  })

  test('ends in the file as well: SQLite overwrites what is deleted', async () => {
    if (isPostgres(core.store)) return
    await keep(await capture(), [picture()])
    const { frames, keys } = await kept()
    const inFiles = async (bytes: Buffer | undefined) => {
      await forgetOldPages(core.store)
      return ['', '-wal'].some((end) => readFileSync(`${core.config.database.slice('sqlite:'.length)}${end}`).includes((bytes ?? Buffer.alloc(1)).subarray(0, 40)))
    }
    expect([await inFiles(frames[0]), await inFiles(keys[0])]).toEqual([true, true])
    await close('refused')
    core.clock.advance(30 * day)
    await keepHouse()
    expect([await inFiles(frames[0]), await inFiles(keys[0])]).toEqual([false, false])
  })
})
