import type { Pixels } from '../pixels.ts'
import type { Operations, Tensor } from './operations.ts'

/** Pictures of one size as one batch, `(value − mean of its channel) · scale`. */
export function pixelTensor(
  tf: Operations,
  pictures: readonly Pixels[],
  mean: readonly [number, number, number],
  scale: number,
): Tensor {
  const { width, height } = pictures[0]!
  const values = new Float32Array(pictures.length * width * height * 3)
  let out = 0
  for (const { data, channels } of pictures) {
    for (let p = 0; p < data.length; p += channels) {
      values[out++] = (data[p]! - mean[0]) * scale
      values[out++] = (data[p + 1]! - mean[1]) * scale
      values[out++] = (data[p + 2]! - mean[2]) * scale
    }
  }
  return tf.tensor(values, [pictures.length, height, width, 3])
}
