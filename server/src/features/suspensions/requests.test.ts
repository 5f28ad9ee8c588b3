import { afterAll, beforeAll, expect, test } from 'vitest'
import { inUnit } from '../../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createTestRows, type TestRows } from '../../testing/rows.ts'
import { createActivityService } from '../activity/service.ts'
import { createBindingsService } from '../bindings/service.ts'
import { createCapsService } from '../caps/service.ts'
import { createMailService } from '../mail/service.ts'
import { createRegistrationsService } from '../registrations/service.ts'
import { createResidentsService } from '../residents/service.ts'
import { createSuspensionLinks } from '../suspension-links/service.ts'
import { createSuspensionRequests, type SuspensionRequests } from './requests.ts'

let core: TestCore
let rows: TestRows

beforeAll(async () => {
  core = await createTestCore()
  rows = createTestRows(core)
})
afterAll(() => core.close())

function createRequests(on: TestCore): SuspensionRequests {
  const activity = createActivityService(on)
  return createSuspensionRequests(on, {
    activity,
    bindings: createBindingsService(on, activity),
    caps: createCapsService(on),
    links: createSuspensionLinks(on),
    mail: createMailService(on),
    registrations: createRegistrationsService(on),
    residents: createResidentsService(on, activity),
  })
}

const countMails = async () => (await core.store.selectFrom('outbox').select('id').execute()).length

test('a request writes the same for every NIK, and asks the register nothing; only later is it looked at whose it is', async () => {
  const residentId = await rows.resident()
  await rows.binding(residentId)
  const { nik } = await core.store.selectFrom('resident').select('nik').where('id', '=', residentId).executeTakeFirstOrThrow()
  const requests = createRequests(core)
  for (const asked of [nik, '0000000000000000', '3577020101010099']) await inUnit(core, (unit) => requests.take(unit, asked))
  const waiting = await core.store.selectFrom('suspension_request').select('nik').execute()
  expect(waiting.map((row) => row.nik.length)).toEqual([waiting[0]?.nik.length, waiting[0]?.nik.length, waiting[0]?.nik.length])
  expect(await countMails()).toBe(0)
  await requests.answerWaiting()
  expect(await countMails()).toBe(1)
  expect(await core.store.selectFrom('suspension_request').select('id').execute()).toEqual([])
})

test('two servers that look at the same moment send one mail', async () => {
  const residentId = await rows.resident()
  await rows.binding(residentId)
  const { nik } = await core.store.selectFrom('resident').select('nik').where('id', '=', residentId).executeTakeFirstOrThrow()
  const second = await createTestCore({ config: { database: core.config.database }, secrets: core.secrets, clock: core.clock })
  const [one, two] = [createRequests(core), createRequests(second)]
  const before = await countMails()
  await inUnit(core, (unit) => one.take(unit, nik))
  await Promise.all([one.answerWaiting(), two.answerWaiting(), one.answerWaiting(), two.answerWaiting()])
  expect(await countMails()).toBe(before + 1)
  await second.close()
})
