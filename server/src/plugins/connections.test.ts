import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo, Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { raiseTestApp, type TestApp } from '../testing/app.ts'
import { connectForGood, connectIdle, countConnections, readAnswers } from '../testing/wire.ts'
import { boundConnections, connectionLimits } from './connections.ts'
import { buildSite } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'ikd-site-'))
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>IKD</title>')
writeFileSync(join(folder, 'big.js'), '/'.repeat(4_000_000))
let app: TestApp
let site: Awaited<ReturnType<typeof buildSite>>

beforeAll(async () => {
  app = await raiseTestApp({ residentDirectory: folder })
  await app.app.listen({ host: '127.0.0.1', port: 0 })
  site = await buildSite({ directory: folder, connect: [] })
  await site.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  app.app.server.closeAllConnections()
  await app.close()
  await site.close()
  rmSync(folder, { recursive: true })
})

const servers = { 'the API': () => app.app.server as Server, 'the counter’s site': () => site.server as Server }
const portOf = (server: Server) => (server.address() as AddressInfo).port
const isGone = (server: Server, patience = 3_000) => vi.waitFor(async () => expect(await countConnections(server)).toBe(0), { timeout: patience, interval: 20 })

async function textOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

describe.each(['the API', 'the counter’s site'] as const)('%s lets go of a client that never closes its side', (name) => {
  const host = 'Host: localhost\r\n'
  test.each<[string, string, number | undefined]>([
    ['garbage', 'bukan-http\r\n\r\n', 400],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['headers of seventeen kilobytes', `GET / HTTP/1.1\r\n${host}X: ${'x'.repeat(17 * 1024)}\r\n\r\n`, 431],
    ['two lengths', `POST /v1/registrations HTTP/1.1\r\n${host}Content-Length: 4\r\nContent-Length: 40\r\n\r\nabcd`, 400],
    ['a request that says it is the last', `GET /health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`, undefined],
    ['HTTP/1.0', `GET / HTTP/1.0\r\n\r\n`, undefined],
    ['a tunnel asked for', `CONNECT example.invalid:443 HTTP/1.1\r\n${host}\r\n`, undefined],
    ['another protocol asked for, and the last request', `GET / HTTP/1.1\r\n${host}Connection: upgrade, close\r\nUpgrade: websocket\r\n\r\n`, undefined],
    ['a body far too large', `POST /v1/activations/opening HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{`, undefined],
    ['good requests and garbage behind them', `GET / HTTP/1.1\r\n${host}\r\nbukan-http\r\n\r\n`, undefined],
  ])('after %s', async (_what, bytes, status) => {
    const server = servers[name]()
    const socket = await connectForGood(portOf(server), bytes)
    const text = textOf(socket).catch(() => '')
    try {
      await isGone(server)
      // Its answer reaches it all the same.
      if (status !== undefined) expect(readAnswers(await text)[0]?.status).toBe(status)
    } finally {
      socket.destroy()
    }
  })

  test('after an answer that left the connection open', async () => {
    const server = servers[name]() as Server & { keepAliveTimeout: number }
    const usual = server.keepAliveTimeout
    server.keepAliveTimeout = 100
    const socket = await connectForGood(portOf(server), `GET / HTTP/1.1\r\n${host}\r\n`)
    try {
      await isGone(server, 5_000)
    } finally {
      socket.destroy()
      server.keepAliveTimeout = usual
    }
  }, 15_000)

  test('and never fetches its answers', async () => {
    const server = servers[name]()
    // For connections from here on; production waits two minutes.
    ;(server as unknown as { timeout: number }).timeout = 300
    const port = portOf(server)
    const socket = await connectForGood(port, `GET /big.js HTTP/1.1\r\n${host}\r\n`.repeat(20))
    socket.pause()
    try {
      await isGone(server, 8_000)
    } finally {
      socket.destroy()
      ;(server as unknown as { timeout: number }).timeout = connectionLimits.connectionTimeout
    }
  }, 15_000)
})

test('no more connections are taken than the settings allow, and the log hears of it once a minute', async () => {
  const lone = await buildSite({ directory: folder, connect: [] })
  const warn = vi.fn()
  let now = 0
  boundConnections(lone.server, 3, { log: { warn }, now: () => now })
  await lone.listen({ host: '127.0.0.1', port: 0 })
  const port = portOf(lone.server)
  const idle = await connectIdle(port, 3)
  try {
    const turnedAway = async () => {
      const socket = await connectForGood(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
      await textOf(socket).catch(() => '')
      socket.destroy()
      return countConnections(lone.server)
    }
    expect([await turnedAway(), await turnedAway()]).toEqual([3, 3])
    expect(warn.mock.calls).toEqual([[{ most: 3, refused: 1 }, expect.any(String)]])
    now = 60_000
    await turnedAway()
    expect(warn.mock.calls[1]).toEqual([{ most: 3, refused: 2 }, expect.any(String)])
    idle[0]?.destroy()
    await vi.waitFor(async () => expect(await countConnections(lone.server)).toBe(2))
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
  } finally {
    for (const socket of idle) socket.destroy()
    await lone.close()
  }
})

test('a connection on which nothing moves is given two minutes, by the settings of every server we listen with', () => {
  expect(connectionLimits.connectionTimeout).toBe(120_000)
  for (const server of Object.values(servers)) expect((server() as unknown as { timeout: number }).timeout).toBe(120_000)
})
