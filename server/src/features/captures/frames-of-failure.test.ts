import type { BurstEvaluation } from '@ikd/face/node'
import { expect, test } from 'vitest'
import { framesOfFailure } from './frames-of-failure.ts'

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
