import { expect, it } from 'vitest'
import { type BurstTools, frameToShow, takeBurst } from './burst.ts'

/** A desk on which `yaw` follows the step that is shown, half a second late. */
function desk(guided: boolean) {
  let now = 1_000
  let asked = 'look'
  let askedAt = now
  const yaw = () => (asked === 'turn-left' ? Math.min(24, Math.max(0, (now - askedAt - 500) / 20)) : 0)
  const log: string[] = []
  const tools: BurstTools = {
    now: () => now,
    wait: async (ms) => void (now += ms),
    grab: () => ({ yaw: yaw() }) as unknown as OffscreenCanvas,
    thumb: (canvas) => Uint8Array.of((canvas as unknown as { yaw: number }).yaw),
    encode: async (canvas) => {
      log.push('encode')
      return String(Math.round((canvas as unknown as { yaw: number }).yaw))
    },
    seen: () => (guided ? { at: now, bearing: { yaw: yaw(), pitch: 0, eyes: 100 } } : undefined),
  }
  const show = (step: string) => {
    log.push(step)
    asked = step
    askedAt = now
  }
  return { tools, show, log }
}

const asked = { challenge: ['look', 'turn-left'] as ('look' | 'turn-left')[], framesPerStep: 4 }

it('shows each step until it is done, keeps the frames that tell, and encodes them afterwards', async () => {
  const { tools, show, log } = desk(true)
  const frames = await takeBurst(asked, tools, show)
  expect(log.slice(0, 3)).toEqual(['look', 'turn-left', 'encode'])
  expect(frames.map(({ step }) => step)).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
  expect(frames[0]?.atMs).toBe(0)
  const [start, way, held, end] = frames.slice(4).map(({ jpeg }) => Number(jpeg))
  expect([start, held, end]).toEqual([0, expect.closeTo(22, -1), 24])
  expect(way).toBeGreaterThan(4)
  expect(way).toBeLessThan(20)
  for (const [i, { atMs }] of frames.entries()) expect(atMs).toBeGreaterThanOrEqual(frames[i - 1]?.atMs ?? 0)
})

it('works without guidance, by time alone', async () => {
  const { tools, show } = desk(false)
  const frames = await takeBurst(asked, tools, show)
  expect(frames.slice(4).map(({ jpeg }) => Number(jpeg))).toEqual([0, expect.any(Number), 24, 24])
  expect((frames.at(-1)?.atMs ?? 0) < 6_000).toBe(true)
})

it('shows the officer a frame of the person at rest', () => {
  const frame = (jpeg: string, step: number) => ({ jpeg, atMs: 0, step })
  expect(frameToShow([frame('a', 0), frame('b', 0), frame('c', 0), frame('d', 1)])).toBe('b')
  expect(frameToShow([])).toBeUndefined()
})
