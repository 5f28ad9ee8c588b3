import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { minute } from './clock.ts'
import { loadConfig } from './config.ts'
import { buildSite } from './plugins/site.ts'
import { raiseTestApp, type TestApp } from './testing/app.ts'

let app: TestApp
afterEach(() => app?.close())

const site = mkdtempSync(join(tmpdir(), 'ikd-site-'))
writeFileSync(join(site, 'index.html'), '<!doctype html>')
afterAll(() => rmSync(site, { recursive: true }))

describe('an address that is none', () => {
  const problem = (status: number, code: string) => ({
    status,
    type: 'application/problem+json',
    csp: `default-src 'none'; frame-ancestors 'none'`,
    sniff: 'nosniff',
    body: { type: `urn:ikd:problem:${code}`, title: code, status, code },
  })
  async function get(from: TestApp['app'], url: string) {
    const { statusCode: status, headers, body } = await from.inject({ method: 'GET', url })
    return { status, type: headers['content-type'], csp: headers['content-security-policy'], sniff: headers['x-content-type-options'], body: JSON.parse(body) as unknown }
  }

  test('is a problem like any other, and is not quoted', async () => {
    app = await raiseTestApp()
    expect(await get(app.app, '/v1/cases/%ZZ')).toEqual(problem(400, 'request-invalid'))
    expect(await get(app.app, '/v1/nothing')).toEqual(problem(404, 'route-unknown'))
  })

  test('is so beside the resident app, and at the counter app’s host, too', async () => {
    app = await raiseTestApp({ residentDirectory: site })
    const counter = await buildSite({ directory: site, connect: [] })
    for (const one of [app.app, counter]) {
      expect(await get(one, '/v1/cases/%ZZ')).toEqual(problem(400, 'request-invalid'))
      expect(await get(one, '/v1/nothing')).toEqual(problem(404, 'route-unknown'))
    }
    await counter.close()
  })
})

describe('the client behind a proxy', () => {
  const left = async (forwardedFor: string) => {
    const answer = await app.app.inject({ method: 'GET', url: '/health', headers: { 'x-forwarded-for': forwardedFor } })
    return Number(answer.headers['x-ratelimit-remaining'])
  }

  test('has a limit of its own when the proxy is one we trust', async () => {
    app = await raiseTestApp({ trustedProxies: ['127.0.0.1'] })
    const first = await left('203.0.113.1')
    expect(await left('203.0.113.1')).toBe(first - 1)
    expect(await left('203.0.113.2')).toBe(first)
    // What a client wrote there itself stands further left, and counts for nothing.
    expect(await left('198.51.100.7, 203.0.113.1')).toBe(first - 2)
  })

  test('cannot choose its address when no proxy is trusted', async () => {
    app = await raiseTestApp()
    const first = await left('203.0.113.1')
    expect(await left('203.0.113.2')).toBe(first - 1)
  })

  test('is told apart by the proxies the settings name', () => {
    const data = mkdtempSync(join(tmpdir(), 'ikd-config-'))
    expect(loadConfig({ IKD_DATA: data }).trustedProxies).toEqual([])
    expect(loadConfig({ IKD_DATA: data, IKD_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' }).trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8'])
    rmSync(data, { recursive: true })
  })
})

test('a flood from one address is refused with a problem like any other, and says when it is over', async () => {
  app = await raiseTestApp()
  const answers = await Promise.all(Array.from({ length: 601 }, () => app.app.inject({ method: 'GET', url: '/health' })))
  const refused = answers.find(({ statusCode }) => statusCode === 429)
  expect(refused?.headers['content-type']).toBe('application/problem+json')
  expect(refused?.json()).toMatchObject({ type: 'urn:ikd:problem:too-many-requests', status: 429, code: 'too-many-requests', retryAt: expect.any(Number) })
})

test('a waiting room that opens the app for the first time is no flood, and leaves the API its own count', async () => {
  app = await raiseTestApp({ residentDirectory: site })
  const files = await Promise.all(Array.from({ length: 1_000 }, () => app.app.inject({ method: 'GET', url: '/index.html' })))
  expect(new Set(files.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
  expect((await app.app.inject({ method: 'GET', url: '/health' })).statusCode).toBe(200)
})

test('a request must have arrived within a minute', async () => {
  app = await raiseTestApp()
  expect(app.app.server.requestTimeout).toBe(minute)
})
