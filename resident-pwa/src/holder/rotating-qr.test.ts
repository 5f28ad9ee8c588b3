import { beforeEach, expect, test } from 'vitest'
import type { Clock } from './clock.ts'
import { type MadeQr, type QrState, RotatingQr } from './rotating-qr.ts'

class FakeClock implements Clock {
  time = 1_000_000
  #due: { at: number; act: () => void }[] = []
  now = () => this.time
  after(ms: number, act: () => void) {
    const entry = { at: this.time + ms, act }
    this.#due.push(entry)
    return () => {
      this.#due = this.#due.filter((other) => other !== entry)
    }
  }
  /** Time goes by and no timer runs. */
  sleep(ms: number) {
    this.time += ms
  }
  async pass(ms: number) {
    const end = this.time + ms
    for (;;) {
      const next = this.#due.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#due = this.#due.filter((entry) => entry !== next)
      this.time = next.at
      next.act()
      await settled()
    }
    this.time = end
  }
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

let clock: FakeClock
let states: QrState[]
let made: number
let network: 'up' | 'down'

beforeEach(() => {
  clock = new FakeClock()
  states = []
  made = 0
  network = 'up'
})

function rotate(endsAt?: number) {
  return new RotatingQr({
    clock,
    rule: { renewBeforeMs: 15_000, retryMs: 5_000, ...(endsAt === undefined ? {} : { endsAt }) },
    make: async (): Promise<MadeQr> => {
      if (network === 'down') throw new Error('no network')
      made += 1
      return { text: `qr ${made}`, freshness: 'fresh', madeAt: clock.now(), deadAt: Math.min(clock.now() + 90_000, endsAt ?? Infinity) }
    },
    onChange: (state) => states.push(state),
  })
}

const last = () => states.at(-1)
const shown = () => {
  const state = last()
  return state?.at === 'shown' ? state.qr.text : state?.at
}

test('a QR is renewed fifteen seconds before its end', async () => {
  rotate().start()
  await settled()
  await clock.pass(74_999)
  expect(shown()).toBe('qr 1')
  await clock.pass(1)
  expect(shown()).toBe('qr 2')
})

test('a QR whose time went by while timers slept with the page is replaced as soon as somebody looks', async () => {
  const qr = rotate()
  qr.start()
  await settled()
  clock.sleep(80_000)
  expect(shown()).toBe('qr 1')
  qr.lookAgain()
  await settled()
  expect(shown()).toBe('qr 2')
})

test('a scanned QR is replaced at once', async () => {
  const qr = rotate()
  qr.start()
  await settled()
  qr.replaceUsed()
  expect(shown()).toBe('making')
  await settled()
  expect(shown()).toBe('qr 2')
})

test('nothing is made after the end of the grant', async () => {
  rotate(clock.time + 100_000).start()
  await settled()
  await clock.pass(75_000)
  expect(shown()).toBe('qr 2')
  await clock.pass(24_999)
  expect(made).toBe(2)
  await clock.pass(1)
  expect(shown()).toBe('ended')
  await clock.pass(600_000)
  expect(made).toBe(2)
})

test('a renewal that fails keeps the old QR while it lives, then says so, then recovers', async () => {
  rotate().start()
  await settled()
  network = 'down'
  await clock.pass(89_000)
  expect(shown()).toBe('qr 1')
  await clock.pass(5_000)
  expect(shown()).toBe('failed')
  network = 'up'
  await clock.pass(5_000)
  expect(shown()).toBe('qr 2')
})

test('an answer that comes after the screen was left changes nothing', async () => {
  const qr = rotate()
  qr.start()
  qr.stop()
  await settled()
  expect(states.map((state) => state.at)).toEqual(['making'])
})
