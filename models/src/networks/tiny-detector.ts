import type { FoundFace } from '../measure.ts'
import type { Pixels } from '../pixels.ts'
import { pixelTensor } from './input.ts'
import { plain, separable } from './layers.ts'
import type { Operations, Tensor } from './operations.ts'
import { suppressOverlaps } from './suppression.ts'
import type { Weights } from './weights.ts'

/** Faces in a square picture whose side is a multiple of 32, in its pixels. */
export type Detector = (square: Pixels) => Promise<FoundFace[]>

/** Widths and heights of the five boxes each cell can hold, in cells (face-api, `tinyFaceDetector/const.ts`). */
const anchors = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const
const most = 0.4

/** face-api's tiny detector, a small network in the manner of YOLO v2 (arXiv:1612.08242). */
export function createTinyDetector(tf: Operations, weights: Weights, options: { minScore: number }): Detector {
  const layers = [
    plain(tf, weights, 'conv0', 1, 'valid'),
    ...[1, 2, 3, 4, 5].map((index) => separable(tf, weights, `conv${index}`)),
  ]
  const last = plain(tf, weights, 'conv8', 1, 'valid')

  return async (square) => {
    const out = tf.tidy(() => {
      const x = pixelTensor(tf, [square], [117.001, 114.697, 97.404], 1 / 255)
      const features = layers.reduce<Tensor>(
        (seen, layer, index) => tf.maxPool(layer(seen, 'leakyrelu'), 2, index < 5 ? 2 : 1, 'same'),
        x,
      )
      return last(features)
    })
    const [cells = 0] = out.shape.slice(1)
    const values = await out.data()
    out.dispose()
    const cell = square.width / cells
    const faces: FoundFace[] = []
    for (let row = 0, at = 0; row < cells; row++) {
      for (let column = 0; column < cells; column++) {
        for (const [w, h] of anchors) {
          const score = sigmoid(values[at + 4]!)
          if (score > options.minScore) {
            const [width, height] = [Math.exp(values[at + 2]!) * w * cell, Math.exp(values[at + 3]!) * h * cell]
            const [x, y] = [(column + sigmoid(values[at]!)) * cell, (row + sigmoid(values[at + 1]!)) * cell]
            faces.push({ box: { x: x - width / 2, y: y - height / 2, width, height }, score })
          }
          at += 5
        }
      }
    }
    return suppressOverlaps(faces, most)
  }
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
