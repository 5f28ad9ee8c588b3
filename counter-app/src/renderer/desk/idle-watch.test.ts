import { beforeEach, expect, it } from 'vitest'
import { IdleWatch } from './idle-watch.ts'
import { Observed } from './observed.ts'
import type { SessionState } from './session.ts'

const signedIn = { kind: 'signed-in' } as SessionState
let now: number
let timers: { at: number; run: () => void }[]
let session: Observed<SessionState>
let locks: number
let watch: IdleWatch

beforeEach(() => {
  now = 0
  timers = []
  locks = 0
  session = new Observed<SessionState>({ kind: 'starting' })
  watch = new IdleWatch({
    now: () => now,
    timer: {
      after(ms, run) {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => void (timers = timers.filter((each) => each !== timer))
      },
    },
    session,
    limitMs: 600_000,
    lock: () => locks++,
  })
})

function pass(ms: number): void {
  const until = now + ms
  for (;;) {
    const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
    if (!next) break
    now = next.at
    timers = timers.filter((each) => each !== next)
    next.run()
  }
  now = until
}

it('locks after ten minutes without a hand on it, and not a moment before', () => {
  session.set(signedIn)
  pass(599_999)
  expect(locks).toBe(0)
  pass(1)
  expect(locks).toBe(1)
})

it('counts from the last touch', () => {
  session.set(signedIn)
  for (let minute = 0; minute < 30; minute++) {
    pass(60_000)
    watch.touch()
  }
  expect(locks).toBe(0)
  pass(600_000)
  expect(locks).toBe(1)
})

it('wakes up locked: the key that wakes a sleeping computer unlocks nothing', () => {
  session.set(signedIn)
  now += 3_600_000
  watch.touch()
  expect(locks).toBe(1)
})

it('locks nobody who is not signed in, and begins anew with whoever comes', () => {
  pass(3_600_000)
  session.set(signedIn)
  pass(300_000)
  session.set({ kind: 'starting' })
  pass(3_600_000)
  watch.touch()
  expect(locks).toBe(0)
  session.set(signedIn)
  pass(599_999)
  expect(locks).toBe(0)
})

it('a renewed token is no touch', () => {
  session.set(signedIn)
  pass(500_000)
  session.set({ ...signedIn })
  pass(100_000)
  expect(locks).toBe(1)
})
