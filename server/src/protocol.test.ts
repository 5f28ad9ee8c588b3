import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minute } from './clock.ts'
import { sha256 } from './security/digest.ts'
import { signingKey } from './security/token-keys.ts'
import { bindPhone, makeTestClient, raiseTestApp, type Request, signIn, signInSystem, type TestApp, type TestClient } from './testing/app.ts'
import { testConfig } from './testing/core.ts'
import { ecdsa, forgeJws, hmac, type Part, respell } from './testing/forge.ts'

interface Visitor {
  readonly client: TestClient
  readonly token: string
}

let app: TestApp
/** One request of every kind a token opens: reads and writes, kept and unkept, a stream. */
const visits = new Map<string, Visitor & { readonly request: Pick<Request, 'method' | 'path'> }>()

beforeAll(async () => {
  app = await raiseTestApp()
  const phone = makeTestClient(app)
  const { device, holder } = await bindPhone(phone, app)
  visits.set('a read of a phone', { client: phone, token: device, request: { method: 'GET', path: '/v1/device' } })
  visits.set('a stream of a phone', { client: phone, token: device, request: { method: 'GET', path: '/v1/device/events' } })
  visits.set('a write of a phone', { client: phone, token: device, request: { method: 'POST', path: '/v1/device/activation/new-code' } })
  visits.set('a read of a holder', { client: phone, token: holder, request: { method: 'GET', path: '/v1/holder/identity' } })
  const desk = makeTestClient(app)
  visits.set('a read of a desk', { client: desk, token: await signIn(desk, 'officer.satu', 'satu-kode-0'), request: { method: 'GET', path: '/v1/cases?group=open' } })
  const teller = makeTestClient(app)
  visits.set('a repeatable act of staff', { client: teller, token: await signIn(teller, 'teller'), request: { method: 'POST', path: '/v1/staff/sessions/renewal' } })
  const system = makeTestClient(app)
  visits.set('a read of an institution’s system', { client: system, token: await signInSystem(system, app), request: { method: 'GET', path: '/v1/scans' } })
})
afterAll(() => app.close())

const kinds = ['a read of a phone', 'a stream of a phone', 'a write of a phone', 'a read of a holder', 'a read of a desk', 'a repeatable act of staff', 'a read of an institution’s system']
const parts = (jws: string) => jws.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>) as [Record<string, unknown>, Record<string, unknown>]

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const strangerRsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const strangerEd = generateKeyPairSync('ed25519')
const jwkOf = (pair: { publicKey: ReturnType<typeof createPublicKey> }) => pair.publicKey.export({ format: 'jwk' }) as Record<string, unknown>
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** Every forgery of an access token, by name, made from a good one of the same kind. */
function forgeTokens(good: string): Record<string, string> {
  const [header, claims] = parts(good)
  const real = signingKey(app.secrets.tokenKeys(), app.clock.now())
  const ours = (head: Part, payload: Part = claims) => forgeJws(head, payload, ecdsa(createPrivateKey(real.privateKey)))
  const theirs = (head: Part) => forgeJws(head, claims, ecdsa(stranger.privateKey))
  const now = Math.floor(app.clock.now() / 1000)
  const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))
  const spki = createPublicKey(real.publicKey).export({ type: 'spki', format: 'der' })
  return {
    ...respell(good),
    'alg none': forgeJws({ ...header, alg: 'none' }, claims, () => ''),
    'alg None': forgeJws({ ...header, alg: 'None' }, claims, () => ''),
    'alg none over a real signature': forgeJws({ ...header, alg: 'none' }, claims, () => good.split('.')[2] ?? ''),
    'no signature': `${good.slice(0, good.lastIndexOf('.'))}.`,
    'a signature of zeros': forgeJws(header, claims, () => Buffer.alloc(64)),
    'HS256 over the public key as PEM': forgeJws({ ...header, alg: 'HS256' }, claims, hmac(real.publicKey)),
    'HS256 over the public key as DER': forgeJws({ ...header, alg: 'HS256' }, claims, hmac(spki)),
    'HS256 over the public key as JWK': forgeJws({ ...header, alg: 'HS256' }, claims, hmac(JSON.stringify(real.jwk))),
    'HS256 over nothing': forgeJws({ ...header, alg: 'HS256' }, claims, hmac('')),
    'RS256': forgeJws({ ...header, alg: 'RS256' }, claims, (signed) => sign('sha256', signed, strangerRsa.privateKey)),
    'ES384': forgeJws({ ...header, alg: 'ES384' }, claims, ecdsa(stranger384.privateKey, 'sha384')),
    'EdDSA': forgeJws({ ...header, alg: 'EdDSA' }, claims, (signed) => sign(null, signed, strangerEd.privateKey)),
    'another service’s key': theirs(header),
    'another service’s key under its own kid': theirs({ ...header, kid: 'theirs' }),
    'a key inside': theirs({ ...header, jwk: jwkOf(stranger) }),
    'a key inside, no kid': theirs({ alg: 'ES256', typ: 'at+jwt', jwk: jwkOf(stranger) }),
    'jku': theirs({ ...header, jku: 'http://localhost:3000/.well-known/jwks.json' }),
    'x5u': theirs({ ...header, x5u: 'https://example.invalid/cert.pem' }),
    'jku under our own signature': ours({ ...header, jku: 'https://example.invalid/keys' }),
    'crit we do not know': ours({ ...header, crit: ['exp'], exp: 1 }),
    'crit empty': ours({ ...header, crit: [] }),
    'b64 false': ours({ ...header, b64: false, crit: ['b64'] }),
    'typ JWT': ours({ ...header, typ: 'JWT' }),
    'typ missing': ours({ alg: header['alg'], kid: header['kid'] }),
    'typ of a proof': ours({ ...header, typ: 'dpop+jwt' }),
    'kid missing': ours({ alg: 'ES256', typ: 'at+jwt' }),
    'kid unknown': ours({ ...header, kid: '../../etc/passwd' }),
    'kid no text': ours({ ...header, kid: [header['kid']] }),
    'another issuer': ours(header, { ...claims, iss: 'https://example.invalid' }),
    'no issuer': ours(header, without('iss')),
    'another audience': ours(header, { ...claims, aud: 'https://example.invalid' }),
    'two audiences': ours(header, { ...claims, aud: [claims['aud'], 'https://example.invalid'] }),
    'no audience': ours(header, without('aud')),
    'no end': ours(header, without('exp')),
    'an end that is text': ours(header, { ...claims, exp: String(claims['exp']) }),
    'an end next year': ours(header, { ...claims, exp: now + 365 * 86_400 }),
    'no beginning': ours(header, without('iat')),
    'a beginning in an hour': ours(header, { ...claims, iat: now + 3600, exp: now + 4200 }),
    'an unknown kind': ours(header, { ...claims, kind: 'admin' }),
    'no subject': ours(header, without('sub')),
    'a subject that is none': ours(header, { ...claims, sub: { id: claims['sub'] } }),
    'no key it is bound to': ours(header, without('cnf')),
    'another key it is bound to': ours(header, { ...claims, cnf: { jkt: sha256('other').toString('base64url') } }),
    'a header that is no object': ours('["ES256"]'),
    'a payload that is no object': ours(header, '"claims"'),
    'a payload of nothing but brackets': ours(header, nested(1200)),
    'a payload that is no UTF-8': forgeJws(header, '\uD800', ecdsa(stranger.privateKey)),
    'a hundred kilobytes': ours(header, { ...claims, more: 'x'.repeat(100_000) }),
    'five parts': `${good}.AAAA.AAAA`,
    'dots': '..',
    'nothing at all': 'x',
  }
}

describe('an access token', () => {
  test.each(kinds)('opens %s', async (kind) => {
    const { client, token, request } = visits.get(kind) as Visitor & { request: Request }
    // A stream that opens does not end; the others show that this token opens it.
    if (request.path.endsWith('/events')) return
    expect((await client.send({ ...request, token })).status).not.toBe(401)
  })

  test.each(kinds)('forged in any of these ways opens nothing, be it %s', async (kind) => {
    const { client, token, request } = visits.get(kind) as Visitor & { request: Request }
    const codes: Record<string, unknown> = {}
    for (const [name, forged] of Object.entries(forgeTokens(token))) {
      const { status, body, headers } = await client.send({ ...request, token: forged })
      codes[name] = [status, body['code'], headers['www-authenticate']]
    }
    const invalid = [401, 'token-invalid', 'DPoP error="invalid_token", algs="ES256"']
    // Blanks make two words of the header's one: it names no token then.
    const missing = [401, expect.stringMatching(/^(token-missing|token-invalid|proof-invalid)$/), expect.any(String)]
    expect(codes).toEqual(Object.fromEntries(Object.keys(codes).map((name) => [name, /space/.test(name) ? missing : invalid])))
  })

  test('is bound to its kind: none opens what another kind’s would', async () => {
    const phone = visits.get('a read of a phone') as Visitor
    const holder = visits.get('a read of a holder') as Visitor
    expect((await phone.client.send({ method: 'GET', path: '/v1/holder/identity', token: phone.token })).body['code']).toBe('forbidden')
    expect((await phone.client.send({ method: 'GET', path: '/v1/device', token: holder.token })).body['code']).toBe('forbidden')
    // Claims changed under our own key: a registration is no binding.
    const [header, claims] = parts(phone.token)
    const real = signingKey(app.secrets.tokenKeys(), app.clock.now())
    const dressed = forgeJws(header, { ...claims, kind: 'institution' }, ecdsa(createPrivateKey(real.privateKey)))
    expect((await phone.client.send({ method: 'GET', path: '/v1/scans', token: dressed })).body['code']).toBe('token-invalid')
  })

  test('says what RFC 9068 asks for, and lives ten minutes', () => {
    for (const { token } of visits.values()) {
      const [header, claims] = parts(token)
      expect(header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: signingKey(app.secrets.tokenKeys(), app.clock.now()).kid })
      expect(claims).toMatchObject({ iss: testConfig.publicUrl, aud: testConfig.publicUrl, sub: expect.any(String), client_id: expect.any(String), jti: expect.any(String) })
      expect(Number(claims['exp']) - Number(claims['iat'])).toBe((10 * minute) / 1000)
    }
  })
})

/** Every forgery of a proof, by name; what a request with it must be refused with. */
async function forgeProofs({ client, token, request }: Visitor & { request: Request }): Promise<Record<string, { proof: string; code: string }>> {
  const nonce = await client.nonce()
  const now = Math.floor(app.clock.now() / 1000)
  const header: Record<string, unknown> = { typ: 'dpop+jwt', alg: 'ES256', jwk: client.jwk }
  const path = request.path.split('?', 1)[0] ?? ''
  const url = testConfig.publicUrl + path
  const claims: Record<string, unknown> = { jti: randomUUID(), htm: request.method, htu: url, iat: now, nonce, ath: sha256(token).toString('base64url') }
  const own = (head: Record<string, unknown>, payload: Part = claims) => forgeJws(head, payload, ecdsa(client.privateKey))
  const changed = (change: Record<string, unknown>) => own(header, { ...claims, jti: randomUUID(), ...change })
  const without = (name: string) => own(header, Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name)))
  const good = own(header)
  const offCurve = { ...client.jwk, y: Buffer.alloc(32, 1).toString('base64url') }
  const publicPem = createPublicKey(client.privateKey).export({ type: 'spki', format: 'pem' })
  const invalid: Record<string, string> = {
    ...respell(good),
    'alg none': forgeJws({ ...header, alg: 'none' }, claims, () => ''),
    'a signature of zeros': forgeJws(header, claims, () => Buffer.alloc(64)),
    'HS256 over its own public key': forgeJws({ ...header, alg: 'HS256' }, claims, hmac(publicPem)),
    'HS256 with a secret as its key': forgeJws({ ...header, alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }, claims, hmac(Buffer.alloc(3))),
    'RS256': forgeJws({ ...header, alg: 'RS256', jwk: jwkOf(strangerRsa) }, claims, (signed) => sign('sha256', signed, strangerRsa.privateKey)),
    'ES256 by name, RSA by key': forgeJws({ ...header, jwk: jwkOf(strangerRsa) }, claims, (signed) => sign('sha256', signed, strangerRsa.privateKey)),
    'ES384': forgeJws({ ...header, alg: 'ES384', jwk: jwkOf(stranger384) }, claims, ecdsa(stranger384.privateKey, 'sha384')),
    'EdDSA': forgeJws({ ...header, alg: 'EdDSA', jwk: jwkOf(strangerEd) }, claims, (signed) => sign(null, signed, strangerEd.privateKey)),
    'a private key inside': own({ ...header, jwk: client.privateKey.export({ format: 'jwk' }) }),
    'no key inside': own({ typ: 'dpop+jwt', alg: 'ES256' }),
    'a key that is no object': own({ ...header, jwk: 'key' }),
    'a point off the curve': own({ ...header, jwk: offCurve }),
    'coordinates of zero': own({ ...header, jwk: { ...client.jwk, x: Buffer.alloc(32).toString('base64url'), y: Buffer.alloc(32).toString('base64url') } }),
    'another curve by name': own({ ...header, jwk: { ...client.jwk, crv: 'P-384' } }),
    'a key of another': own({ ...header, jwk: jwkOf(stranger) }),
    'typ JWT': own({ ...header, typ: 'JWT' }),
    'typ of an access token': own({ ...header, typ: 'at+jwt' }),
    'no typ': own({ alg: 'ES256', jwk: client.jwk }),
    'jku': own({ ...header, jku: 'https://example.invalid/keys' }),
    'x5u': own({ ...header, x5u: 'https://example.invalid/cert' }),
    'crit': own({ ...header, crit: ['nonce'], nonce }),
    'b64 false': own({ ...header, b64: false, crit: ['b64'] }),
    'another method': changed({ htm: 'PATCH' }),
    'the method in small letters': changed({ htm: request.method.toLowerCase() }),
    'no method': without('htm'),
    'another path': changed({ htu: `${url}/more` }),
    'another host': changed({ htu: url.replace('localhost', 'example.invalid') }),
    'another port': changed({ htu: url.replace(':3000', ':3001') }),
    'another scheme': changed({ htu: url.replace('http:', 'https:') }),
    'a name before the host': changed({ htu: url.replace('//', '//user@') }),
    'an address that is none': changed({ htu: path }),
    'no address': without('htu'),
    'no hash of the token': without('ath'),
    'the hash of another token': changed({ ath: sha256('other').toString('base64url') }),
    'the hash padded': changed({ ath: `${sha256(token).toString('base64')}` }),
    'no jti': without('jti'),
    'a short jti': changed({ jti: 'x' }),
    'a long jti': changed({ jti: 'x'.repeat(65) }),
    'a jti that is a number': changed({ jti: 1e20 }),
    'a jti with a NUL': changed({ jti: `${randomUUID()}\0` }),
    'no iat': without('iat'),
    'an iat that is text': changed({ iat: String(now) }),
    'a payload of brackets': own(header, nested(1000)),
    'a payload that is no object': own(header, '[]'),
    'a payload that is no JSON': own(header, '{"jti":'),
    'a hundred kilobytes': changed({ more: 'x'.repeat(100_000) }),
    'two proofs': `${good}, ${changed({})}`,
    'nothing': '',
    'dots': '..',
  }
  const stale: Record<string, string> = {
    'no nonce': without('nonce'),
    'a nonce of our making for another use': changed({ nonce: Buffer.alloc(12).toString('base64url') }),
    'a nonce spelled otherwise': changed({ nonce: `${nonce}=` }),
    'a nonce that is a number': changed({ nonce: 1 }),
  }
  return Object.fromEntries([
    ...Object.entries(invalid).map(([name, proof]) => [name, { proof, code: 'proof-invalid' }]),
    ...Object.entries(stale).map(([name, proof]) => [name, { proof, code: 'proof-nonce-required' }]),
  ])
}

describe('a proof of possession', () => {
  test.each(kinds)('forged in any of these ways proves nothing, be it for %s', async (kind) => {
    const visit = visits.get(kind) as Visitor & { request: Request }
    const forgeries = await forgeProofs(visit)
    const codes: Record<string, unknown> = {}
    for (const [name, { proof }] of Object.entries(forgeries)) {
      codes[name] = (await visit.client.send({ ...visit.request, token: visit.token, proof })).body['code']
    }
    expect(codes).toEqual(Object.fromEntries(Object.entries(forgeries).map(([name, { code }]) => [name, code])))
  })

  test.each([-24 * 60, -10, 10, 24 * 60])('is good from a phone whose clock is %i minutes off, and after it jumped: the nonce heals it', async (off) => {
    const { client, token } = visits.get('a read of a phone') as Visitor
    const proof = await client.prove({ htm: 'GET', htu: `${testConfig.publicUrl}/v1/device`, nonce: await client.nonce(), ath: sha256(token).toString('base64url'), iat: Math.floor((app.clock.now() + off * minute) / 1000) })
    expect((await client.send({ method: 'GET', path: '/v1/device', token, proof })).status).toBe(200)
  })

  test('may name its address with a query, a fragment or capitals in the host (RFC 9449 §4.3)', async () => {
    const { client, token } = visits.get('a read of a desk') as Visitor
    for (const htu of ['http://localhost:3000/v1/cases?group=open', 'http://localhost:3000/v1/cases#x', 'HTTP://LOCALHOST:3000/v1/cases', 'http://localhost:3000/v1/./cases']) {
      const proof = await client.prove({ htm: 'GET', htu, nonce: await client.nonce(), ath: sha256(token).toString('base64url') })
      expect([htu, (await client.send({ method: 'GET', path: '/v1/cases?group=open', token, proof })).status]).toEqual([htu, 200])
    }
  })

  test('shown again changes nothing a second time, under whatever key; its own request sent twice is answered alike', async () => {
    const { client, token } = visits.get('a repeatable act of staff') as Visitor
    const path = '/v1/staff/sessions/renewal'
    const claims = async (target: string) => ({ htm: 'POST', htu: testConfig.publicUrl + target, nonce: await client.nonce(), ath: sha256(token).toString('base64url') })
    const renewal = await client.prove(await claims(path))
    expect((await client.send({ method: 'POST', path, token, proof: renewal })).status).toBe(200)
    expect((await client.send({ method: 'POST', path, token, proof: renewal })).body['code']).toBe('proof-replayed')

    const desk = visits.get('a read of a desk') as Visitor
    const { id: residentId } = await app.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()
    const proof = await desk.client.prove({ ...(await claims('/v1/cases')), ath: sha256(desk.token).toString('base64url') })
    const request = { method: 'POST', path: '/v1/cases', token: desk.token, proof, body: { from: 'lookup', kind: 'service', residentId, purpose: 'no-phone' } } as const
    const idempotencyKey = randomUUID()
    const first = await desk.client.send({ ...request, idempotencyKey })
    expect(first.status).toBe(201)
    expect((await desk.client.send({ ...request, idempotencyKey })).body['id']).toBe(first.body['id'])
    const again = await Promise.all(Array.from({ length: 5 }, () => desk.client.send(request)))
    expect(again.map(({ body }) => body['code'])).toEqual(Array.from({ length: 5 }, () => 'proof-replayed'))
    const rows = await app.store.selectFrom('idempotency').select('key').where('key', '=', idempotencyKey).where('jti', 'is not', null).execute()
    expect(rows, 'one row holds the key and the proof').toHaveLength(1)
  })

  test('raced by itself under many keys wins once', async () => {
    const { client, token } = visits.get('a read of a desk') as Visitor
    const { id: residentId } = await app.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()
    const proof = await client.prove({ htm: 'POST', htu: `${testConfig.publicUrl}/v1/cases`, nonce: await client.nonce(), ath: sha256(token).toString('base64url') })
    const body = { from: 'lookup', kind: 'service', residentId, purpose: 'no-phone' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.send({ method: 'POST', path: '/v1/cases', token, proof, body })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 401)])
  })
})
