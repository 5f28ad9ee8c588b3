import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from './security/digest.ts'
import { raiseTestApp, type TestApp } from './testing/app.ts'
import { bindResident, openDesk, type TestDesk } from './testing/bound.ts'

let app: TestApp

let desk: TestDesk

beforeAll(async () => {
  app = await raiseTestApp()
  desk = await openDesk(app, 'dua', 0)
})

afterAll(() => app.close())

/** A phone in use, with a token for its device. */
async function bind(pin = '472915') {
  const { client, bindingId, session } = await bindResident(app, desk, { pin })
  return { client, bindingId, device: await session() }
}

const unlock = (token: string, pin: string, idempotencyKey = randomUUID()) =>
  ({ method: 'POST', path: '/v1/holder/unlock', token, idempotencyKey, body: { pin } }) as const

describe('what a stolen database tells of a PIN', () => {
  test('is nothing: no digest in it is the plain hash of a request', async () => {
    const { client, device } = await bind('730264')
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
    const { client, device } = await bind()
    const request = unlock(device, '472915')
    expect((await client.send(request)).status).toBe(200)
    expect((await client.send(request)).status).toBe(200)
  })

  test('dies with the PIN it was made with', async () => {
    const { client, device } = await bind()
    const request = unlock(device, '472915')
    const holder = (await client.send(request)).body['accessToken'] as string
    app.clock.advance(1)
    const changed = await client.send({ method: 'POST', path: '/v1/holder/pin', token: holder, body: { currentPin: '472915', newPin: '918273' } })
    expect(changed.status).toBe(200)
    expect((await client.send(request)).body['code']).toBe('token-expired')
  })

  test('with another PIN under its key is one more guess', async () => {
    const { client, device, bindingId } = await bind()
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
  const { client } = await bind()
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
