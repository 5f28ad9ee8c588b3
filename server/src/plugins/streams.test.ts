import type { AddressInfo } from 'node:net'
import { routes } from '@ikd/contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { minute, second } from '../clock.ts'
import { sha256 } from '../security/digest.ts'
import { makeTestClient, raiseTestApp, register, signIn, type TestApp, type TestClient } from '../testing/app.ts'
import { testConfig } from '../testing/core.ts'
import { connectForGood, countConnections } from '../testing/wire.ts'

let app: TestApp
let origin: string
let officer: TestClient
let colleague: { readonly client: TestClient; readonly token: string }
let residentId: string

beforeAll(async () => {
  app = await raiseTestApp()
  await app.app.listen({ host: '127.0.0.1', port: 0 })
  origin = `http://127.0.0.1:${(app.app.server.address() as AddressInfo).port}`
  officer = makeTestClient(app)
  await signIn(officer, 'officer.satu', 'satu-kode-0')
  const client = makeTestClient(app)
  colleague = { client, token: await signIn(client, 'supervisor.satu', 'satu-kode-1') }
  residentId = (await app.store.selectFrom('resident').select('id').executeTakeFirstOrThrow()).id
})
afterAll(async () => {
  app.app.server.closeAllConnections()
  await app.close()
})

interface Listening {
  /** All that has come so far. */
  text(): string
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>
}

/** Opens a stream over a real connection, as a front end does. */
async function listen(client: TestClient, path: string, token: string): Promise<Listening> {
  const dpop = await client.prove({ htm: 'GET', htu: testConfig.publicUrl + path, nonce: await client.nonce(), ath: sha256(token).toString('base64url') })
  const response = await fetch(origin + path, { headers: { authorization: `DPoP ${token}`, dpop } })
  expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'text/event-stream', 'no-store'])
  let text = ''
  const ended = (async () => {
    for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk)
  })()
  await vi.waitFor(() => expect(text).toBe(': open\n\n'))
  return { text: () => text, ended }
}

/** Something happens in the office that its desks hear of. */
async function openCase(): Promise<string> {
  const opened = await colleague.client.send({
    method: 'POST', path: routes.cases.open.path, token: colleague.token, body: { from: 'lookup', kind: 'service', residentId, purpose: 'no-phone' },
  })
  return opened.body['id'] as string
}

const stillOpen = (stream: Listening) => Promise.race([stream.ended.then(() => false), new Promise<boolean>((resolve) => setTimeout(resolve, 100, true))])

/** The next heartbeat of the streams opened within, now. */
async function withHeartbeats(run: (beat: () => void) => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    await run(() => void vi.advanceTimersByTime(15 * second))
  } finally {
    vi.useRealTimers()
  }
}

describe('a stream', () => {
  test('tells what happens while its caller may hear it, and nothing after that', async () => {
    const token = await signIn(officer, 'officer.satu')
    const stream = await listen(officer, routes.cases.events.path, token)
    const first = await openCase()
    await vi.waitFor(() => expect(stream.text()).toContain(`data: {"type":"case","caseId":"${first}"}\n\n`))
    await officer.send({ method: 'DELETE', path: routes.staff.signOut.path, token })
    const second = await openCase()
    await stream.ended
    expect(stream.text()).not.toContain(second)
  })

  test.each([
    ['session', async (token: string) => void (await officer.send({ method: 'DELETE', path: routes.staff.signOut.path, token }))],
    ['workstation', async () => void (await app.store.updateTable('workstation').set({ revoked_at: app.clock.now() }).execute())],
    ['token', async () => app.clock.advance(10 * minute)],
  ] as const)('ends at its next heartbeat once the %s has ended', async (_what, end) => {
    await app.store.updateTable('workstation').set({ revoked_at: null }).execute()
    const token = await signIn(officer, 'officer.satu')
    await withHeartbeats(async (beat) => {
      const stream = await listen(officer, routes.cases.events.path, token)
      beat()
      await vi.waitFor(() => expect(stream.text()).toBe(': open\n\n: beat\n\n'))
      expect(await stillOpen(stream)).toBe(true)
      await end(token)
      beat()
      await stream.ended
    })
    await app.store.updateTable('workstation').set({ revoked_at: null }).execute()
  })

  test('of a phone ends with its token as well', async () => {
    const phone = makeTestClient(app)
    const registered = await register(phone, app)
    const { accessToken } = registered.body['token'] as { accessToken: string }
    await withHeartbeats(async (beat) => {
      const stream = await listen(phone, routes.device.events.path, accessToken)
      app.clock.advance(10 * minute)
      beat()
      await stream.ended
    })
  })

  test('that was ended is let go of, though its client never closes its side', async () => {
    const token = await signIn(officer, 'officer.satu')
    const { path } = routes.cases.events
    const dpop = await officer.prove({ htm: 'GET', htu: testConfig.publicUrl + path, nonce: await officer.nonce(), ath: sha256(token).toString('base64url') })
    const { server } = app.app
    const usual = server.keepAliveTimeout
    server.keepAliveTimeout = 100
    // Those of the tests before.
    server.closeAllConnections()
    await withHeartbeats(async (beat) => {
      const socket = await connectForGood((server.address() as AddressInfo).port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: DPoP ${token}\r\nDPoP: ${dpop}\r\n\r\n`)
      let text = ''
      socket.on('data', (chunk: Buffer) => void (text += chunk.toString()))
      await vi.waitFor(() => expect(text).toContain(': open'))
      await officer.send({ method: 'DELETE', path: routes.staff.signOut.path, token })
      beat()
      await vi.waitFor(async () => expect(await countConnections(server)).toBe(0), { timeout: 5_000 })
      socket.destroy()
    })
    server.keepAliveTimeout = usual
  }, 15_000)

  test('beyond the fourth of one person ends their oldest', async () => {
    const token = await signIn(officer, 'officer.satu')
    const streams = []
    for (let i = 0; i < 5; i++) streams.push(await listen(officer, routes.cases.events.path, token))
    await streams[0]?.ended
    expect(await Promise.all(streams.slice(1).map(stillOpen))).toEqual([true, true, true, true])
  })
})
