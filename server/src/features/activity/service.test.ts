import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Unit } from '../../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createTestRows, type TestRows } from '../../testing/rows.ts'
import { type Activity, type ActivityService, createActivityService } from './service.ts'

let core: TestCore
let activity: ActivityService
let rows: TestRows
let residentId: string

beforeEach(async () => {
  core = await createTestCore()
  activity = createActivityService(core)
  rows = createTestRows(core)
  residentId = await rows.resident()
})
afterEach(() => core.close())

const inUnit = <T>(change: (unit: Unit) => Promise<T>) =>
  core.store.transaction().execute((work) => change({ work, now: core.clock.now(), announce: () => undefined }))
const record = (entry: Omit<Activity, 'residentId'>) => inUnit((unit) => activity.record(unit, { residentId, ...entry }))

it('tells who looked, when, for what and at which fields', async () => {
  await record({ kind: 'looked-up-at-desk', actor: 'Disdukcapil Kota Madiun', purpose: 'lost-phone', fields: ['name', 'photo'] })
  expect((await activity.page(core.store, residentId)).entries).toEqual([
    {
      id: expect.any(String) as string,
      at: core.clock.now(),
      kind: 'looked-up-at-desk',
      actor: 'Disdukcapil Kota Madiun',
      purpose: 'lost-phone',
      fields: ['name', 'photo'],
    },
  ])
})

it('leaves out what an entry does not have', async () => {
  await record({ kind: 'pin-changed' })
  const [entry] = (await activity.page(core.store, residentId)).entries
  expect(Object.keys(entry ?? {})).toEqual(['id', 'at', 'kind', 'fields'])
})

it('gives twenty a page, newest first, and says where the next begins', async () => {
  for (let i = 0; i < 25; i++) {
    await record({ kind: 'case-opened', purpose: String(i) })
    core.clock.advance(1)
  }
  const first = await activity.page(core.store, residentId)
  const second = await activity.page(core.store, residentId, first.next)
  expect(first.entries).toHaveLength(20)
  expect([...first.entries, ...second.entries].map(({ purpose }) => purpose)).toEqual(Array.from({ length: 25 }, (_, i) => String(24 - i)))
  expect(second.next).toBeUndefined()
})

it('shows residents their own history only', async () => {
  await record({ kind: 'case-opened' })
  expect((await activity.page(core.store, await rows.resident())).entries).toEqual([])
})

it('forgets an entry with the act that failed', async () => {
  const failing = inUnit(async (unit) => {
    await activity.record(unit, { residentId, kind: 'device-bound' })
    throw new Error('the act failed')
  })
  await expect(failing).rejects.toThrow('the act failed')
  expect((await activity.page(core.store, residentId)).entries).toEqual([])
})
