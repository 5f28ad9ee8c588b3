import type { AnswerFrame, BurstEvaluation } from '@ikd/face/node'
import { mostFrames } from '../evidence/service.ts'

/**
 * What the camera saw when no face could be compared, for whoever judges the decision made by eye: frames with a face before those
 * without, of either those furthest apart in time.
 *
 * @param seen what was measured on each frame, in the order of the frames
 * @returns JPEGs, as many as are kept
 */
export function framesOfFailure(frames: readonly AnswerFrame[], seen: BurstEvaluation['frames']): Uint8Array[] {
  const showsFace = frames.map((_, index) => {
    const measure = seen[index]
    return measure !== undefined && 'face' in measure && measure.face !== undefined
  })
  const withFace = spread(frames.filter((_, index) => showsFace[index]), mostFrames)
  const without = spread(frames.filter((_, index) => !showsFace[index]), mostFrames - withFace.length)
  return [...withFace, ...without].map(({ picture }) => picture)
}

/**
 * Of an answer that was compared: one of the frames that were, and where the last movements had arrived, so that whoever judges the
 * decision sees what turned.
 *
 * @param used indices of the frames that were compared, one at least
 * @returns JPEGs, as many as are kept
 */
export function framesOfAnswer(frames: readonly AnswerFrame[], used: readonly number[]): Uint8Array[] {
  const arrived = frames.filter(({ step }, i) => step > 0 && frames[i + 1]?.step !== step)
  return [...used.slice(0, 1).flatMap((index) => frames[index] ?? []), ...arrived.slice(1 - mostFrames)].map(({ picture }) => picture)
}

/** So many of them at most, evenly from the first to the last. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all
  return all.filter((_, index) => Array.from({ length: most }, (_none, i) => Math.round((i * (all.length - 1)) / Math.max(1, most - 1))).includes(index))
}
