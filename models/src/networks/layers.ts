import type { Operations, Tensor } from './operations.ts'
import { getWeight, type Weight, type Weights } from './weights.ts'

export type Activation = 'linear' | 'relu' | 'relu6' | 'leakyrelu'
/** A convolution with everything that follows it per channel folded in. */
export type Layer = (x: Tensor, activation?: Activation) => Tensor

/** `filter · scale` and `bias`, per output channel: what comes after a convolution and is linear need not be computed each time. */
export function folded(filter: Weight, scale: ArrayLike<number>, channels: number): Weight {
  const values = new Float32Array(filter.values.length)
  for (let i = 0; i < values.length; i++) values[i] = filter.values[i]! * scale[i % channels]!
  return { shape: filter.shape, values }
}

export function convolution(tf: Operations, filter: Weight, bias: Float32Array, stride = 1, pad: 'same' | 'valid' = 'same'): Layer {
  const [kernel, offset] = [tf.tensor(filter.values, filter.shape), tf.tensor(bias, [bias.length])]
  return (x, activation = 'linear') =>
    tf.fused.conv2d({ x, filter: kernel, strides: [stride, stride], pad, bias: offset, activation, leakyreluAlpha: 0.1 })
}

export function depthwise(tf: Operations, filter: Weight, bias: Float32Array, stride = 1): Layer {
  const [kernel, offset] = [tf.tensor(filter.values, filter.shape), tf.tensor(bias, [bias.length])]
  return (x, activation = 'linear') =>
    tf.fused.depthwiseConv2d({ x, filter: kernel, strides: [stride, stride], pad: 'same', bias: offset, activation })
}

/** A depthwise convolution, then one of 1×1: what face-api's small networks are made of. */
export function separable(tf: Operations, weights: Weights, name: string, stride = 1): Layer {
  const spread = getWeight(weights, `${name}/depthwise_filter`)
  const first = depthwise(tf, spread, new Float32Array(spread.shape[2]!), stride)
  const second = convolution(
    tf,
    getWeight(weights, `${name}/pointwise_filter`),
    getWeight(weights, `${name}/bias`).values,
  )
  return (x, activation) => second(first(x), activation)
}

/** A plain convolution by its name in face-api's files. */
export function plain(tf: Operations, weights: Weights, name: string, stride = 1, pad: 'same' | 'valid' = 'same'): Layer {
  return convolution(tf, getWeight(weights, `${name}/filters`), getWeight(weights, `${name}/bias`).values, stride, pad)
}
