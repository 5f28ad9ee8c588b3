import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { createEnding } from './ending.ts'

it('ends with what it stops', async () => {
  const exit = vi.fn()
  createEnding({ stop: async () => {}, exit, late: () => {}, patience: 5_000 })()
  await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(0))
})

it('ends though what it stops has failed', async () => {
  const exit = vi.fn()
  createEnding({ stop: () => Promise.reject(new Error('broken')), exit, late: () => {}, patience: 5_000 })()
  await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(1))
})

it('begins once, however often it is asked', () => {
  const stop = vi.fn(() => new Promise<void>(() => {}))
  const end = createEnding({ stop, exit: () => {}, late: () => {}, patience: 1 })
  for (let i = 0; i < 3; i++) end()
  expect(stop).toHaveBeenCalledTimes(1)
})

it.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGINT'] as const)('a process whose end hangs is gone soon after %s all the same, and says so', async (signal) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing/hanging-process.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  await vi.waitFor(() => expect(said).toContain('up'), { timeout: 10_000 })
  child.kill(signal)
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(said).toContain('late')
})
