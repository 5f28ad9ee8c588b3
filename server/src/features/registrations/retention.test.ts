import { routes } from '@ikd/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { day } from '../../clock.ts'
import { keepHouse } from '../../housekeeping.ts'
import { inUnit } from '../../plugins/registrar.ts'
import { raiseTestApp, type TestAnswer, type TestApp } from '../../testing/app.ts'
import { addResident, bindResident, type BoundResident, openDesk, registerPhone, registrationQrOf, type TestDesk } from '../../testing/bound.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { createFeatures } from '../../features.ts'
import type { Tokens } from '../../plugins/tokens.ts'

let app: TestApp
let core: TestCore
let features: ReturnType<typeof createFeatures>
let desk: TestDesk

beforeAll(async () => {
  app = await raiseTestApp()
  core = await createTestCore({ config: { database: app.config.database }, clock: app.clock, secrets: app.secrets })
  features = createFeatures(core, {} as Tokens)
  desk = await openDesk(app, 'dua', 0)
})
afterAll(async () => {
  await core.close()
  await app.close()
})

const keepHouseNow = () => inUnit(core, (unit) => keepHouse(core, unit, features))

/** Idle desks are signed out long before; some desk is there. */
async function after(days: number): Promise<void> {
  app.clock.advance(days * day)
  await keepHouseNow()
}

let desks = 0
async function newDesk(): Promise<TestDesk> {
  return openDesk(app, 'dua', ++desks)
}

const rowOf = (id: string) => app.store.selectFrom('registration').selectAll().where('id', '=', id).executeTakeFirst()
const session = (phone: { client: BoundResident['client'] }): Promise<TestAnswer> => phone.client.send({ method: 'POST', path: routes.device.session.path })

/** Where in the whole database a text still stands. */
async function findEverywhere(text: string): Promise<string[]> {
  const tables = await app.store.introspection.getTables()
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await app.store.selectFrom(name as 'registration').selectAll().execute()
    if (JSON.stringify(rows).includes(text)) found.push(name)
  }
  return found
}

test('a registration nobody came with is forgotten whole: NIK, e-mail and number are nowhere any more', async () => {
  const [nik, email] = ['3577025204980999', 'tak.pernah.datang@contoh.id']
  const phone = await registerPhone(app, nik, email)
  await after(39)
  expect((await session(phone)).body['status']).toMatchObject({ state: 'expired' })
  await after(1)
  expect(await rowOf(phone.registrationId)).toBeUndefined()
  expect(await findEverywhere(nik)).toEqual([])
  expect(await findEverywhere(email)).toEqual([])
  // The phone begins anew.
  expect((await session(phone)).body['code']).toBe('device-unknown')
  const entry = await app.store.selectFrom('audit_entry').innerJoin('audit_detail', 'audit_detail.seq', 'audit_entry.seq').select('detail').where('action', '=', 'registrations.forgotten').executeTakeFirstOrThrow()
  expect(JSON.parse(entry.detail)).toEqual({ registrations: [phone.registrationId] })
})

test('one whose visit came to nothing leaves the visit its id, and nothing of the person', async () => {
  desk = await newDesk()
  const { nik } = await addResident(app)
  const email = 'ditolak@contoh.id'
  const phone = await registerPhone(app, nik, email)
  const opened = await desk.post(routes.cases.open.path, { from: 'registration', qr: await registrationQrOf(app, phone.client, phone.registrationId) })
  expect((await desk.post(`/v1/cases/${opened.body['id']}/decision`, { outcome: 'refuse', reason: 'bukan orangnya' })).status).toBe(200)
  await after(40)
  expect(await rowOf(phone.registrationId)).toMatchObject({ nik: '', email: '', phone: '', public_jwk: '{}', receipt_sealed: null, forgotten_at: app.clock.now() })
  expect(await findEverywhere(email)).toEqual([])
  expect((await session(phone)).body['code']).toBe('device-unknown')
  const { registration_id: kept } = await app.store.selectFrom('desk_case').select('registration_id').where('id', '=', opened.body['id'] as string).executeTakeFirstOrThrow()
  expect(kept).toBe(phone.registrationId)
  expect((await keepHouseNow(), await rowOf(phone.registrationId))?.forgotten_at).toBe(app.clock.now())
})

test('who is at a desk just then is left for later', async () => {
  desk = await newDesk()
  const { nik } = await addResident(app)
  const phone = await registerPhone(app, nik, 'sedang@contoh.id')
  await app.store.updateTable('registration').set({ kept_until: app.clock.now() }).where('id', '=', phone.registrationId).execute()
  await desk.post(routes.cases.open.path, { from: 'registration', qr: await registrationQrOf(app, phone.client, phone.registrationId) })
  await keepHouseNow()
  expect((await rowOf(phone.registrationId))?.email).toBe('sedang@contoh.id')
  expect((await session(phone)).body['status']).toMatchObject({ state: 'at-desk' })
})

test('a bound phone’s stays as long as it is bound, and ninety days after a block; a phone unblocked within them stays again', async () => {
  desk = await newDesk()
  const bound = await bindResident(app, desk)
  const blocked = await bindResident(app, desk)
  const back = await bindResident(app, desk)
  // As the last step of their activations does it.
  await inUnit(core, async (unit) => {
    for (const { registrationId } of [bound, blocked, back]) await features.registrations.keepWhileBound(unit, registrationId)
  })
  expect((await rowOf(bound.registrationId))?.nik).toBe('')
  for (const { residentId } of [blocked, back]) {
    const opened = await desk.post(routes.cases.open.path, { from: 'lookup', kind: 'block', residentId, purpose: 'lost-phone' })
    expect((await desk.post(`/v1/cases/${opened.body['id']}/block`, { reason: 'lost' })).status).toBe(200)
  }
  await after(89)
  expect((await session(blocked)).body['status']).toMatchObject({ state: 'blocked' })
  await inUnit(core, async (unit) => features.registrations.keepWhileBound(unit, back.registrationId))
  await after(1)
  expect((await session(blocked)).body['code']).toBe('device-unknown')
  expect(await findEverywhere(blocked.email)).toEqual([])
  await after(1000)
  for (const { registrationId, email } of [bound, back]) expect((await rowOf(registrationId))?.email).toBe(email)
  expect((await session(bound)).status).toBe(200)
})

test('the address an activation went to is forgotten a month after its end', async () => {
  const resident = await bindResident(app, desk)
  const { case_id: caseId } = await app.store.selectFrom('binding').select('case_id').where('id', '=', resident.bindingId).executeTakeFirstOrThrow()
  const activation = { caseId, registrationId: resident.registrationId, residentId: resident.residentId, email: 'surat@contoh.id', name: 'X', officeName: 'Y' }
  await inUnit(core, (unit) => features.activations.begin(unit, activation))
  await after(31 - 1 / 24)
  expect(await findEverywhere('surat@contoh.id')).toEqual(['activation'])
  await after(1 / 24)
  expect(await findEverywhere('surat@contoh.id')).toEqual([])
})
