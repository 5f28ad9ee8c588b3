import { DomainError, routes } from '@ikd/contract'
import { templateModel } from '@ikd/face'
import { createFaceEngine, type FaceEngine } from '@ikd/face/node'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { day, minute } from '../../clock.ts'
import type { Queries } from '../../database/store.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createTestRows, type TestRows } from '../../testing/rows.ts'
import { createActivityService } from '../activity/service.ts'
import { createEvidenceService } from '../evidence/service.ts'
import { createOfficesService } from '../offices/service.ts'
import { sealReference } from '../residents/reference.ts'
import { createResidentsService } from '../residents/service.ts'
import { allChallenges } from './challenges.ts'
import { type CapturesService, createCapturesService } from './service.ts'

// What a desk that somebody has rewritten might do with an order: frames count once, for the newest order of their own case, in time.

let face: FaceEngine
/** Frames wait here before they are judged. */
let gate: Promise<void> = Promise.resolve()
let core: TestCore
let rows: TestRows
let captures: CapturesService
let residentId: string
let caseId: string

beforeAll(async () => {
  face = await createFaceEngine({ workers: 1 })
  core = await createTestCore({ face: { ...face, evaluateAnswer: (input) => gate.then(() => face.evaluateAnswer(input)) } })
  rows = createTestRows(core)
  const activity = createActivityService(core)
  const evidence = createEvidenceService(core, { activity, offices: createOfficesService() })
  captures = createCapturesService(core, createResidentsService(core, activity), evidence, { keep: () => Promise.resolve() })
})
afterAll(async () => {
  await core.close()
  await face.close()
})
beforeEach(async () => ({ residentId, caseId } = await visit()))

async function visit(): Promise<{ residentId: string; caseId: string }> {
  const residentId = await rows.resident({ photo: Buffer.from('foto') })
  const { registrationId } = await rows.binding(residentId)
  const known = { template: { values: new Float32Array(128), model: templateModel }, fingerprint: new Uint8Array(8), quality: 'good' as const }
  await core.store.updateTable('resident_reference').set(sealReference(core.envelope, residentId, known)).where('resident_id', '=', residentId).execute()
  const { id } = await core.store.selectFrom('desk_case').select('id').where('registration_id', '=', registrationId).executeTakeFirstOrThrow()
  return { residentId, caseId: id }
}

const visitOf = (id: string, queries: Queries = core.store) => queries.selectFrom('desk_case').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const left = async (of = caseId) => captures.countAttemptsLeft(core.store, await visitOf(of))
const order = (of = { caseId }) =>
  inUnit(core, async (unit) => captures.start(unit, await visitOf(of.caseId, unit.work))).then((captureId) => captures.getOrder(core.store, captureId))
type Order = Awaited<ReturnType<typeof order>>
const frames = (...times: readonly number[]) => times.map((atMs) => ({ picture: Buffer.from(`gambar ${atMs}`), atMs, step: 0 }))
const judge = ({ captureId, nonce }: Order, sent = frames(0), of = caseId) => captures.evaluate(of, captureId, nonce, sent)
const settle = (result: Awaited<ReturnType<typeof judge>>) => inUnit(core, (unit) => captures.settle(unit, result))
const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  )

describe('an order', () => {
  test('is good for two minutes', async () => {
    const asked = await order()
    core.clock.advance(2 * minute - 1)
    expect(await refusal(judge(asked))).toBe('done')
    core.clock.advance(1)
    expect(await refusal(judge(asked))).toBe('capture-expired')
  })

  test('is void once another was given, though its frames are being looked at', async () => {
    const first = await order()
    const late = await judge(first)
    const second = await order()
    expect(await refusal(judge(first))).toBe('case-state-wrong')
    expect(await refusal(settle(late))).toBe('case-state-wrong')
    expect(await captures.list(core.store, caseId)).toEqual([])
    expect(await refusal(judge(second).then(settle))).toBe('done')
  })

  test('is answered once, however many answers come at once', async () => {
    const asked = await order()
    const before = await left()
    const answers = [await judge(asked), await judge(asked), await judge(asked)]
    expect((await Promise.all(answers.map((answer) => refusal(settle(answer))))).toSorted()).toEqual(['case-state-wrong', 'case-state-wrong', 'done'])
    expect(await captures.list(core.store, caseId)).toHaveLength(1)
    expect(before - (await left())).toBeLessThanOrEqual(1)
    expect(await refusal(judge(asked))).toBe('case-state-wrong')
  })

  test('is judged once at a time, however often its answer is sent: no desk keeps the others waiting', async () => {
    const asked = await order()
    let open!: () => void
    gate = new Promise((resolve) => (open = resolve))
    const attempts = [judge(asked), judge(asked), judge(asked)].map(refusal)
    const refused: string[] = []
    for (const attempt of attempts) void attempt.then((said) => refused.push(said))
    await vi.waitFor(() => expect(refused).toEqual(['busy', 'busy']))
    open()
    expect((await Promise.all(attempts)).toSorted()).toEqual(['busy', 'busy', 'done'])
    expect(await refusal(judge(asked))).toBe('done')
  })

  test('belongs to its case, and its nonce to it', async () => {
    const asked = await order()
    const other = await visit()
    const theirs = await order(other)
    expect(await refusal(judge(asked, frames(0), other.caseId))).toBe('not-found')
    expect(await refusal(judge({ ...asked, captureId: theirs.captureId }))).toBe('not-found')
    for (const nonce of [theirs.nonce, '', `${asked.nonce}=`, asked.nonce.toUpperCase()]) expect(await refusal(judge({ ...asked, nonce }))).toBe('capture-nonce-wrong')
    const newer = await order()
    expect(await refusal(judge({ ...newer, nonce: asked.nonce }))).toBe('capture-nonce-wrong')
  })

  test('cannot have been answered in more time than has passed since it was given', async () => {
    const asked = await order()
    // Had the pictures been judged, they would be unreadable.
    expect(await judge(asked, frames(0, 10_000))).toMatchObject({ outcome: 'failure-to-acquire', reasons: ['challenge-not-followed'] })
    core.clock.advance(10_000)
    expect(await judge(asked, frames(0, 10_000))).toMatchObject({ reasons: ['unreadable'] })
  })

  test('is never one that the resident answered within thirty days: a film of that visit does not fit', async () => {
    await judge(await order()).then(settle)
    const answered = await core.store.selectFrom('capture').selectAll().where('resident_id', '=', residentId).executeTakeFirstOrThrow()
    // Everything that has a turn to the left in it; what is left is a turn to the right with or without the two others.
    const films = allChallenges.filter((actions) => actions.includes('turn-left')).map((actions) => JSON.stringify(['look', ...actions]))
    const earlier = { ...answered, created_at: core.clock.now() - 29 * day, submitted_at: core.clock.now() - 29 * day }
    await core.store.updateTable('capture').set(earlier).where('id', '=', answered.id).execute()
    await core.store.insertInto('capture').values(films.map((challenge) => ({ ...earlier, id: core.ids.next(), challenge }))).execute()
    for (let i = 0; i < 5; i++) expect((await order()).challenge).not.toContain('turn-left')
  })

  test('may be let go eight times a day, so that nobody waits for one that fits a film; the last can still be answered', async () => {
    const asked: Order[] = []
    for (let i = 0; i < 9; i++) asked.push(await order())
    expect(await refusal(order())).toBe('capture-attempts-exhausted')
    expect(await refusal(judge(asked.at(-1)!).then(settle))).toBe('done')
    core.clock.advance(1)
    expect(await refusal(order())).toBe('done')
    core.clock.advance(2 * minute)
    expect(await left()).toBe(0)
    expect(await refusal(order())).toBe('capture-attempts-exhausted')
  })
})

describe('two visits of one resident at once, one with the phone and one at an office far away,', () => {
  let far: string
  beforeEach(async () => {
    const own = await visitOf(caseId)
    far = core.ids.next()
    const officeId = await rows.office()
    await core.store.insertInto('desk_case').values({ ...own, id: far, office_id: officeId, registration_id: null }).execute()
    await core.store.updateTable('desk_case').set({ confirmed_at: core.clock.now() }).where('id', '=', caseId).execute()
  })

  test('each have their own order, and a film of the one does not fit the order that comes after it', async () => {
    for (let i = 0; i < 9; i++) {
      const [here, there] = [await order(), await order({ caseId: far })]
      expect(showsIn(there.challenge, here.challenge)).toBe(false)
    }
    expect(await refusal(order({ caseId: far }))).toBe('capture-attempts-exhausted')
    core.clock.advance(2 * minute)
    expect([await left(far), await left()]).toEqual([0, 0])
    // The resident’s own desk has let nine go as well; another office, with the same phone, has let none go.
    await core.store.updateTable('desk_case').set({ office_id: await rows.office() }).where('id', '=', far).execute()
    const { registration_id: phone } = await visitOf(caseId)
    await core.store.updateTable('desk_case').set({ registration_id: phone, confirmed_at: core.clock.now() }).where('id', '=', far).execute()
    await core.store.updateTable('capture').set({ case_id: caseId }).where('case_id', '=', far).execute()
    expect(await left(far)).toBe(5)
  })

  test('are judged side by side, so that the one keeps nobody waiting at the other', async () => {
    const [here, there] = [await order(), await order({ caseId: far })]
    let open!: () => void
    gate = new Promise((resolve) => (open = resolve))
    const attempts = [refusal(judge(there, frames(0), far)), refusal(judge(here))]
    open()
    expect(await Promise.all(attempts)).toEqual(['done', 'done'])
  })

  test('cannot both be answered with the same frames: the later one is looked at once more, and then they are known', async () => {
    const [here, there] = [await order(), await order({ caseId: far })]
    const [mine, theirs] = [await judge(here), await judge(there, frames(0), far)]
    expect(await refusal(settle(theirs))).toBe('done')
    expect(await refusal(settle(mine))).toBe('busy')
    expect(await refusal(judge(here).then(settle))).toBe('done')
  })
})

/** Whether the movements of one order are in a film of another. */
function showsIn(order: readonly string[], film: readonly string[]): boolean {
  let from = 0
  return order.filter((step) => step !== 'look').every((step) => (from = film.indexOf(step, from) + 1) > 0)
}

test('times, steps and numbers of frames that no desk has are refused before anything is looked at', () => {
  const frame = { jpeg: '', atMs: 0, step: 0 }
  const isTaken = (...sent: readonly object[]) => Value.Check(routes.cases.submitCapture.body!, { nonce: 'x', frames: sent })
  expect(isTaken(...Array.from({ length: 20 }, () => ({ ...frame, atMs: 90_000, step: 3 })))).toBe(true)
  for (const atMs of [-1, 0.5, 90_001, Number.NaN, Number.POSITIVE_INFINITY, '0', null]) expect(isTaken({ ...frame, atMs }), String(atMs)).toBe(false)
  for (const step of [-1, 0.5, 4, '0', null]) expect(isTaken({ ...frame, step }), String(step)).toBe(false)
  expect(isTaken()).toBe(false)
  expect(isTaken(...Array.from({ length: 21 }, () => frame))).toBe(false)
})
