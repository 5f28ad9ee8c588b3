import { routes } from '@ikd/contract'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { minute } from '../clock.ts'
import { rotateTokenKeys } from '../security/secrets.ts'
import { makeTestClient, raiseTestApp, signIn, type TestApp, type TestClient } from '../testing/app.ts'
import { testConfig } from '../testing/core.ts'

let app: TestApp
let teller: TestClient
let token: string

beforeEach(async () => {
  app = await raiseTestApp()
  teller = makeTestClient(app)
  token = await signIn(teller, 'teller')
})
afterEach(() => app.close())

const publish = async () => (await app.app.inject('/.well-known/jwks.json')).json<JSONWebKeySet>()
const ask = async () => (await teller.send({ method: 'GET', path: '/v1/scans', token })).body['code']
const renew = async () => {
  const answer = await teller.send({ method: 'POST', path: routes.staff.renew.path, token })
  return (answer.body['token'] as { accessToken: string }).accessToken
}
const kidOf = (jwt: string) => (JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid

test('the published set verifies our tokens, and holds no private part', async () => {
  const keys = await publish()
  const verified = await jwtVerify(token, createLocalJWKSet(keys), { issuer: testConfig.publicUrl, audience: testConfig.publicUrl, typ: 'at+jwt', algorithms: ['ES256'], currentDate: new Date(app.clock.now()) })
  expect(verified.payload.sub).toBeTypeOf('string')
  expect(keys.keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']])
})

test('a rotation signs nobody out: the new key is published, then signs, and the old one verifies what it signed', async () => {
  const before = kidOf(token)
  rotateTokenKeys(app.config, app.clock.now())
  const announced = (await publish()).keys.map(({ kid }) => kid)
  expect(announced).toEqual([before, expect.any(String)])
  app.clock.advance(4 * minute)
  token = await renew()
  expect(kidOf(token)).toBe(before)
  app.clock.advance(2 * minute)
  expect(kidOf(await renew())).toBe(announced[1])
  app.clock.advance(3 * minute)
  expect(await ask()).toBeUndefined()
  token = await renew()
  app.clock.advance(8 * minute)
  expect((await publish()).keys.map(({ kid }) => kid)).toEqual([announced[1]])
  expect(await ask()).toBeUndefined()
})

test('a key that somebody else may know is gone at once, with every token it made; who signs in again goes on', async () => {
  rotateTokenKeys(app.config, app.clock.now(), 'at-once')
  expect(await ask()).toBe('token-invalid')
  token = await signIn(teller, 'teller')
  expect(await ask()).toBeUndefined()
  expect((await publish()).keys).toHaveLength(1)
})
