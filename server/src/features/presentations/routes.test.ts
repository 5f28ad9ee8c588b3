import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Caller, VerifierCaller } from '../../caller.ts'
import { minute } from '../../clock.ts'
import { problems } from '../../plugins/problems.ts'
import { createRegistrar } from '../../plugins/registrar.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { type TestPhone, unlockTestPhone } from '../../testing/phone.ts'
import { createTestRows } from '../../testing/rows.ts'
import { createActivityService } from '../activity/service.ts'
import { createBindingsService } from '../bindings/service.ts'
import { createInstitutionsService } from '../institutions/service.ts'
import { createResidentsService } from '../residents/service.ts'
import { presentationsRoutes } from './routes.ts'
import { createPresentationsService } from './service.ts'

let core: TestCore
let app: FastifyInstance
let phone: TestPhone
let teller: VerifierCaller
let caller: Caller

beforeEach(async () => {
  core = await createTestCore()
  const rows = createTestRows(core)
  const residentId = await rows.resident({ name: 'Siti Rahayu' })
  phone = await unlockTestPhone(core, residentId, await rows.binding(residentId))
  const institution = await rows.institution('Bank Uji', ['photo', 'name'])
  const staff = await rows.verifier(institution.id)
  teller = { kind: 'verifier', jkt: '', staffId: staff.id, sessionId: '', sessionStartedAt: 0, lastUsedAt: 0, factor: 'none', factorId: null, approvesFrom: 0, name: staff.name, institutionId: institution.id }
  const activity = createActivityService(core)
  const presentations = createPresentationsService(core, {
    activity,
    bindings: createBindingsService(core, activity),
    institutions: createInstitutionsService(),
    residents: createResidentsService(core, createActivityService(core)),
  })
  app = Fastify()
  await app.register(problems)
  // Who calls is settled before a route runs; here the test says it.
  presentationsRoutes(createRegistrar(app, core, async () => ({ caller, mayGoOn: async () => true })), core, presentations)
})
afterEach(async () => {
  await app.close()
  await core.close()
})

async function post(url: string, body: object, key: string = randomUUID()) {
  const response = await app.inject({ method: 'POST', url, headers: { 'idempotency-key': key }, payload: body })
  return { status: response.statusCode, body: response.json() as Record<string, unknown> }
}

async function showQr(): Promise<string> {
  caller = phone.caller
  const { body } = await post('/v1/holder/grants', await phone.grantBody())
  const { handle, epoch } = body as { handle: string; epoch: { nonce: string } }
  return phone.qr(handle, { nonce: epoch.nonce })
}

it('leads from an unlock over a grant and a QR to a scan', async () => {
  const qr = await showQr()
  caller = teller
  const { status, body } = await post('/v1/scans', { qr, purpose: 'Buka rekening' })
  expect(status).toBe(201)
  expect(body).toMatchObject({ freshness: 'fresh', fields: ['photo', 'name'], disclosed: { values: [{ field: 'name', value: 'Siti Rahayu' }] } })
  const list = await app.inject({ method: 'GET', url: '/v1/scans' })
  expect(list.json()).toMatchObject({ scans: [{ id: body['id'], by: teller.name }] })
})

it('answers a retried request with the same scan, and any other with already used', async () => {
  const qr = await showQr()
  caller = teller
  const key = randomUUID()
  const first = await post('/v1/scans', { qr, purpose: 'Buka rekening' }, key)
  core.clock.advance(minute / 2)
  expect(await post('/v1/scans', { qr, purpose: 'Buka rekening' }, key)).toEqual(first)
  expect(await post('/v1/scans', { qr, purpose: 'Buka rekening' })).toMatchObject({ status: 409, body: { code: 'presentation-already-used' } })
})

it('gives fifty requests at the same time one winner, and the winner’s retry its scan', async () => {
  const qr = await showQr()
  caller = teller
  const keys = Array.from({ length: 50 }, () => randomUUID())
  const answers = await Promise.all(keys.map((key) => post('/v1/scans', { qr, purpose: 'Buka rekening' }, key)))
  const winner = answers.findIndex(({ status }) => status === 201)
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ body }) => body['code'] === 'presentation-already-used')).toHaveLength(49)
  expect(await post('/v1/scans', { qr, purpose: 'Buka rekening' }, keys[winner])).toEqual(answers[winner])
})

it('answers a retried grant with the same handle', async () => {
  caller = phone.caller
  const [key, body] = [randomUUID(), await phone.grantBody()]
  const first = await post('/v1/holder/grants', body, key)
  expect(first.status).toBe(201)
  expect((await post('/v1/holder/grants', body, key)).body).toMatchObject({ handle: first.body['handle'], expiresAt: first.body['expiresAt'] })
})

it('refuses a QR that is too long before reading it', async () => {
  caller = teller
  expect(await post('/v1/scans', { qr: 'A'.repeat(1025), purpose: 'x' })).toMatchObject({ status: 400, body: { code: 'request-invalid' } })
})
