import type { Probe, Unreadable } from '../burst.ts'
import { alignFace, fingerprintOf, measureFace } from '../measure-face.ts'
import type { FaceMeasure, FoundFace, FrameMeasure } from '../measure.ts'
import { describeChip, detectFaces, locateLandmarks, type FaceApi } from '../networks.ts'
import { withBorder, type Pixels, type Size } from '../pixels.ts'
import { frameProblems, probeLimits } from '../problems.ts'
import type { Template } from '../template.ts'
import { decodePicture } from './decode.ts'

/** Detectors learnt faces with room around them: a face cut close is found once it has this much, of the longer side. */
const border = 0.4
/** Below this a reference has too few pixels to stand for a person. */
const smallestReference = 48

export type ReferenceDescription = { template: Template; fingerprint: Uint8Array; measure: FrameMeasure }
export type ReferenceProblem = { problem: 'unreadable' | 'no-face' | 'several-faces' | 'too-small' }

export type FoundFaces = { frame: Size; faces: FoundFace[] }

/** Every face in a picture, in pixels of the picture as it was worked on (upright, at most 1600 a side). */
export async function findFaces(api: FaceApi, bytes: Uint8Array): Promise<FoundFaces | Unreadable> {
  const pixels = await decodePicture(bytes)
  if (pixels === undefined) return { problem: 'unreadable' }
  return { frame: sizeOf(pixels), faces: await detectFaces(api, pixels) }
}

/** Measures one probe; the template is there whenever a face is, good or not, and `problems` says whether to use it. */
export async function describeProbe(api: FaceApi, bytes: Uint8Array): Promise<Probe | Unreadable> {
  const pixels = await decodePicture(bytes)
  if (pixels === undefined) return { problem: 'unreadable' }
  const plain = await look(api, pixels, 0)
  // A face that fills the frame is found with room around it; better to say "too large" than "no face".
  const { faces, face } = plain.face === undefined ? await look(api, pixels, border) : plain
  if (face === undefined) return { measure: judged({ frame: sizeOf(pixels), faces }) }
  return {
    measure: judged({ frame: sizeOf(pixels), faces, face: face.measure }),
    template: await describeChip(api, face.chip),
    fingerprint: fingerprintOf(face.chip, pixels),
  }
}

/**
 * Describes an identity photograph. Its quality is what the register has, so only what makes it useless is a problem.
 * `measure` is in pixels of the photograph without the border.
 */
export async function describeReference(
  api: FaceApi,
  bytes: Uint8Array,
): Promise<ReferenceDescription | ReferenceProblem> {
  const pixels = await decodePicture(bytes)
  if (pixels === undefined) return { problem: 'unreadable' }
  const roomy = await look(api, pixels, border)
  const { faces, face } = roomy.face === undefined ? await look(api, pixels, 0) : roomy
  if (face === undefined) return { problem: 'no-face' }
  if (faces > 1) return { problem: 'several-faces' }
  if (face.measure.faceWidth < smallestReference) return { problem: 'too-small' }
  return {
    template: await describeChip(api, face.chip),
    fingerprint: fingerprintOf(face.chip, pixels),
    measure: judged({ frame: sizeOf(pixels), faces, face: face.measure }),
  }
}

async function look(api: FaceApi, pixels: Pixels, room: number) {
  const { pixels: roomy, border: added } = withBorder(pixels, room)
  const found = await detectFaces(api, roomy)
  const aligned = await alignFace(roomy, found, (picture, box) => locateLandmarks(api, picture, box))
  if (aligned === undefined) return { faces: 0 }
  return { faces: aligned.rivals, face: { measure: shifted(measureFace(aligned), added), chip: aligned.chip } }
}

function judged(measure: Omit<FrameMeasure, 'problems'>): FrameMeasure {
  return { ...measure, problems: frameProblems(measure, probeLimits) }
}

function shifted(face: FaceMeasure, by: number): FaceMeasure {
  return {
    ...face,
    box: { ...face.box, x: face.box.x - by, y: face.box.y - by },
    landmarks: face.landmarks.map(([x, y]) => [x - by, y - by] as const),
  }
}

function sizeOf({ width, height }: Pixels): Size {
  return { width, height }
}
