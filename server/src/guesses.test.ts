import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from './security/digest.ts'
import { bindPhone, makeTestClient, raiseTestApp, type TestApp } from './testing/app.ts'

let app: TestApp

beforeEach(async () => {
  app = await raiseTestApp()
})

afterEach(() => app.close())

const unlock = (token: string, pin: string, idempotencyKey = randomUUID()) =>
  ({ method: 'POST', path: '/v1/holder/unlock', token, idempotencyKey, body: { pin } }) as const

describe('what a stolen database tells of a PIN', () => {
  test('is nothing: no digest in it is the plain hash of a request', async () => {
    const client = makeTestClient(app)
    const { device } = await bindPhone(client, app, '730264')
    await client.send(unlock(device, '730264'))
    const rows = await app.store.selectFrom('idempotency').select('request_hash').where('route', '=', 'holder.unlock').execute()
    const plain = sha256(JSON.stringify(['holder.unlock', '/v1/holder/unlock', { pin: '730264' }])).toString('hex')
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map(({ request_hash: hash }) => hash)).not.toContain(plain)
    // The same PIN under another key looks like another PIN.
    expect(new Set(rows.map(({ request_hash: hash }) => hash)).size).toBe(rows.length)
  })
})

describe('an unlock repeated', () => {
  test('is answered again within its minute, for a lost answer', async () => {
    const client = makeTestClient(app)
    const { device } = await bindPhone(client, app)
    const request = unlock(device, '472915')
    expect((await client.send(request)).status).toBe(200)
    expect((await client.send(request)).status).toBe(200)
  })

  test('dies with the PIN it was made with', async () => {
    const client = makeTestClient(app)
    const { device } = await bindPhone(client, app)
    const request = unlock(device, '472915')
    const holder = (await client.send(request)).body['accessToken'] as string
    app.clock.advance(1)
    const changed = await client.send({ method: 'POST', path: '/v1/holder/pin', token: holder, body: { currentPin: '472915', newPin: '918273' } })
    expect(changed.status).toBe(200)
    expect((await client.send(request)).body['code']).toBe('token-expired')
  })

  test('with another PIN under its key is one more guess', async () => {
    const client = makeTestClient(app)
    const { device, bindingId } = await bindPhone(client, app)
    const key = randomUUID()
    await client.send(unlock(device, '472915', key))
    for (let i = 0; i < 3; i++) expect((await client.send(unlock(device, `30581${i}`, key))).body['code']).toBe('idempotency-key-reused')
    const { pin_row: row } = await app.store.selectFrom('binding').select('pin_row').where('id', '=', bindingId).executeTakeFirstOrThrow()
    expect(row).toBe(3)
    expect((await client.send(unlock(device, '472915'))).body['code']).toBe('pin-paused')
    expect((await client.send(unlock(device, '472915', key))).body['code']).toBe('token-expired')
  })
})

test('ten wrong PINs in a row lead to the office, whatever the pauses', async () => {
  const client = makeTestClient(app)
  await bindPhone(client, app)
  const token = async () => {
    const { body } = await client.send({ method: 'POST', path: '/v1/device/session' })
    return (body['token'] as { accessToken: string }).accessToken
  }
  const codes: unknown[] = []
  for (let i = 0; i < 10; i++) {
    codes.push((await client.send(unlock(await token(), `30581${i % 10}`))).body['code'])
    if (i % 3 === 2) app.clock.advance(5 * 60_000 + 1)
  }
  expect(codes).toEqual(['pin-wrong', 'pin-wrong', 'pin-paused', 'pin-wrong', 'pin-wrong', 'pin-paused', 'pin-wrong', 'pin-wrong', 'pin-paused', 'pin-blocked'])
  app.clock.advance(86_400_000)
  expect((await client.send(unlock(await token(), '472915'))).body['code']).toBe('pin-blocked')
})
