import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allRoutes, type ProblemCode } from '@ikd/contract'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectionLimits } from './plugins/connections.ts'
import { isUrgent } from './plugins/pressure.ts'
import { raiseTestApp, type TestApp } from './testing/app.ts'
import { readAnswers, sendRaw } from './testing/wire.ts'

const site = mkdtempSync(join(tmpdir(), 'ikd-site-'))
writeFileSync(join(site, 'index.html'), '<!doctype html><title>IKD</title>')
let app: TestApp
let port: number

beforeAll(async () => {
  app = await raiseTestApp({ residentDirectory: site })
  await app.app.listen({ host: '127.0.0.1', port: 0 })
  port = (app.app.server.address() as AddressInfo).port
})
afterAll(async () => {
  app.app.server.closeAllConnections()
  await app.close()
  rmSync(site, { recursive: true })
})

const protectedBy = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; frame-ancestors 'none'`,
}

/** The one answer to bytes that are refused: a problem with our headers, quoting nothing, and the connection gone. */
async function refusal(bytes: string): Promise<{ code: ProblemCode; status: number; quotes: boolean; answers: number; closed: boolean }> {
  const { text, closed } = await sendRaw(port, bytes)
  const answers = readAnswers(text)
  const [answer] = answers
  if (!answer) throw new Error(`no answer: ${text.slice(0, 200)}`)
  expect(answer.headers).toMatchObject({ ...protectedBy, 'content-type': 'application/problem+json' })
  return { code: (JSON.parse(answer.body) as { code: ProblemCode }).code, status: answer.status, quotes: text.includes('jangan-dikutip'), answers: answers.length, closed }
}

describe('what is no HTTP', () => {
  const host = 'Host: localhost\r\n'
  test.each<[string, string, ProblemCode]>([
    ['garbage', 'jangan-dikutip\r\n\r\n', 'request-invalid'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03jangan-dikutip', 'request-invalid'],
    ['a method nobody knows', `JANGAN /health HTTP/1.1\r\n${host}\r\n`, 'request-invalid'],
    ['another version', `GET /health HTTP/9.9\r\n${host}\r\n`, 'request-invalid'],
    ['a header without a name', `GET /health HTTP/1.1\r\n${host}: jangan-dikutip\r\n\r\n`, 'request-invalid'],
    ['a NUL in a header', `GET /health HTTP/1.1\r\n${host}X: a\0jangan-dikutip\r\n\r\n`, 'request-invalid'],
    ['headers of seventeen kilobytes', `GET /health HTTP/1.1\r\n${host}X: jangan-dikutip${'x'.repeat(17 * 1024)}\r\n\r\n`, 'headers-too-large'],
    ['an address of seventeen kilobytes', `GET /${'x'.repeat(17 * 1024)} HTTP/1.1\r\n${host}\r\n`, 'headers-too-large'],
    ['ten thousand headers', `GET /health HTTP/1.1\r\n${host}${'A: b\r\n'.repeat(10_000)}\r\n`, 'headers-too-large'],
    // Two readers of one request must not come to two ends of it (RFC 9112 §6.3, §11.2).
    ['a length and chunks', `POST /v1/registrations HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\n${host}\r\n`, 'request-invalid'],
    ['two lengths', `POST /v1/registrations HTTP/1.1\r\n${host}Content-Length: 4\r\nContent-Length: 40\r\n\r\nabcd`, 'request-invalid'],
    ['a length with a sign', `POST /v1/registrations HTTP/1.1\r\n${host}Content-Length: +4\r\n\r\nabcd`, 'request-invalid'],
    ['a coding behind chunked', `POST /v1/registrations HTTP/1.1\r\n${host}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`, 'request-invalid'],
    ['a blank before the colon', `POST /v1/registrations HTTP/1.1\r\n${host}Content-Length : 4\r\n\r\nabcd`, 'request-invalid'],
    ['a folded header', `POST /v1/registrations HTTP/1.1\r\n${host}X: a\r\n Content-Length: 4\r\n\r\nabcd`, 'request-invalid'],
    ['lines ended by LF alone', 'GET /health HTTP/1.1\nHost: localhost\n\n', 'request-invalid'],
    ['a bare CR', `GET /health HTTP/1.1\r\n${host}X: a\rY: b\r\n\r\n`, 'request-invalid'],
  ])('%s is refused once, quoted never, and hung up on', async (_what, bytes, code) => {
    expect(await refusal(bytes)).toMatchObject({ code, quotes: false, answers: 1, closed: true })
  })

  test('behind good requests is hung up on, and its refusal never taken for their answer', async () => {
    const good = `GET /v1/offices HTTP/1.1\r\n${host}\r\n`
    const { text, closed } = await sendRaw(port, good + good + 'jangan-dikutip\r\n\r\n')
    expect([closed, readAnswers(text).every(({ status }) => status === 200), text.includes('jangan-dikutip')]).toEqual([true, true, false])
  })

  test('is a coding nobody knows: no answer could be told from the next one’s, so there is none', async () => {
    const { text, closed } = await sendRaw(port, `POST /v1/registrations HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\nGET /v1/offices HTTP/1.1\r\n${host}\r\n`)
    expect([closed, readAnswers(text).filter(({ status }) => status < 400)]).toEqual([true, []])
  })

  test('has no host', async () => {
    const { text } = await sendRaw(port, 'GET /v1/offices HTTP/1.1\r\nConnection: close\r\n\r\n')
    expect(readAnswers(text)).toMatchObject([{ status: 400, headers: protectedBy }])
  })
})

describe('a request that is too much', () => {
  const inject = async (options: InjectOptions) => {
    const answer = await app.app.inject(options)
    return { status: answer.statusCode, code: answer.json<{ code: string }>().code, headers: answer.headers, body: answer.body }
  }
  test('by its address is told so', async () => {
    expect(await inject({ method: 'GET', url: `/v1/offices?${'jangan-dikutip'.repeat(200)}` })).toMatchObject({ status: 414, code: 'address-too-long', body: expect.not.stringContaining('jangan') })
  })
  test('by its body is told so, and a stranger’s is not even read', async () => {
    const body = { method: 'POST', headers: { 'content-type': 'application/json' }, payload: JSON.stringify({ token: 'x'.repeat(40_000) }) } as const
    expect(await inject({ ...body, url: '/v1/activations/opening' })).toMatchObject({ status: 413, code: 'body-too-large' })
    expect(await inject({ ...body, url: '/v1/registrations' })).toMatchObject({ status: 401, code: 'proof-missing' })
  })
  test.each(['text/plain', 'text/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/json; charset=utf-7', 'application/cbor', 'x'])(
    'as %s is no body of ours, save where a form is agreed on',
    async (type) => {
      const answer = await inject({ method: 'POST', url: '/v1/activations/opening', headers: { 'content-type': type }, payload: 'token=AAAAAAAAAAAAAAAAAAAAAA' })
      expect([answer.status, answer.code]).toEqual([400, 'request-invalid'])
    },
  )
  test('with a NUL in a text is refused before anybody reads it', async () => {
    // A field that takes any text: without the rule it would be told that the robot check is wrong.
    const payload = '{"token":"AAAAAAAAAAAAAAAAAAAAAA","code":"123456","captcha":"a\\u0000b"}'
    expect(await inject({ method: 'POST', url: '/v1/activations/confirmation', headers: { 'content-type': 'application/json' }, payload })).toMatchObject({ status: 400, code: 'request-invalid' })
  })
  test('with a poisoned prototype, or a hundred thousand brackets is refused', async () => {
    for (const payload of ['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}', '['.repeat(16_000) + ']'.repeat(16_000), '{"a":'.repeat(6_000), '{']) {
      expect(await inject({ method: 'POST', url: '/v1/activations/opening', headers: { 'content-type': 'application/json' }, payload })).toMatchObject({ status: 400, code: 'request-invalid' })
    }
  })
})

describe('every kind of answer', () => {
  const page = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'`
  test.each<[string, string, Record<string, string>, number]>([
    ['an answer', '/v1/offices', {}, 200],
    ['the key set', '/.well-known/jwks.json', {}, 200],
    ['a refusal', '/v1/device', {}, 401],
    ['an address that is none', '/v1/nothing', {}, 404],
    ['an address nobody can read', '/v1/cases/%ZZ', {}, 400],
    ['an address that climbs', '/..%2f..%2fetc/passwd', {}, 404],
    ['a preflight', '/v1/offices', { origin: 'https://example.invalid', 'access-control-request-method': 'GET' }, 204],
  ])('%s has its headers', async (_what, url, headers, status) => {
    const answer = await app.app.inject({ method: status === 204 ? 'OPTIONS' : 'GET', url, headers })
    if (status !== 204) expect(answer.statusCode).toBe(status)
    expect(answer.headers).toMatchObject({ ...protectedBy, 'cross-origin-opener-policy': 'same-origin' })
    // No origin but the counter's is let in.
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })
  test.each(['/', '/lembaga', '/aktivasi'])('the page %s has its policy', async (url) => {
    const answer = await app.app.inject({ url, headers: { accept: 'text/html' } })
    const policy = String(answer.headers['content-security-policy'])
    expect([answer.statusCode, policy.startsWith(page)]).toEqual([200, true])
    for (const rule of [`frame-ancestors 'none'`, `require-trusted-types-for 'script'`, `base-uri 'none'`, `form-action 'none'`]) expect(policy).toContain(rule)
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:/)
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  })
})

test('a slow client is given its time by the settings of every server we listen with', () => {
  const { http, requestTimeout } = connectionLimits
  expect([http.headersTimeout, requestTimeout, http.connectionsCheckingInterval]).toEqual([15_000, 60_000, 5_000])
})

describe('under pressure', () => {
  test('the server turns requests away with Retry-After, says so in /health, serves what stops harm, and recovers', async () => {
    const limits = { eventLoopDelayMs: 0, heapBytes: 0, rssBytes: 1 }
    const pressed = await raiseTestApp({}, limits)
    try {
      await expect.poll(async () => (await pressed.app.inject('/v1/offices')).statusCode, { timeout: 6_000 }).toBe(503)
      const busy = await pressed.app.inject('/health')
      expect([busy.statusCode, busy.json<{ code: string }>().code, busy.headers['retry-after']]).toEqual([503, 'busy', '5'])
      expect(busy.headers).toMatchObject(protectedBy)
      const stop = await pressed.app.inject({ method: 'DELETE', url: '/v1/staff/sessions/current' })
      expect(stop.json<{ code: string }>().code).toBe('proof-missing')
    } finally {
      await pressed.close()
    }
  })

  test('what stops harm is never shed: suspending, blocking, signing out', () => {
    const names = allRoutes.filter(isUrgent).map(({ id }) => id)
    expect(names.sort()).toEqual(['cases.block', 'staff.signOut', 'suspensions.open', 'suspensions.suspend'])
  })
})
