import { expect, test } from 'vitest'
import { chooseBackend } from './choose-backend.ts'

type Machine = Record<string, { first: number; next: number; seen?: readonly number[] } | 'absent' | 'breaks' | 'hangs'>

/** Backends by what a look costs on them, ms; the clock is theirs, and patience ends as soon as nothing else goes on. */
function machine(costs: Machine) {
  let [clock, running, warm] = [0, '', false]
  const started: string[] = []
  return {
    started,
    now: () => clock,
    after: (ms: number) => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('too late')), ms / 100)),
    async start(backend: string) {
      started.push(backend)
      if (costs[backend] === 'absent') throw new Error('absent')
      running = backend
      warm = false
    },
    async look() {
      const cost = costs[running]
      if (cost === 'hangs') return new Promise<never>(() => {})
      if (cost === undefined || typeof cost === 'string') throw new Error('lost')
      clock += warm ? cost.next : cost.first
      warm = true
      return cost.seen ?? [10, 20]
    },
  }
}

test('the backend with the shortest look is chosen and left running', async () => {
  const tools = machine({ wasm: { first: 60, next: 35 }, webgpu: { first: 900, next: 12 }, webgl: { first: 900, next: 20 } })
  expect(await chooseBackend(['wasm', 'webgpu', 'webgl'], tools)).toEqual({
    chosen: 'webgpu',
    trials: [
      { backend: 'wasm', ms: 35 },
      { backend: 'webgpu', ms: 12 },
      { backend: 'webgl', ms: 20 },
    ],
  })
  expect(tools.started).toEqual(['wasm', 'webgpu', 'webgl', 'webgpu'])
})

test.each(['absent', 'breaks', 'hangs'] as const)('a challenger that is %s is out, and the first runs again', async (fault) => {
  const tools = machine({ wasm: { first: 60, next: 35 }, webgpu: fault })
  expect((await chooseBackend(['wasm', 'webgpu'], tools)).chosen).toBe('wasm')
  expect(tools.started.at(-1)).toBe('wasm')
})

test.each([[[10, 22]], [[10, Number.NaN]], [[]]])('a challenger that sees %j where the first sees something else is out, however fast', async (seen) => {
  const tools = machine({ wasm: { first: 60, next: 35 }, webgpu: { first: 60, next: 1, seen } })
  expect(await chooseBackend(['wasm', 'webgpu'], tools)).toEqual({ chosen: 'wasm', trials: [{ backend: 'wasm', ms: 35 }] })
})

test('one that is alone is not tried, however slow', async () => {
  const tools = machine({ wasm: { first: 60_000, next: 60_000 } })
  expect(await chooseBackend(['wasm'], tools)).toEqual({ chosen: 'wasm', trials: [] })
  expect(tools.now()).toBe(0)
})

test('a machine on which the first does not run has no guide', async () => {
  await expect(chooseBackend(['wasm'], machine({ wasm: 'absent' }))).rejects.toThrow('absent')
})
