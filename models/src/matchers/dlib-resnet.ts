import { alignmentTransform, chipSize } from '../alignment.ts'
import type { CreateMatcher } from '../matcher.ts'
import { createRecognition } from '../networks/recognition.ts'
import { readWeights } from '../networks/weights.ts'
import { mirrored, warp } from '../pixels.ts'

const folder = '@vladmandic/face-api/model'

/** Room around the face in the mirrored view; the other has the 25 % the network was trained with. */
const mirroredPadding = 0.2

/**
 * dlib's recognition network on two views of the face, the aligned chip and a mirror image cut a little closer: the mean of the
 * two. Left and right do not matter in a face, nor does a twentieth more or less of it, so what the views differ in is noise.
 */
export const createMatcher: CreateMatcher = async ({ tf, readModelFile }) => {
  const weights = readWeights(
    await readModelFile(`${folder}/face_recognition_model-weights_manifest.json`),
    await readModelFile(`${folder}/face_recognition_model.bin`),
  )
  const describe = createRecognition(tf, weights)
  return {
    async describe({ picture, landmarks, chip }) {
      const closer = warp(picture, alignmentTransform(landmarks, chipSize, mirroredPadding), chipSize)
      const [seen, reversed] = (await describe([chip, mirrored(closer)])) as [Float32Array, Float32Array]
      return seen.map((value, i) => (value + reversed[i]!) / 2)
    },
  }
}
