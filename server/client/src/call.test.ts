import { DomainError, routes } from '@ikd/contract'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type ClientOptions, createClient, generateSigningKey, NetworkError, type SigningKey, webCryptoSigningKey } from './index.ts'
import { type Answer, sendJson, sendProblem, startServer } from './testing/loopback.ts'

type Server = Awaited<ReturnType<typeof startServer>>

let key: SigningKey
let server: Server
const waited: number[] = []

beforeAll(async () => {
  key = await webCryptoSigningKey(await generateSigningKey())
})

afterEach(async () => {
  await server.close()
  waited.length = 0
})

async function clientOf(answer: Answer, options: Partial<ClientOptions> = {}) {
  server = await startServer(answer)
  return createClient({ baseUrl: server.url, key, wait: async (ms) => void waited.push(ms), ...options })
}

describe('proofs', () => {
  test('the first request learns the nonce and goes out once more with a new proof and the same idempotency key', async () => {
    const client = await clientOf((seen, response) =>
      seen.proof?.['nonce'] === 'n1'
        ? sendJson(response, { ok: 1 }, { 'DPoP-Nonce': 'n2' })
        : sendProblem(response, 'proof-nonce-required', {}, { 'DPoP-Nonce': 'n1' }),
    )
    await client.call(routes.device.newCode, { token: 't' })
    const [first, second] = server.seen
    expect(server.seen).toHaveLength(2)
    expect(first?.proof?.['jti']).not.toBe(second?.proof?.['jti'])
    expect(first?.headers['idempotency-key']).toBe(second?.headers['idempotency-key'])
    expect(second?.headers['authorization']).toBe('DPoP t')
    expect(second?.proof).toHaveProperty('ath')
    expect(waited).toEqual([])
  })

  test('every answer brings the nonce of the next request', async () => {
    const client = await clientOf((_, response, count) => sendJson(response, {}, { 'DPoP-Nonce': `n${count}` }))
    await client.call(routes.device.session)
    await client.call(routes.device.session)
    expect(server.seen.map((seen) => seen.proof?.['nonce'])).toEqual([undefined, 'n1'])
  })

  test('a server that asks for a nonce without end is asked twice, not for ever', async () => {
    const client = await clientOf((_, response, count) => sendProblem(response, 'proof-nonce-required', {}, { 'DPoP-Nonce': `n${count}` }))
    await expect(client.call(routes.device.session)).rejects.toMatchObject({ code: 'proof-nonce-required' })
    expect(server.seen).toHaveLength(2)
  })

  test('a public route carries neither proof nor key', async () => {
    const client = await clientOf((_, response) => sendJson(response, { offices: [] }))
    expect(await client.call(routes.service.offices)).toEqual({ offices: [] })
    expect(server.seen[0]?.headers['dpop']).toBeUndefined()
  })

  test('a route that needs a key is not even sent without one', async () => {
    server = await startServer((_, response) => sendJson(response, {}))
    await expect(createClient({ baseUrl: server.url }).call(routes.device.session)).rejects.toBeInstanceOf(TypeError)
    expect(server.seen).toEqual([])
  })
})

describe('requests', () => {
  test('a query is sent in engines whose search parameters have no size (Safari before 17)', async () => {
    const size = Object.getOwnPropertyDescriptor(URLSearchParams.prototype, 'size')
    Reflect.deleteProperty(URLSearchParams.prototype, 'size')
    try {
      const client = await clientOf((_, response) => sendJson(response, { entries: [] }))
      await client.call(routes.holder.activity, { query: { before: 5 }, token: 't' })
      expect(server.seen[0]?.path).toBe('/v1/holder/activity?before=5')
    } finally {
      if (size) Object.defineProperty(URLSearchParams.prototype, 'size', size)
    }
  })

  test('path, query and body stand where the route wants them, escaped', async () => {
    const client = await clientOf((_, response) => sendJson(response, {}))
    await client.call(routes.cases.get, { params: { caseId: 'a/b?c' }, token: 't' })
    await client.call(routes.holder.activity, { query: { before: 5 }, token: 't' })
    await client.call(routes.device.setPin, { body: { pin: '123987' }, token: 't' })
    expect(server.seen.map((seen) => seen.path)).toEqual(['/v1/cases/a%2Fb%3Fc', '/v1/holder/activity?before=5', '/v1/device/activation/pin'])
    expect(server.seen[1]?.proof?.['htu']).toBe(`${server.url}/v1/holder/activity`)
    expect(server.seen[2]?.body).toBe('{"pin":"123987"}')
  })

  test('only what changes state carries an idempotency key, and one that is given is kept', async () => {
    const client = await clientOf((_, response) => sendJson(response, {}))
    await client.call(routes.device.status, { token: 't' })
    await client.call(routes.device.session)
    await client.call(routes.device.newCode, { token: 't', idempotencyKey: 'mine' })
    await client.call(routes.device.newCode, { token: 't' })
    const keys = server.seen.map((seen) => seen.headers['idempotency-key'])
    expect(keys.slice(0, 3)).toEqual([undefined, undefined, 'mine'])
    expect(keys[3]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('failures', () => {
  test('a refusal arrives as DomainError with its facts', async () => {
    const client = await clientOf((_, response) => sendProblem(response, 'pin-wrong', { triesLeft: 2 }))
    const error = await client.call(routes.holder.unlock, { body: { pin: '000000' }, token: 't' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(DomainError)
    expect(error).toMatchObject({ code: 'pin-wrong', facts: { triesLeft: 2 } })
    expect(server.seen).toHaveLength(1)
  })

  test('a robot check that is asked for says how hard it must be', async () => {
    const client = await clientOf((_, response) => sendProblem(response, 'robot-check-needed', { effort: 3 }))
    await expect(client.call(routes.staff.signIn, { body: { username: 'teller', password: 'x' } })).rejects.toMatchObject({ facts: { effort: 3 } })
  })

  test('the time to try again is told in the clock of this device, even when that clock is wrong', async () => {
    const serverNow = Math.floor(Date.now() / 1000) * 1000
    const ahead = 3_600_000
    const client = await clientOf(
      (_, response) => sendProblem(response, 'pin-paused', { retryAt: serverNow + 300_000 }, { date: new Date(serverNow).toUTCString() }),
      { now: () => serverNow + ahead },
    )
    await expect(client.call(routes.holder.unlock, { body: { pin: '000000' }, token: 't' })).rejects.toMatchObject({
      facts: { retryAt: serverNow + ahead + 300_000 },
    })
  })

  test('an answer lost on the way is asked for again with the same idempotency key', async () => {
    const client = await clientOf((_, response, count) => (count < 3 ? void response.destroy() : sendJson(response, { done: true })))
    expect(await client.call(routes.device.newCode, { token: 't' })).toEqual({ done: true })
    expect(new Set(server.seen.map((seen) => seen.headers['idempotency-key'])).size).toBe(1)
    expect(waited).toEqual([500, 1_500])
  })

  test('after three repetitions the network is given up', async () => {
    const client = await clientOf((_, response) => void response.destroy())
    const error = await client.call(routes.device.status, { token: 't' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ reason: 'offline' })
    expect(server.seen).toHaveLength(4)
  })

  test('a busy server is asked again, any other refusal is final', async () => {
    const client = await clientOf((_, response, count) => (count === 1 ? sendProblem(response, 'busy') : sendProblem(response, 'internal')))
    await expect(client.call(routes.device.newCode, { token: 't' })).rejects.toMatchObject({ code: 'internal' })
    expect(server.seen).toHaveLength(2)
  })

  test('silence ends in a timeout', async () => {
    const client = await clientOf(() => undefined, { timeoutMs: 40 })
    await expect(client.call(routes.device.status, { token: 't' })).rejects.toMatchObject({ name: 'NetworkError', reason: 'timeout' })
  })

  test('an answer that stops in the middle counts as lost', async () => {
    const client = await clientOf((_, response, count) => {
      if (count > 1) return sendJson(response, { whole: true })
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"who', () => response.destroy())
    })
    expect(await client.call(routes.device.status, { token: 't' })).toEqual({ whole: true })
  })

  test('somebody else’s page, such as a hotel’s sign-in, is unreadable and not asked again', async () => {
    const client = await clientOf((_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Wi-Fi</h1>'))
    await expect(client.call(routes.device.status, { token: 't' })).rejects.toMatchObject({ name: 'NetworkError', reason: 'unreadable' })
    expect(server.seen).toHaveLength(1)
  })

  test('a gateway without its server behind it is asked again', async () => {
    const client = await clientOf((_, response, count) => (count === 1 ? void response.writeHead(502).end('Bad Gateway') : sendJson(response, { up: true })))
    expect(await client.call(routes.device.newCode, { token: 't' })).toEqual({ up: true })
  })

  test('no redirect is followed: a proof is made for one address', async () => {
    const client = await clientOf((_, response) => void response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end())
    await expect(client.call(routes.device.status, { token: 't' })).rejects.toMatchObject({ name: 'NetworkError' })
  })

  test('whoever calls may give up at any time, with their own reason', async () => {
    const leaving = new AbortController()
    const client = await clientOf(() => leaving.abort(new Error('left the page')))
    await expect(client.call(routes.device.status, { token: 't', signal: leaving.signal })).rejects.toThrow('left the page')
    expect(server.seen).toHaveLength(1)
  })
})
