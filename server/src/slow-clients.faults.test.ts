import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportFigure } from './testing/figures.ts'
import { raiseTestApp, type TestApp } from './testing/app.ts'
import { connectForGood, connectIdle, countConnections, readAnswers, sendRaw } from './testing/wire.ts'

let app: TestApp
let port: number

beforeAll(async () => {
  app = await raiseTestApp()
  // A test cannot wait for a quarter of a minute; that production does is tested among the fast ones.
  app.app.server.headersTimeout = 1_000
  app.app.server.requestTimeout = 1_500
  await app.app.listen({ host: '127.0.0.1', port: 0 })
  port = (app.app.server.address() as AddressInfo).port
})
afterAll(async () => {
  app.app.server.closeAllConnections()
  await app.close()
})

test.each([
  ['its headers', 'GET /health HTTP/1.1\r\nHost: localhost\r\nX-a: '],
  ['its body', 'POST /v1/activations/opening HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"token":"'],
  ['its first byte', ''],
])('a client that never ends %s is hung up on', async (_what, bytes) => {
  const { text, closed } = await sendRaw(port, bytes, 9_000)
  expect(closed).toBe(true)
  expect(text === '' || readAnswers(text)[0]?.status === 408).toBe(true)
})

test('six hundred clients that begin a request, and never close their side, are all let go of', async () => {
  const beginnings = ['GET /health HTTP/1.1\r\nHost: localhost\r\nX-a: ', 'POST /v1/activations/opening HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"token":"', '']
  const sockets = await Promise.all(Array.from({ length: 600 }, (_, i) => connectForGood(port, beginnings[i % 3] as string)))
  const began = performance.now()
  await expect.poll(() => countConnections(app.app.server), { timeout: 20_000, interval: 200 }).toBe(0)
  reportFigure(`600 half-open connections let go of within ${Math.round((performance.now() - began) / 1000)} s`)
  for (const socket of sockets) socket.destroy()
}, 30_000)

test('a thousand idle connections keep nobody waiting', async () => {
  const idle = await connectIdle(port, 1_000)
  const began = performance.now()
  const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(`http://127.0.0.1:${port}/v1/offices`)))
  const took = performance.now() - began
  for (const socket of idle) socket.destroy()
  expect(answers.every(({ ok }) => ok)).toBe(true)
  expect(took).toBeLessThan(3_000)
  reportFigure(`20 answers beside 1,000 idle connections in ${Math.round(took)} ms`)
})

test('a loop that is late sheds, and one that has caught up serves', async () => {
  const pressed = await raiseTestApp({}, { eventLoopDelayMs: 40, heapBytes: 0, rssBytes: 0 })
  try {
    const until = Date.now() + 4_500
    let shed = 0
    while (Date.now() < until && shed === 0) {
      const stop = performance.now() + 150
      while (performance.now() < stop) Math.sqrt(stop)
      // Timers, the sampler's among them, have their turn.
      await new Promise((resolve) => setTimeout(resolve, 1))
      if ((await pressed.app.inject('/v1/offices')).statusCode === 503) shed++
    }
    expect(shed).toBe(1)
    await expect.poll(async () => (await pressed.app.inject('/v1/offices')).statusCode, { timeout: 8_000, interval: 200 }).toBe(200)
  } finally {
    await pressed.close()
  }
})
