import { bearingOf, challengeProgress, type FaceMeasure, type Pixels, type Point } from '@ikd/face'
import type { FaceEngine } from '@ikd/face/node'
import sharp from 'sharp'
import { type DemoFace, stillOf } from '../faces.ts'
import { keepOnce } from '../kept.ts'
import { type Action, actions, doing, ordinaryReach, type Reach, type Stance } from './stance.ts'
import { warpHead } from './warp.ts'

/** Where the head is in the still, in pixels: an ellipse around the face, and the tip of its nose. */
export type HeadShape = {
  readonly x: number
  readonly y: number
  readonly halfWidth: number
  readonly halfHeight: number
  readonly nose: Point
  /** What brings the head of the photograph to look ahead, in degrees; nobody at a desk begins with a turned one. */
  readonly ahead: { readonly yaw: number; readonly pitch: number }
}

/** A photograph that can be turned: what the test camera and the stages hold before the desk. */
export type Head = { readonly still: Pixels; readonly shape: HeadShape; readonly reach: Reach }

export const cameraSize = { width: 640, height: 480 } as const

type Eye = Pick<FaceEngine, 'measureProbe'>

/** The head in a photograph of 640×480 with one face; it goes as far in each movement as it takes to be seen. */
export async function sculpt(eye: Eye, photographed: Uint8Array): Promise<Head> {
  const still = await pixelsOf(photographed)
  const plain: Head = { still, shape: shapeOf(await faceIn(eye, photographed)), reach: ordinaryReach }
  const seen = async (shares: Partial<Record<Action, number>>) => bearingOf(await faceIn(eye, await photograph(plain, doing(shares, ordinaryReach), 1)))
  const rest = await seen({})
  const found = await Promise.all(
    actions.map(async (action) => {
      // Some heads are lost on the way; half of it then tells how far is enough.
      const progress = await seen({ [action]: 1 }).then(
        (there) => challengeProgress(action, rest, there),
        async () => 2 * challengeProgress(action, rest, await seen({ [action]: 0.5 })),
      )
      return [action, reachFor(progress)] as const
    }),
  )
  return { ...plain, reach: Object.fromEntries(found) as Record<Action, number> }
}

export async function pixelsOf(photographed: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(photographed).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, channels: 3, data }
}

/** A person who is told "a little further" goes there, within what a neck can do. */
function reachFor(progress: number): number {
  return Math.min(1.6, Math.max(0.6, 1.4 / Math.max(0.1, progress)))
}

async function faceIn(eye: Eye, picture: Uint8Array): Promise<FaceMeasure> {
  const seen = await eye.measureProbe(picture)
  if ('problem' in seen || seen.measure.face === undefined) throw new Error('there is no face to be turned')
  return seen.measure.face
}

/** The people of the demo, each sculpted once in a process. */
const sculpted = new Map<string, Promise<Head>>()
export function headOf(eye: Eye, face: DemoFace): Promise<Head> {
  const known = sculpted.get(face.id)
  if (known) return known
  const head = sculptOnce(eye, face)
  sculpted.set(face.id, head)
  return head
}

async function sculptOnce(eye: Eye, face: DemoFace): Promise<Head> {
  const photographed = await stillOf(face, cameraSize)
  const measured = await keepOnce(`head-${face.id}`, async () => {
    const { shape, reach } = await sculpt(eye, photographed)
    return { shape, reach }
  })
  return { still: await pixelsOf(photographed), ...measured }
}

/** From the 68 points: ears at the ends of the jaw, the crown as far above the brows as heads have it. */
function shapeOf({ landmarks, pose }: FaceMeasure): HeadShape {
  const at = (index: number): Point => landmarks[index] ?? [0, 0]
  const [left, right, chin, nose] = [at(0), at(16), at(8), at(30)]
  const brows = (at(19)[1] + at(24)[1]) / 2
  const crown = brows - (chin[1] - brows) * 0.5
  return {
    x: (left[0] + right[0]) / 2,
    y: (crown + chin[1]) / 2,
    halfWidth: Math.hypot(right[0] - left[0], right[1] - left[1]) / 2,
    halfHeight: (chin[1] - crown) / 2,
    nose,
    // The dome moves the points about twice as far as a head turned so would.
    ahead: { yaw: -0.4 * pose.yaw, pitch: -0.3 * pose.pitch },
  }
}

/** One frame of the desk's camera, JPEG, with a sensor's noise that is never twice the same. */
export async function photograph(head: Head, stance: Stance, noise: number): Promise<Buffer> {
  const { width, height, data } = warpHead(head.still, head.shape, stance)
  const random = noiseFrom(noise)
  for (let i = 0; i < data.length; i++) data[i] = Math.min(255, Math.max(0, data[i]! + random()))
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer()
}

/** Grain, evenly between −2.9 and 2.9 grey levels; the same seed gives the same. */
export function noiseFrom(seed: number): () => number {
  let state = (seed * 2654435761) | 0 || 1
  return () => {
    // Marsaglia's xorshift: fast, and good enough to be grain.
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return ((state & 1023) - 511.5) / 180
  }
}
