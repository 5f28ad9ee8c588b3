import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { routes } from '@ikd/contract'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { type ClientOptions, createClient, generateSigningKey, type SigningKey, type StreamState, webCryptoSigningKey } from './index.ts'
import { type Answer, sendProblem, startServer } from './testing/loopback.ts'

let key: SigningKey
let server: Awaited<ReturnType<typeof startServer>>
let waited: number[]

beforeAll(async () => {
  key = await webCryptoSigningKey(await generateSigningKey())
})

afterEach(() => server.close())

/** Listens until `enough` says so, or the stream itself ends. */
async function listen(answer: Answer, enough: (told: readonly unknown[]) => boolean, options: Partial<ClientOptions> = {}) {
  server = await startServer(answer)
  waited = []
  const leaving = new AbortController()
  const told: unknown[] = []
  const tell = (what: unknown) => {
    told.push(what)
    if (enough(told)) leaving.abort()
  }
  const client = createClient({ baseUrl: server.url, key, wait: async (ms) => void waited.push(ms), ...options })
  let tokens = 0
  await client.stream(routes.device.events, {
    token: () => `t${++tokens}`,
    signal: leaving.signal,
    onEvent: tell,
    onState: (state: StreamState) => tell(state),
  })
  return told
}

function begin(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'text/event-stream', 'DPoP-Nonce': 'n' })
}

test('events arrive as they are sent, heartbeats and cut characters notwithstanding', async () => {
  const bytes = Buffer.from(': beat\n\ndata: {"type":"status","é":"ꦗ"}\n\n')
  const told = await listen(
    async (_, response) => {
      begin(response)
      for (const byte of bytes) if (!response.write(Uint8Array.of(byte))) await once(response, 'drain')
    },
    (so) => so.length === 2,
  )
  expect(told).toEqual(['open', { type: 'status', 'é': 'ꦗ' }])
})

test('a broken stream is opened again with a new token and proof, sooner at first and later after more failures', async () => {
  const told = await listen(
    (_, response, count) => {
      if (count === 1) return void begin(response).end('data: {"type":"status"}\n\n')
      if (count < 9) return void response.destroy()
      begin(response).write(':\n\n')
    },
    (so) => so.filter((each) => each === 'open').length === 2,
  )
  expect(told.slice(0, 3)).toEqual(['open', { type: 'status' }, 'reconnecting'])
  expect(waited).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  expect(server.seen.at(-1)?.headers['authorization']).toBe('DPoP t9')
  expect(new Set(server.seen.map((seen) => seen.proof?.['jti'])).size).toBe(9)
})

test('a stream that has fallen silent is taken as dead', async () => {
  const told = await listen((_, response) => void begin(response).write(':\n\n'), (so) => so.filter((each) => each === 'open').length === 2, {
    silenceMs: 300,
  })
  expect(told.slice(0, 2)).toEqual(['open', 'reconnecting'])
})

test('heartbeats keep a stream without events open', async () => {
  const told = await listen(
    (_, response) => {
      begin(response)
      let beats = 0
      const timer = setInterval(() => response.write(++beats < 8 ? ':\n\n' : 'data: {"type":"scanned"}\n\n'), 200)
      response.on('close', () => clearInterval(timer))
    },
    (so) => so.length === 2,
    { silenceMs: 1_200 },
  )
  expect(told).toEqual(['open', { type: 'scanned' }])
})

test('an expired token is replaced; a blocked phone hears so and the stream ends', async () => {
  const heard = listen(
    (_, response, count) => sendProblem(response, count === 1 ? 'token-expired' : 'device-blocked'),
    () => false,
  )
  await expect(heard).rejects.toMatchObject({ code: 'device-blocked' })
  expect(server.seen.map((seen) => seen.headers['authorization'])).toEqual(['DPoP t1', 'DPoP t2'])
})
