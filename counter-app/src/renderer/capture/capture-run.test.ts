import { NetworkError } from '@ikd/client'
import { DomainError } from '@ikd/contract'
import { expect, it } from 'vitest'
import type { CaptureFrames } from '../desk/desk-api.ts'
import { someCase } from '../testing/some-case.ts'
import type { BurstTools } from './burst.ts'
import { CaptureRun, type RunState } from './capture-run.ts'

/** A camera nobody guides: time alone ends a step. */
function camera(): BurstTools {
  let now = 0
  return {
    now: () => now,
    wait: async (ms) => void (now += ms),
    grab: () => ({}) as OffscreenCanvas,
    thumb: () => Uint8Array.of(now % 256),
    encode: async () => 'anBn',
    seen: () => undefined,
  }
}

/** A run whose server answers as told, once each, and everything it went through. */
function runAgainst(...answers: ('case' | Error)[]) {
  const sent: [captureId: string, frames: CaptureFrames][] = []
  const states: RunState[] = []
  let orders = 0
  const run = new CaptureRun(
    () => ({
      start: async () => ({ captureId: `order-${++orders}`, nonce: 'nonce', expiresAt: 1, challenge: ['look', 'turn-left'], framesPerStep: 4 }),
      submit: async (captureId, frames) => {
        sent.push([captureId, frames])
        const answer = answers.shift()
        if (answer instanceof Error) throw answer
        return someCase()
      },
    }),
    (state) => void states.push(state),
  )
  return { run, sent, kinds: () => states.map(({ kind }) => kind), states }
}

it('asks, takes each step, sends, and lets the frames go once there is an answer', async () => {
  const { run, kinds, states } = runAgainst('case')
  await run.take(camera())
  expect(kinds()).toEqual(['starting', 'taking', 'taking', 'sending', 'done', 'idle'])
  expect(states[4]).toMatchObject({ answer: someCase(), frames: { nonce: 'nonce' } })
  expect(JSON.stringify(run.state)).not.toContain('anBn')
})

it('keeps frames that did not reach the server, and sends those very ones again under the same order', async () => {
  const { run, sent } = runAgainst(new NetworkError('offline'), 'case')
  await run.take(camera())
  expect(run.hasUnsent).toBe(true)
  await run.sendAgain()
  expect(sent).toHaveLength(2)
  expect(sent[1]).toEqual(sent[0])
  expect(run.state).toEqual({ kind: 'idle' })
})

it('lets frames go that the server refused: the next try is a new order', async () => {
  const { run, sent } = runAgainst(new DomainError('capture-expired'), 'case')
  await run.take(camera())
  expect(run.hasUnsent).toBe(false)
  expect(run.state).toMatchObject({ kind: 'failed', error: { code: 'capture-expired' } })
  await run.take(camera())
  expect(sent.map(([id]) => id)).toEqual(['order-1', 'order-2'])
})

it('begins nothing while one is under way', async () => {
  const { run, sent } = runAgainst('case', 'case')
  await Promise.all([run.take(camera()), run.take(camera())])
  expect(sent).toHaveLength(1)
})
