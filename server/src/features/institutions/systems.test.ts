import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minute } from '../../clock.ts'
import { assertSystem, bindPhone, makeTestClient, raiseTestApp, signInSystem, type TestApp, type TestClient, testSystem } from '../../testing/app.ts'
import { testConfig } from '../../testing/core.ts'
import { ecdsa, forgeJws, respell } from '../../testing/forge.ts'
import { listInstitutionSystems, revokeInstitutionSystem } from './registry.ts'
import { askForGrant, type TestGrant } from '../../testing/presentation.ts'

let app: TestApp
let grant: TestGrant
const clinic = { clientId: 'clinic-desk', kid: 'a', ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) }

beforeAll(async () => {
  app = await raiseTestApp()
  const phone = makeTestClient(app)
  grant = await askForGrant(phone, app, (await bindPhone(phone, app)).holder)
  const [institutionId, systemId] = [app.nextId(), app.nextId()]
  await app.store
    .insertInto('institution')
    .values({ id: institutionId, number: 2, name: 'Klinik', fields: JSON.stringify(['over17']), purposes: JSON.stringify(['Pendaftaran pasien']) })
    .execute()
  const keys = JSON.stringify([{ ...clinic.publicKey.export({ format: 'jwk' }), kid: clinic.kid }])
  await app.store
    .insertInto('institution_system')
    .values({ id: systemId, institution_id: institutionId, client_id: clinic.clientId, name: 'Meja', keys, registered_at: 0, revoked_at: null })
    .execute()
})
afterAll(() => app.close())

const path = routes.institution.token.path
const form = (assertion: string) => ({
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
})
const ask = (assertion: string, client = makeTestClient(app)) => client.send({ method: 'POST', path, body: form(assertion) })
const scan = (client: TestClient, token: string, qr: string, purpose = 'Pembukaan rekening') => client.send({ method: 'POST', path: routes.scans.scan.path, token, body: { qr, purpose } })

describe('a token for an institution’s system', () => {
  test('is given for a form too, as OAuth 2.0 sends it, and is bound to the key of the proof', async () => {
    const client = makeTestClient(app)
    const proof = await client.prove({ htm: 'POST', htu: testConfig.publicUrl + path, nonce: await client.nonce() })
    const answer = await app.app.inject({
      method: 'POST',
      url: path,
      headers: { dpop: proof, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form(await assertSystem(app))).toString(),
    })
    const body = answer.json<Record<string, unknown>>()
    expect([answer.statusCode, answer.headers['cache-control'], body['token_type'], body['expires_in']]).toEqual([200, 'no-store', 'DPoP', 600])
    const token = String(body['access_token'])
    expect((await client.send({ method: 'GET', path: '/v1/scans', token })).status).toBe(200)
    expect((await makeTestClient(app).send({ method: 'GET', path: '/v1/scans', token })).body['code']).toBe('token-invalid')
  })

  test('is refused in OAuth’s words beside ours', async () => {
    const refused = await ask('x')
    expect([refused.status, refused.headers['content-type'], refused.body['error'], refused.body['code']]).toEqual([401, 'application/json', 'invalid_client', 'client-assertion-invalid'])
    const stale = await makeTestClient(app).send({ method: 'POST', path, body: form('x'), proof: await makeTestClient(app).prove({ htm: 'POST', htu: testConfig.publicUrl + path }) })
    expect([stale.status, stale.body['error'], stale.headers['www-authenticate']]).toEqual([401, 'use_dpop_nonce', 'DPoP error="use_dpop_nonce", algs="ES256"'])
    const other = await makeTestClient(app).send({ method: 'POST', path, body: { ...form('x'), grant_type: 'password' } })
    expect([other.status, other.body['error']]).toEqual([400, 'invalid_request'])
  })

  test('is described where standard clients look (RFC 8414)', async () => {
    const metadata = (await app.app.inject('/.well-known/oauth-authorization-server')).json<Record<string, unknown>>()
    expect(metadata).toMatchObject({ issuer: testConfig.publicUrl, token_endpoint: testConfig.publicUrl + path, dpop_signing_alg_values_supported: ['ES256'] })
  })

  test('wants an assertion that is right in everything', async () => {
    const now = Math.floor(app.clock.now() / 1000)
    const good = await assertSystem(app)
    const claims = { iss: testSystem.clientId, sub: testSystem.clientId, aud: testConfig.publicUrl, jti: randomUUID(), exp: now + 60 }
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const forged: Record<string, string> = {
      ...respell(good),
      'alg none': forgeJws({ alg: 'none' }, claims, () => ''),
      'another’s key': await assertSystem(app, {}, {}, { ...testSystem, privateKey: stranger.privateKey }),
      'another’s key, put inside': forgeJws({ alg: 'ES256', jwk: stranger.publicKey.export({ format: 'jwk' }) }, claims, ecdsa(stranger.privateKey)),
      'the key of another institution': await assertSystem(app, {}, {}, { ...testSystem, kid: clinic.kid, privateKey: clinic.privateKey }),
      'another’s name': await assertSystem(app, { iss: clinic.clientId, sub: clinic.clientId }),
      'two names': await assertSystem(app, { sub: clinic.clientId }),
      'a name nobody has': await assertSystem(app, { iss: 'nobody', sub: 'nobody' }),
      'a kid nobody has': await assertSystem(app, {}, { kid: 'other' }),
      'crit': forgeJws({ alg: 'ES256', crit: ['exp'] }, claims, ecdsa(testSystem.privateKey)),
      'jku': forgeJws({ alg: 'ES256', jku: 'https://example.invalid' }, claims, ecdsa(testSystem.privateKey)),
      'another audience': await assertSystem(app, { aud: 'https://example.invalid' }),
      'two audiences': await assertSystem(app, { aud: [testConfig.publicUrl, 'https://example.invalid'] }),
      'no audience': await assertSystem(app, { aud: undefined }),
      'no end': await assertSystem(app, { exp: undefined }),
      'over': await assertSystem(app, { exp: now }),
      'too long a life': await assertSystem(app, { exp: now + 3600 }),
      'not begun': await assertSystem(app, { nbf: now + 3600 }),
      'from tomorrow': await assertSystem(app, { iat: now + 86_400, exp: now + 200 }),
      'no jti': await assertSystem(app, { jti: undefined }),
      'a jti with a NUL': await assertSystem(app, { jti: `${randomUUID()}\0` }),
      'a jti that is a number': await assertSystem(app, { jti: 1 }),
    }
    const codes: Record<string, unknown> = {}
    for (const [name, assertion] of Object.entries(forged)) codes[name] = (await ask(assertion)).body['code']
    expect(codes).toEqual(Object.fromEntries(Object.keys(forged).map((name) => [name, 'client-assertion-invalid'])))
    expect((await ask(good)).status).toBe(200)
  })

  test('is given once for an assertion, however many ask with it at once', async () => {
    const assertion = await assertSystem(app)
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(assertion)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 401)])
  })
})

describe('a system', () => {
  test('scans for its institution: its fields, its purposes, its own receipts, and the holder reads of it', async () => {
    const client = makeTestClient(app)
    const token = await signInSystem(client, app)
    const qr = await grant.qr({ fields: ['photo', 'name', 'nik'] })
    expect((await scan(client, token, qr, 'Iseng')).body['code']).toBe('purpose-not-registered')
    expect((await scan(client, token, qr, 'pembukaan rekening')).body['code']).toBe('purpose-not-registered')
    const answer = await scan(client, token, qr)
    expect([answer.status, answer.body['fields']]).toEqual([201, ['photo', 'name']])
    const receipts = (await client.send({ method: 'GET', path: '/v1/scans', token })).body['scans'] as { by: string; purpose: string }[]
    expect(receipts).toMatchObject([{ by: 'Sistem inti', purpose: 'Pembukaan rekening' }])
    const other = makeTestClient(app)
    const others = await other.send({ method: 'GET', path: '/v1/scans', token: await signInSystem(other, app, await assertSystem(app, {}, {}, clinic)) })
    expect(others.body['scans']).toEqual([])
    expect(await app.store.selectFrom('activity').select(['actor', 'purpose']).where('kind', '=', 'scanned-by-institution').execute()).toContainEqual({ actor: 'Bank', purpose: 'Pembukaan rekening' })
  })

  test('reaches nothing but scanning', async () => {
    const client = makeTestClient(app)
    const token = await signInSystem(client, app)
    for (const reach of ['/v1/holder/identity', '/v1/cases?group=open', '/v1/device']) {
      expect((await client.send({ method: 'GET', path: reach, token })).body['code']).toBe('forbidden')
    }
  })

  test('that is revoked is dead at its next request, and gets no new token', async () => {
    const client = makeTestClient(app)
    const assertion = () => assertSystem(app, {}, {}, clinic)
    const token = await signInSystem(client, app, await assertion())
    expect(await revokeInstitutionSystem(app.config, clinic.clientId, app.clock)).toBe(true)
    expect(await revokeInstitutionSystem(app.config, clinic.clientId, app.clock)).toBe(false)
    expect(await listInstitutionSystems(app.config)).toContainEqual({ clientId: clinic.clientId, institution: 'Klinik', name: 'Meja', revokedAt: app.clock.now() })
    expect((await client.send({ method: 'GET', path: '/v1/scans', token })).body['code']).toBe('token-invalid')
    expect((await ask(await assertion())).body['code']).toBe('client-assertion-invalid')
    await app.store.updateTable('institution_system').set({ revoked_at: null }).where('client_id', '=', clinic.clientId).execute()
    app.clock.advance(10 * minute)
    expect((await client.send({ method: 'GET', path: '/v1/scans', token })).body['code']).toBe('token-expired')
  })
})
