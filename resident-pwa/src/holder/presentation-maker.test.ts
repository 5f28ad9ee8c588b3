import { type EpochNonce, parsePresentation } from '@ikd/contract'
import { expect, test } from 'vitest'
import { EpochNonces } from './nonce-source.ts'
import { makePresentation } from './presentation-maker.ts'
import { ServerTime } from './server-time.ts'

const phoneClock = 5_000_000
const serverClock = 5_240_000
const epoch: EpochNonce = { nonce: 'AAECAwQFBgcICQoL', issuedAt: serverClock - 10_000, serverTime: serverClock }
const choice = { audience: { to: 'any-institution' }, fields: ['photo', 'name'] } as const

function ports(options: { answer: EpochNonce | undefined; grantEndsAt?: number; at?: number }) {
  const now = () => options.at ?? phoneClock
  const time = new ServerTime(() => phoneClock)
  time.hear(epoch, phoneClock)
  const nonces = new EpochNonces({
    time,
    now,
    fetch: () => (options.answer ? Promise.resolve(options.answer) : Promise.reject(new Error('offline'))),
  })
  const grant = { handle: new Uint8Array(16), expiresAt: options.grantEndsAt ?? serverClock + 600_000, sign: async () => new Uint8Array(64) }
  return { grant, nonces, time, now, random: (length: number) => new Uint8Array(length).fill(7) }
}

test('online it carries the newest nonce and dies 90 s after the instant of that nonce, by the phone’s own clock', async () => {
  const qr = await makePresentation(ports({ answer: epoch }), choice)
  expect(qr.freshness).toBe('fresh')
  expect(parsePresentation(qr.text)?.presentation.nonce).toHaveLength(12)
  expect(qr.deadAt).toBe(phoneClock + 80_000)
})

test('offline it claims the server’s time as last heard and dies 90 s after it', async () => {
  const qr = await makePresentation(ports({ answer: undefined }), choice)
  expect(qr.freshness).toBe('offline')
  const { presentation } = parsePresentation(qr.text) ?? {}
  expect(presentation?.nonce).toBeUndefined()
  expect(presentation?.issuedAt).toBe(serverClock / 1000)
  expect(qr.deadAt).toBe(phoneClock + 90_000)
})

test('it never outlives its grant', async () => {
  const qr = await makePresentation(ports({ answer: epoch, grantEndsAt: serverClock + 20_000 }), choice)
  expect(qr.deadAt).toBe(phoneClock + 20_000)
})

test('an aged nonce is not used', async () => {
  const old = { ...epoch, issuedAt: serverClock - 60_000 }
  expect((await makePresentation(ports({ answer: old }), choice)).freshness).toBe('offline')
})
