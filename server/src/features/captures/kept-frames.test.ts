import type { BurstEvaluation } from '@ikd/face/node'
import { expect, test } from 'vitest'
import { framesOfAnswer, framesOfFailure } from './kept-frames.ts'

/** Which frames of a capture are kept, by number; `o` had a face, `.` had none, `x` was no picture. */
function kept(capture: string): number[] {
  const frames = [...capture].map((_, i) => ({ picture: Uint8Array.of(i), atMs: i * 100, step: 0 }))
  const seen = [...capture].map((each): BurstEvaluation['frames'][number] =>
    each === 'x'
      ? { problem: 'unreadable' }
      : { frame: { width: 640, height: 480 }, faces: each === 'o' ? 1 : 0, problems: [], ...(each === 'o' ? { face: {} as never } : {}) },
  )
  return framesOfFailure(frames, seen).map(([number]) => number as number)
}

test.each([
  ['oooooooooooo', [0, 6, 11]],
  ['............', [0, 6, 11]],
  ['..oo..ooo...', [2, 6, 8]],
  ['....o.......', [4, 0, 11]],
  ['o.x.......o.', [0, 10, 1]],
  ['xx', [0, 1]],
  ['o', [0]],
])('of %s: %j', (capture, numbers) => {
  expect(kept(capture)).toEqual(numbers)
})

test.each([
  ['0000111122223333', [2, 3, 8], [2, 11, 15]],
  ['000011112222', [0, 1], [0, 7, 11]],
  ['0000', [1, 2], [1]],
])('of an answer with steps %s compared by %j: %j', (steps, used, numbers) => {
  const frames = [...steps].map((step, i) => ({ picture: Uint8Array.of(i), atMs: i * 100, step: Number(step) }))
  expect(framesOfAnswer(frames, used).map(([number]) => number as number)).toEqual(numbers)
})
