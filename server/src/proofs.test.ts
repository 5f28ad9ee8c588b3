import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from './security/digest.ts'
import { bindPhone, makeTestClient, raiseTestApp, register, signIn, type TestApp, type TestClient } from './testing/app.ts'
import { testConfig } from './testing/core.ts'

let app: TestApp
let phone: TestClient
let token: string

const url = (path: string) => testConfig.publicUrl + path
const ath = (text: string) => sha256(text).toString('base64url')
const code = async (proof: string, by: TestClient = phone) => (await by.send({ method: 'GET', path: '/v1/device', token, proof })).body['code']

beforeAll(async () => {
  app = await raiseTestApp()
  phone = makeTestClient(app)
  token = ((await register(phone, app)).body['token'] as { accessToken: string }).accessToken
})

afterAll(() => app.close())

describe('a proof of possession', () => {
  const good = async (change: Record<string, unknown> = {}, header: Record<string, unknown> = {}, by: TestClient = phone) =>
    by.prove({ htm: 'GET', htu: url('/v1/device'), nonce: await by.nonce(), ath: ath(token), ...change }, header)

  test('opens the door when everything fits', async () => expect(await code(await good())).toBeUndefined())
  test('is of no use for another method', async () => expect(await code(await good({ htm: 'POST' }))).toBe('proof-invalid'))
  test('is of no use at another address', async () => expect(await code(await good({ htu: url('/v1/cases') }))).toBe('proof-invalid'))
  test('is of no use with another token', async () => expect(await code(await good({ ath: ath('other') }))).toBe('proof-invalid'))
  test('writes its key in one way only, or one key would have several thumbprints', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    // The last of 43 letters has two bits that no byte of the 32 owns.
    const otherwise = (text: string) => text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1)
    const { x, y } = phone.jwk
    for (const change of [{ x: otherwise(x) }, { y: otherwise(y) }, { x: `${x}=` }, { x: `${x}A` }]) {
      const jwk = { ...phone.jwk, ...change }
      expect(await code(await good({}, { jwk })), JSON.stringify(change)).toBe('proof-invalid')
    }
  })
  test('must carry a nonce of ours', async () => {
    expect(await code(await good({ nonce: undefined }))).toBe('proof-nonce-required')
    expect(await code(await good({ nonce: 'AAAAAAAAAAAAAAAA' }))).toBe('proof-nonce-required')
  })
  test('is dead with its nonce after five minutes, and the refusal brings a new one', async () => {
    const proof = await good()
    app.clock.advance(5 * 60_000 + 1000)
    const answer = await phone.send({ method: 'GET', path: '/v1/device', token, proof })
    expect(answer.body['code']).toBe('proof-nonce-required')
    expect(answer.headers['dpop-nonce']).toMatch(/^[\w-]{16}$/)
  })
  test('of another key does not fit the token', async () => {
    const thief = makeTestClient(app)
    expect(await code(await good({}, {}, thief), thief)).toBe('token-invalid')
  })
  test('under another type or with a private key inside is none', async () => {
    expect(await code(await good({}, { typ: 'JWT' }))).toBe('proof-invalid')
    const secret = phone.privateKey.export({ format: 'jwk' })
    expect(await code(await good({}, { jwk: secret }))).toBe('proof-invalid')
  })
  test('without a signature, or garbled, is none', async () => {
    const [header, payload] = (await good()).split('.') as [string, string]
    const none = Buffer.from(JSON.stringify({ typ: 'dpop+jwt', alg: 'none', jwk: phone.jwk })).toString('base64url')
    for (const proof of [`${none}.${payload}.`, `${header}.${payload}.`, 'a.b.c', '', '🪪']) {
      expect(await code(Buffer.from(proof).toString('latin1'))).toBe('proof-invalid')
    }
  })
  test('that changed something serves once', async () => {
    const path = '/v1/device/session'
    const proof = await phone.prove({ htm: 'POST', htu: url(path), nonce: await phone.nonce() })
    expect((await phone.send({ method: 'POST', path, proof })).status).toBe(200)
    expect((await phone.send({ method: 'POST', path, proof })).body['code']).toBe('proof-replayed')
  })
})

describe('an access token', () => {
  test('of another algorithm or another signer is none', async () => {
    const [, payload] = token.split('.') as [string, string]
    const forged = `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.${payload}.AAAA`
    const answer = await phone.send({ method: 'GET', path: '/v1/device', token: forged })
    expect(answer.body['code']).toBe('token-invalid')
  })
  test('ends after its ten minutes', async () => {
    const client = makeTestClient(app)
    const fresh = ((await register(client, app)).body['token'] as { accessToken: string }).accessToken
    app.clock.advance(10 * 60_000)
    expect((await client.send({ method: 'GET', path: '/v1/device', token: fresh })).body['code']).toBe('token-expired')
  })
})

describe('a request repeated after a lost answer', () => {
  test('finds the result of the first, and changes nothing twice', async () => {
    const officer = makeTestClient(app)
    const desk = await signIn(officer, 'officer.satu', 'satu-kode-0')
    const { id: residentId } = await app.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()
    const request = { method: 'POST', path: '/v1/cases', token: desk, idempotencyKey: randomUUID(), body: { from: 'lookup', kind: 'service', residentId, purpose: 'no-phone' } } as const
    const [first, second] = [await officer.send(request), await officer.send(request)]
    expect(second.body['id']).toBe(first.body['id'])
    const other = await officer.send({ ...request, body: { ...request.body, purpose: 'correction' } })
    expect(other.body['code']).toBe('idempotency-key-reused')
    const rows = await app.store.selectFrom('desk_case').select('id').where('kind', '=', 'service').execute()
    expect(rows).toHaveLength(1)
  })

  test('counts a wrong PIN once', async () => {
    const client = makeTestClient(app)
    const { device, bindingId } = await bindPhone(client, app)
    const request = { method: 'POST', path: '/v1/holder/unlock', token: device, idempotencyKey: randomUUID(), body: { pin: '305817' } } as const
    const answers = [await client.send(request), await client.send(request), await client.send(request)]
    expect(answers.map(({ body }) => [body['code'], body['triesLeft']])).toEqual(Array.from({ length: 3 }, () => ['pin-wrong', 2]))
    const row = await app.store.selectFrom('binding').select('pin_row').where('id', '=', bindingId).executeTakeFirstOrThrow()
    expect(row.pin_row).toBe(1)
  })

  test('needs its key', async () => {
    const answer = await phone.send({ method: 'POST', path: '/v1/registrations', idempotencyKey: 'none', body: { nik: '3577025204980003', email: 'a@b.id', phone: '+6281234567890', consentVersion: '1', captcha: 'x' } })
    expect(answer.body['code']).toBe('idempotency-key-missing')
  })
})

describe('registering', () => {
  test('answers alike whether or not the NIK exists', async () => {
    const known = await register(makeTestClient(app), app)
    const unknown = await register(makeTestClient(app), app, { nik: '3577025204980099' })
    const shape = ({ body, status }: typeof known) => [status, Object.keys(body), Object.keys(body['status'] as object), (body['status'] as { state: string }).state]
    expect(shape(known)).toEqual(shape(unknown))
  })

  test('never asks the register, so that its timing tells nothing either: it works with the register taken away', async () => {
    await sql`alter table resident rename to resident_away`.execute(app.store)
    try {
      expect((await register(makeTestClient(app), app)).status).toBe(201)
    } finally {
      await sql`alter table resident_away rename to resident`.execute(app.store)
    }
  })
})

test('every route of the contract is in /openapi.json', async () => {
  const { allRoutes } = await import('@ikd/contract')
  const { paths } = (await app.app.inject('/openapi.json')).json() as { paths: Record<string, Record<string, { operationId: string }>> }
  const documented = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
  expect(documented.sort()).toEqual(allRoutes.map(({ id }) => id).sort())
})
