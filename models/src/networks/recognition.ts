import { chipSize } from '../alignment.ts'
import type { Pixels } from '../pixels.ts'
import { convolution, folded, type Layer } from './layers.ts'
import { pixelTensor } from './input.ts'
import type { Operations, Tensor } from './operations.ts'
import { getWeight, type Weights } from './weights.ts'

/** Describes aligned 150×150 chips, 128 numbers each; several chips in one go cost a little less than one after the other. */
export type Recognition = (chips: readonly Pixels[]) => Promise<Float32Array[]>

const descriptorLength = 128

/**
 * dlib's `dlib_face_recognition_resnet_model_v1` (29 convolutions, "Deep Residual Learning", arXiv:1512.03385), as face-api
 * carries it: each convolution is followed by a scale and an offset per channel, which are folded into it here.
 */
export function createRecognition(tf: Operations, weights: Weights): Recognition {
  const scaled = (name: string, stride = 1, pad: 'same' | 'valid' = 'same'): Layer => {
    const [filter, bias, scale, offset] = ['conv/filters', 'conv/bias', 'scale/weights', 'scale/biases'].map((part) =>
      getWeight(weights, `${name}/${part}`),
    ) as [Weight4, Weight4, Weight4, Weight4]
    return convolution(
      tf,
      folded(filter, scale.values, scale.values.length),
      offset.values.map((value, i) => value + bias.values[i]! * scale.values[i]!),
      stride,
      pad,
    )
  }
  const residual = (name: string) => {
    const [first, second] = [scaled(`${name}/conv1`), scaled(`${name}/conv2`)]
    return (x: Tensor) => tf.relu(tf.add(second(first(x, 'relu')), x))
  }
  const down = (name: string) => {
    const [first, second] = [scaled(`${name}/conv1`, 2, 'valid'), scaled(`${name}/conv2`)]
    return (x: Tensor) => {
      const pooled = tf.avgPool(x, 2, 2, 'valid')
      const out = second(first(x, 'relu'))
      // The shortcut may be a row and a column larger, and has fewer channels: zeros fill up both.
      const [, height = 0, width = 0, channels = 0] = pooled.shape
      const [, h = 0, w = 0, c = 0] = out.shape
      const grown = h === height && w === width ? out : tf.pad(out, [[0, 0], [0, height - h], [0, width - w], [0, 0]])
      return tf.relu(tf.add(channels === c ? pooled : tf.pad(pooled, [[0, 0], [0, 0], [0, 0], [0, c - channels]]), grown))
    }
  }
  const first = scaled('conv32_down', 2, 'valid')
  const blocks = [
    ...['conv32_1', 'conv32_2', 'conv32_3'].map(residual),
    down('conv64_down'),
    ...['conv64_1', 'conv64_2', 'conv64_3'].map(residual),
    down('conv128_down'),
    ...['conv128_1', 'conv128_2'].map(residual),
    down('conv256_down'),
    ...['conv256_1', 'conv256_2'].map(residual),
    down('conv256_down_out'),
  ]
  const fc = getWeight(weights, 'fc')
  const last = tf.tensor(fc.values, fc.shape)

  return async (chips) => {
    if (chips.some(({ width, height }) => width !== chipSize || height !== chipSize)) throw new RangeError('a chip has 150×150 pixels')
    const out = tf.tidy(() => {
      const x = pixelTensor(tf, chips, [122.782, 117.001, 104.298], 1 / 255)
      const features = blocks.reduce((seen, block) => block(seen), tf.maxPool(first(x, 'relu'), 3, 2, 'valid'))
      return tf.matMul(tf.mean(features, [1, 2]), last)
    })
    const values = Float32Array.from(await out.data())
    out.dispose()
    return chips.map((_, i) => values.slice(i * descriptorLength, (i + 1) * descriptorLength))
  }
}

type Weight4 = ReturnType<typeof getWeight>
