import { expect, test } from 'vitest'
import { chooseBackend } from './choose-backend.ts'

/** Backends by what a look costs on them, ms; the clock is theirs. */
function machine(costs: Record<string, { first: number; next: number } | 'absent' | 'breaks'>) {
  let [clock, running, warm] = [0, '', false]
  return {
    now: () => clock,
    running: () => running,
    async start(backend: string) {
      running = backend
      warm = false
      return costs[backend] !== 'absent'
    },
    async look() {
      const cost = costs[running]
      if (cost === undefined || typeof cost === 'string') throw new Error('lost')
      clock += warm ? cost.next : cost.first
      warm = true
    },
  }
}

test('the backend with the shortest look is chosen and left running', async () => {
  const tools = machine({ wasm: { first: 60, next: 35 }, webgl: { first: 900, next: 12 } })
  expect(await chooseBackend(['wasm', 'webgl'], tools)).toEqual({
    chosen: 'webgl',
    trials: [
      { backend: 'wasm', ms: 35 },
      { backend: 'webgl', ms: 12 },
    ],
  })
  expect(tools.running()).toBe('webgl')
})

test('one that is absent, breaks or takes too long is out, and the tried one runs again', async () => {
  const tools = machine({ wasm: { first: 60, next: 35 }, webgpu: 'absent', webgl: { first: 9_000, next: 1 }, cpu: 'breaks' })
  expect((await chooseBackend(['wasm', 'webgpu', 'webgl', 'cpu'], tools)).chosen).toBe('wasm')
  expect(tools.running()).toBe('wasm')
})

test('a machine on which nothing runs is told from one that is slow', async () => {
  await expect(chooseBackend(['wasm'], machine({ wasm: 'absent' }))).rejects.toThrow('no backend')
})
