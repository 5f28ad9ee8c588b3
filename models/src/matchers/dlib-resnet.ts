import type { CreateMatcher } from '../matcher.ts'
import { createRecognition } from '../networks/recognition.ts'
import { readWeights } from '../networks/weights.ts'
import { mirrored } from '../pixels.ts'

const folder = '@vladmandic/face-api/model'

/**
 * dlib's recognition network on the aligned chip and on its mirror image: the mean of the two. A face has no left or right that
 * matters, so what the two differ in is noise.
 */
export const createMatcher: CreateMatcher = async ({ tf, readModelFile }) => {
  const weights = readWeights(
    await readModelFile(`${folder}/face_recognition_model-weights_manifest.json`),
    await readModelFile(`${folder}/face_recognition_model.bin`),
  )
  const describe = createRecognition(tf, weights)
  return {
    async describe({ chip }) {
      const [seen, reversed] = (await describe([chip, mirrored(chip)])) as [Float32Array, Float32Array]
      return seen.map((value, i) => (value + reversed[i]!) / 2)
    },
  }
}
