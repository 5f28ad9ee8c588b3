import type { Pixels, Point } from '../pixels.ts'
import { pixelTensor } from './input.ts'
import { plain, separable } from './layers.ts'
import type { Operations, Tensor } from './operations.ts'
import { getWeight, type Weights } from './weights.ts'

/** Side of the square the landmark network looks at, in pixels. */
export const landmarkInput = 112

/** The 68 points (iBUG 300-W) of faces that fill squares of 112×112 pixels, in pixels of those squares. */
export type Landmarks = (squares: readonly Pixels[]) => Promise<Point[][]>

/** face-api's 68-point network: four dense blocks of separable convolutions. */
export function createLandmarks(tf: Operations, weights: Weights): Landmarks {
  const blocks = [0, 1, 2, 3].map((index) => {
    const name = `dense${index}`
    const first = index === 0 ? plain(tf, weights, `${name}/conv0`, 2) : separable(tf, weights, `${name}/conv0`, 2)
    const [second, third, fourth] = [1, 2, 3].map((layer) => separable(tf, weights, `${name}/conv${layer}`)) as [
      typeof first,
      typeof first,
      typeof first,
    ]
    return (x: Tensor) => {
      const one = first(x, 'relu')
      const two = tf.add(one, second(one))
      const three = tf.add(two, third(tf.relu(two)))
      return tf.relu(tf.add(three, fourth(tf.relu(three))))
    }
  })
  const [matrix, offset] = [getWeight(weights, 'fc/weights'), getWeight(weights, 'fc/bias')]
  const fc = tf.tensor(matrix.values, matrix.shape)
  const bias = tf.tensor(offset.values, offset.shape)

  return async (squares) => {
    const out = tf.tidy(() => {
      const x = pixelTensor(tf, squares, [122.782, 117.001, 104.298], 1 / 255)
      const features = tf.avgPool(
        blocks.reduce((seen, block) => block(seen), x),
        7,
        2,
        'valid',
      )
      return tf.add(tf.matMul(tf.reshape(features, [squares.length, matrix.shape[0]!]), fc), bias)
    })
    const values = await out.data()
    out.dispose()
    return squares.map((_, square) =>
      Array.from({ length: 68 }, (__, i) => {
        const at = square * 136 + 2 * i
        return [values[at]! * landmarkInput, values[at + 1]! * landmarkInput] as const
      }),
    )
  }
}
