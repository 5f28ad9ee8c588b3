import type { FoundFace } from '../measure.ts'
import { pixelTensor } from './input.ts'
import { convolution, depthwise, folded, type Layer } from './layers.ts'
import type { Operations, Tensor } from './operations.ts'
import { suppressOverlaps } from './suppression.ts'
import type { Detector } from './tiny-detector.ts'
import { getWeight, type Weights } from './weights.ts'

/** Side of the square the detector looks at, in pixels: its default boxes are laid out for no other. */
export const ssdInput = 512
const epsilon = 0.001
const most = 0.5

/** SSD on MobileNet v1 (arXiv:1512.02325, arXiv:1704.04861), trained on WIDER FACE: slow, and finds what the tiny one misses. */
export function createSsdDetector(tf: Operations, weights: Weights, options: { minScore: number }): Detector {
  const pointwise = (name: string, stride = 1): Layer =>
    convolution(
      tf,
      getWeight(weights, `${name}_pointwise/weights`),
      getWeight(weights, `${name}_pointwise/convolution_bn_offset`).values,
      stride,
    )
  const normalised = (name: string, stride: number): Layer => {
    const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
      (part) => getWeight(weights, `${name}/BatchNorm/${part}`).values,
    ) as [Float32Array, Float32Array, Float32Array, Float32Array]
    const scale = gamma.map((value, i) => value / Math.sqrt(variance[i]! + epsilon))
    const filter = folded(getWeight(weights, `${name}/depthwise_weights`), scale, scale.length)
    return depthwise(tf, filter, beta.map((value, i) => value - mean[i]! * scale[i]!), stride)
  }
  const first = pointwise('MobilenetV1/Conv2d_0', 2)
  const pairs = Array.from({ length: 13 }, (_, i) => ({
    spread: normalised(`MobilenetV1/Conv2d_${i + 1}_depthwise`, [2, 4, 6, 12].includes(i + 1) ? 2 : 1),
    mix: pointwise(`MobilenetV1/Conv2d_${i + 1}`),
  }))
  const extras = Array.from({ length: 8 }, (_, i) => pointwise(`Prediction/Conv2d_${i}`, i % 2 === 1 ? 2 : 1))
  const predictors = Array.from({ length: 6 }, (_, i) =>
    ['BoxEncodingPredictor', 'ClassPredictor'].map((part) => {
      const name = `Prediction/BoxPredictor_${i}/${part}`
      return convolution(tf, getWeight(weights, `${name}/weights`), getWeight(weights, `${name}/biases`).values)
    }),
  ) as [Layer, Layer][]
  const defaults = getWeight(weights, 'Output/extra_dim').values

  return async (square) => {
    const parts = tf.tidy(() => {
      const sources: Tensor[] = []
      let x = first(pixelTensor(tf, [square], [127.5, 127.5, 127.5], 1 / 127.5), 'relu6')
      pairs.forEach(({ spread, mix }, i) => {
        x = mix(spread(x, 'relu6'), 'relu6')
        if (i === 10) sources.push(x)
      })
      sources.push(x)
      extras.forEach((layer, i) => {
        x = layer(x, 'relu6')
        if (i % 2 === 1) sources.push(x)
      })
      return [0, 1].map((which) =>
        tf.concat(
          sources.map((source, i) => tf.reshape(predictors[i]![which]!(source), [-1, which === 0 ? 4 : 3])),
          0,
        ),
      )
    })
    const [boxes, classes] = await Promise.all(parts.map((part) => part.data()))
    for (const part of parts) part.dispose()
    const faces: FoundFace[] = []
    for (let i = 0; i * 4 < defaults.length; i++) {
      const score = 1 / (1 + Math.exp(-classes![i * 3 + 1]!))
      if (score > options.minScore) faces.push({ box: decoded(boxes!, defaults, i * 4), score })
    }
    return suppressOverlaps(faces, most)
  }
}

/** A box from its default box (top, left, bottom, right as shares of the square) and what the network says to change of it. */
function decoded(codes: ArrayLike<number>, defaults: Float32Array, at: number): FoundFace['box'] {
  const [top, left, bottom, right] = defaults.subarray(at, at + 4) as unknown as [number, number, number, number]
  const [tall, wide] = [bottom - top, right - left]
  const y = (codes[at]! / 10) * tall + top + tall / 2
  const x = (codes[at + 1]! / 10) * wide + left + wide / 2
  const [height, width] = [Math.exp(codes[at + 2]! / 5) * tall, Math.exp(codes[at + 3]! / 5) * wide]
  // Cut at the square's edges, as those who trained the landmarks behind it did.
  const clip = (value: number) => Math.min(1, Math.max(0, value))
  const [x0, y0, x1, y1] = [clip(x - width / 2), clip(y - height / 2), clip(x + width / 2), clip(y + height / 2)]
  return { x: x0 * ssdInput, y: y0 * ssdInput, width: (x1 - x0) * ssdInput, height: (y1 - y0) * ssdInput }
}
