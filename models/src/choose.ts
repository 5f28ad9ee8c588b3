import type { FoundFace } from './measure.ts'
import type { Size } from './pixels.ts'

/**
 * The face a camera operator would have meant: large and near the middle. A face counts with its width, less the more it is
 * off the middle; one in the corner of the frame must be three times as wide to be chosen.
 *
 * @returns undefined when there is no face
 */
export function chooseFace<F extends Pick<FoundFace, 'box'>>(faces: readonly F[], frame: Size): F | undefined {
  let best: F | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const face of faces) {
    const { x, y, width, height } = face.box
    const offX = (x + width / 2 - frame.width / 2) / frame.width
    const offY = (y + height / 2 - frame.height / 2) / frame.height
    const weight = Math.sqrt(width * height) / (1 + 2 * Math.SQRT2 * Math.hypot(offX, offY))
    if (weight > most) [best, most] = [face, weight]
  }
  return best
}
