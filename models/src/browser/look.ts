import { alignFace, backgroundStep, measureFace } from '../measure-face.ts'
import { locateLandmarks } from '../locate.ts'
import type { QuickNetworks } from '../networks.ts'
import type { Pixels } from '../pixels.ts'
import { frameHints, frameProblems } from '../problems.ts'
import type { GuideMeasure } from './guide.ts'

/** What guidance says of a picture. */
export async function lookAt({ findQuickly, landmarks }: QuickNetworks, pixels: Pixels): Promise<GuideMeasure> {
  const faces = await findQuickly(pixels)
  const aligned = await alignFace(pixels, faces, (seen, box) => locateLandmarks(landmarks, seen, box))
  const frame = { width: pixels.width, height: pixels.height }
  if (aligned === undefined) return { frame, faces: 0, problems: ['no-face'], hints: [] }
  const background = backgroundStep(pixels, aligned.landmarks)
  const face = { ...measureFace(aligned), ...(background === undefined ? {} : { background }) }
  const seen = { frame, faces: aligned.rivals, face }
  return { ...seen, problems: frameProblems(seen, 'guidance'), hints: frameHints(seen, 'guidance') }
}

/** What is in it does not matter: the networks take as long for a wall as for a face. */
const trialPicture: Pixels = { width: 640, height: 480, channels: 3, data: new Uint8Array(640 * 480 * 3).map((_, i) => (i * 37) % 251) }

/** The networks' work of a look, always on the same picture: where they see the points of a face that is not there. */
export async function trialLook({ findQuickly, landmarks }: QuickNetworks): Promise<number[]> {
  await findQuickly(trialPicture)
  return (await locateLandmarks(landmarks, trialPicture, { x: 200, y: 120, width: 240, height: 240 })).flat()
}
