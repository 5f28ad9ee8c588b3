import { expect, it } from 'vitest'
import { frameToShow, takeBurst } from './burst.ts'

it('grabs on time, encodes afterwards, and counts from the first frame', async () => {
  let now = 1_000
  const log: string[] = []
  const frames = await takeBurst(
    { challenge: ['look'], framesWanted: 3 },
    {
      now: () => now,
      wait: async (ms) => void (now += ms + 5),
      grab: () => {
        log.push(`grab@${now}`)
        return {} as OffscreenCanvas
      },
      encode: async () => {
        log.push('encode')
        return `jpeg-${log.length}`
      },
    },
    (step) => log.push(step),
  )
  expect(log.slice(0, 4)).toEqual(['look', 'grab@1005', 'grab@1755', 'grab@2505'])
  expect(frames.map(({ atMs, step }) => [atMs, step])).toEqual([[0, 0], [750, 0], [1500, 0]])
})

it('shows the frame in the middle', () => {
  const frame = (jpeg: string) => ({ jpeg, atMs: 0, step: 0 })
  expect(frameToShow([frame('a'), frame('b'), frame('c')])).toBe('b')
  expect(frameToShow([])).toBeUndefined()
})
