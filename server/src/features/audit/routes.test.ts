import { routes } from '@ikd/contract'
import { compactVerify, createLocalJWKSet } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSecrets } from '../../security/secrets.ts'
import { makeTestClient, raiseTestApp, signIn, type TestApp } from '../../testing/app.ts'
import { createHeadKeys } from './heads.ts'
import { verifyAudit } from './verify.ts'

let app: TestApp
beforeAll(async () => {
  app = await raiseTestApp()
})
afterAll(() => app.close())

const heads = async (query = '') => (await app.app.inject({ method: 'GET', url: `${routes.audit.heads.path}${query}` })).json()

test('anybody may fetch the signed heads, and check them with nothing but JOSE and the key beside them', async () => {
  await signIn(makeTestClient(app), 'officer.satu', 'satu-kode-0')
  // The server signs by itself, within a second of its start or a minute of its last signature.
  await expect.poll(async () => (await heads()).heads.length, { timeout: 10_000 }).toBe(1)
  const { keys, heads: [head] } = await heads()
  const { payload, protectedHeader } = await compactVerify(head.jws, createLocalJWKSet({ keys }))
  expect(protectedHeader).toEqual({ alg: 'ES256', kid: keys[0].kid, typ: 'ikd-log-head' })
  const { log, number, from, to, at, root } = head
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ log, number, from, to, at, root, previous: '0'.repeat(64) })
  expect(head).toMatchObject({ log: 'chain', number: 1, from: 1 })
  const entry = await app.store.selectFrom('audit_entry').select('hash').where('seq', '=', to).executeTakeFirstOrThrow()
  expect(root).toBe(entry.hash)
  expect(Object.keys(keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])

  expect((await verifyAudit(app.store, createHeadKeys(openSecrets(app.config)), [head.jws])).findings).toEqual([])
  expect((await heads('?log=chain&after=0')).heads).toEqual([head])
  expect((await heads('?log=chain&after=1')).heads).toEqual([])
})
