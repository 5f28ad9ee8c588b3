import { randomUUID } from 'node:crypto'
import { routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { minute, second } from '../clock.ts'
import { makeTestClient, raiseBeside, raiseTestApp, signIn, type TestApp } from '../testing/app.ts'
import { createTestCore, type TestCore } from '../testing/core.ts'
import { clientNetwork } from './limits.ts'

const perMinute = routes.staff.enrolWorkstation.ratePerMinute ?? 0

/** A stranger who makes a new key for each try, and says what they like about where they come from. */
async function guessCode(server: TestApp, remoteAddress: string, forwardedFor?: string): Promise<string> {
  const { path } = routes.staff.enrolWorkstation
  const { app, config } = server
  const stranger = makeTestClient(server)
  const proof = await stranger.prove({ htm: 'POST', htu: config.publicUrl + path, nonce: await stranger.nonce() })
  const answer = await app.inject({
    method: 'POST',
    url: path,
    remoteAddress,
    headers: { dpop: proof, 'idempotency-key': randomUUID(), ...(forwardedFor ? { 'x-forwarded-for': forwardedFor } : {}) },
    payload: { enrolmentCode: 'salah-salah-salah' },
  })
  return (answer.json() as { code: string }).code
}

async function tally(tries: number, guess: (i: number) => Promise<string>): Promise<Record<string, number>> {
  const codes: Record<string, number> = {}
  for (let i = 0; i < tries; i++) {
    const code = await guess(i)
    codes[code] = (codes[code] ?? 0) + 1
  }
  return codes
}

describe('a limit over two servers', () => {
  let first: TestApp
  let second: TestApp
  beforeAll(async () => {
    first = await raiseTestApp()
    second = await raiseBeside(first)
  })
  afterAll(async () => {
    await second.close()
    await first.close()
  })

  it('counts a stranger’s network, whichever server is asked and with however many keys', async () => {
    const codes = await tally(perMinute + 6, (i) => guessCode(i % 2 ? first : second, '203.0.113.1'))
    expect(codes).toEqual({ 'enrolment-code-wrong': perMinute, 'too-many-requests': 6 })
    expect(await guessCode(second, '203.0.113.2')).toBe('enrolment-code-wrong')
  })

  it('is not moved by x-forwarded-for where no proxy is trusted', async () => {
    const codes = await tally(perMinute + 4, (i) => guessCode(first, '203.0.113.3', `198.51.100.${i}`))
    expect(codes).toEqual({ 'enrolment-code-wrong': perMinute, 'too-many-requests': 4 })
  })

  it('counts all of somebody’s IPv6 addresses as one', async () => {
    const codes = await tally(perMinute + 3, (i) => guessCode(first, `2001:db8:1:2::${i + 1}`))
    expect(codes).toEqual({ 'enrolment-code-wrong': perMinute, 'too-many-requests': 3 })
    expect(await guessCode(first, '2001:db8:1:3::1')).toBe('enrolment-code-wrong')
  })

  it('counts a person who is known wherever they come from, and nobody else with them', async () => {
    const { path, ratePerMinute: most = 0 } = routes.residents.search
    const search = async (client: ReturnType<typeof makeTestClient>, token: string, server: TestApp, address: string): Promise<number> => {
      const proof = await client.prove({ htm: 'POST', htu: first.config.publicUrl + path, nonce: await client.nonce(), ath: await hashOf(token) })
      const headers = { dpop: proof, 'authorization': `DPoP ${token}`, 'idempotency-key': randomUUID() }
      const answer = await server.app.inject({ method: 'POST', url: path, remoteAddress: address, headers, payload: { purpose: 'no-phone', by: { nik: '3577025204980003' } } })
      return answer.statusCode
    }
    const [one, other] = [makeTestClient(first), makeTestClient(first)]
    const tokens = [await signIn(one, 'officer.satu', 'satu-kode-0'), await signIn(other, 'officer.dua', 'dua-kode-0')]
    let refused = 0
    for (let i = 0; i < most + 2; i++) if ((await search(one, tokens[0] as string, i % 2 ? first : second, `10.9.8.${i}`)) === 429) refused++
    expect(refused).toBe(2)
    expect(await search(other, tokens[1] as string, first, '10.9.8.1')).not.toBe(429)
  })

  it('keeps no address, only what a key turns into one', async () => {
    const rows = await first.store.selectFrom('rate_window').select('subject').execute()
    expect(rows.length).toBeGreaterThan(0)
    for (const { subject } of rows) expect(subject).toMatch(/^[0-9a-f]{64}$/)
  })
})

test('behind a trusted proxy, what a client writes in front of its address changes nothing', async () => {
  const app = await raiseTestApp({ trustedProxies: ['127.0.0.1'] })
  try {
    const codes = await tally(perMinute + 4, (i) => guessCode(app, '127.0.0.1', `198.51.100.${i}, 203.0.113.9`))
    expect(codes).toEqual({ 'enrolment-code-wrong': perMinute, 'too-many-requests': 4 })
    expect(await guessCode(app, '127.0.0.1', '203.0.113.10')).toBe('enrolment-code-wrong')
  } finally {
    await app.close()
  }
})

describe('the sliding minute', () => {
  let core: TestCore
  beforeAll(async () => {
    core = await createTestCore()
  })
  afterAll(() => core.close())

  /** How many of a burst are let through. */
  async function burst(who: string, size: number, perMinute = 10): Promise<number> {
    const refusals = await Promise.all(Array.from({ length: size }, () => core.limits.take('test', who, perMinute)))
    return refusals.filter((retryAt) => retryAt === undefined).length
  }

  it('lets no second helping through at the turn of the minute', async () => {
    core.clock.advance(minute - (core.clock.now() % minute) - second)
    expect(await burst('turn', 20)).toBe(10)
    core.clock.advance(2 * second)
    expect(await burst('turn', 20)).toBeLessThanOrEqual(1)
    core.clock.advance(30 * second)
    expect(await burst('turn', 20)).toBeLessThanOrEqual(5)
    core.clock.advance(2 * minute)
    expect(await burst('turn', 20)).toBe(10)
  })

  it('says when to come back, and it is true', async () => {
    await burst('back', 10)
    const retryAt = (await core.limits.take('test', 'back', 10)) as number
    expect(retryAt).toBeGreaterThan(core.clock.now())
    expect(retryAt).toBeLessThanOrEqual(core.clock.now() + 2 * minute)
    core.clock.advance(retryAt - core.clock.now())
    expect(await core.limits.take('test', 'back', 10)).toBeUndefined()
  })

  it('counts for each purpose apart', async () => {
    await burst('apart', 10)
    expect(await core.limits.take('another', 'apart', 10)).toBeUndefined()
  })
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:0DB8:0:1:2:3:4:5', '2001:db8:0:1'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('the network of %s is %s', (address, network) => {
  expect(clientNetwork(address)).toBe(network)
})

async function hashOf(token: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(token))).toString('base64url')
}
