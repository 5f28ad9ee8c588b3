import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { minute, second } from './clock.ts'
import { createClockCheck } from './clock-check.ts'
import { transact } from './database/transact.ts'
import { raiseTestApp } from './testing/app.ts'
import { createTestCore, movableClock, type TestCore } from './testing/core.ts'
import { testsOnPostgres } from './testing/database.ts'

let core: TestCore
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }

beforeEach(async () => {
  for (const tell of Object.values(log)) tell.mockClear()
  core = await createTestCore({ clock: movableClock(Date.now()), log })
})
afterEach(() => core.close())

/** As some server records something, by its own clock. */
const record = (at: number) =>
  transact(core.store, (work) => core.audit.append(work, { at, actor: { kind: 'service', id: 'test' }, action: 'test.recorded', subject: 'test' }))

test.runIf(testsOnPostgres)('a server whose clock is minutes from the database’s says so, with how far, and says it once', async () => {
  const check = createClockCheck(core)
  await check.look()
  expect(check.view()).toEqual({ clock: 'right' })
  for (const sign of [1, -1]) {
    core.clock.advance(sign * 3 * minute)
    await check.look()
    await check.look()
    const { clock, clockAheadSeconds = 0 } = check.view()
    expect(clock).toBe('off')
    // The test's clock stands while the database's goes on.
    expect(Math.abs(clockAheadSeconds - sign * 180)).toBeLessThan(60)
    core.clock.advance(-sign * 3 * minute)
    await check.look()
    expect(check.view()).toEqual({ clock: 'right' })
  }
  expect([log.error.mock.calls.length, log.warn.mock.calls.length]).toEqual([2, 2])
}, 60_000)

test.runIf(!testsOnPostgres)('where there is no other clock, one that has gone back behind what is recorded is seen, and no more is claimed', async () => {
  const check = createClockCheck(core)
  await check.look()
  expect(check.view()).toEqual({ clock: 'unchecked' })
  await record(core.clock.now() + 59 * second)
  await check.look()
  expect(check.view()).toEqual({ clock: 'unchecked' })
  core.clock.advance(-3 * minute)
  await check.look()
  expect(check.view()).toEqual({ clock: 'off', clockAheadSeconds: -239 })
  expect(log.error.mock.calls).toEqual([[{ aheadSeconds: -239 }, expect.any(String)]])
  core.clock.advance(3 * minute)
  await check.look()
  expect(check.view()).toEqual({ clock: 'unchecked' })
  expect(log.warn).toHaveBeenCalledOnce()
})

test('/health says it from the first answer on', async () => {
  // The test's clock stands in November 2026; the database's is whatever it is today.
  const app = await raiseTestApp()
  try {
    const health = (await app.app.inject('/health')).json<Record<string, unknown>>()
    expect(health).toMatchObject(testsOnPostgres ? { status: 'up', clock: 'off', clockAheadSeconds: expect.any(Number) } : { status: 'up', clock: 'unchecked' })
  } finally {
    await app.close()
  }
})
