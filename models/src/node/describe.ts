import type { Probe, Unreadable } from '../burst.ts'
import { alignFace, fingerprintOf, measureFace } from '../measure-face.ts'
import type { FaceMeasure, FoundFace, FrameMeasure } from '../measure.ts'
import { describeChip, detectFaces, locateLandmarks, type FaceApi } from '../networks.ts'
import { withBorder, type Pixels, type Size } from '../pixels.ts'
import { frameProblems, probeLimits } from '../problems.ts'
import type { Template } from '../template.ts'
import { decodePicture } from './decode.ts'

/**
 * Room added around a picture before a face is looked for, as shares of its longer side, in the order tried. Detectors learnt
 * faces with room around them, and identity photographs have none; a live frame has it already. What one view misses another
 * finds, so "no face" is said only when none does.
 */
const referenceViews = [0.4, 0.2, 0] as const
const probeViews = [0, 0.2, 0.4] as const
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
  const { faces, face } = await look(api, pixels, probeViews)
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
export async function describeReference(api: FaceApi, bytes: Uint8Array): Promise<ReferenceDescription | ReferenceProblem> {
  const pixels = await decodePicture(bytes)
  if (pixels === undefined) return { problem: 'unreadable' }
  const { faces, face } = await look(api, pixels, referenceViews)
  if (face === undefined) return { problem: 'no-face' }
  if (faces > 1) return { problem: 'several-faces' }
  if (face.measure.faceWidth < smallestReference) return { problem: 'too-small' }
  return {
    template: await describeChip(api, face.chip),
    fingerprint: fingerprintOf(face.chip, pixels),
    measure: judged({ frame: sizeOf(pixels), faces, face: face.measure }),
  }
}

async function look(api: FaceApi, pixels: Pixels, views: readonly number[]) {
  for (const room of views) {
    const { pixels: roomy, border } = withBorder(pixels, room)
    const found = await detectFaces(api, roomy)
    const aligned = await alignFace(roomy, found, (picture, box) => locateLandmarks(api, picture, box))
    if (aligned !== undefined) {
      return { faces: aligned.rivals, face: { measure: shifted(measureFace(aligned), border), chip: aligned.chip } }
    }
  }
  return { faces: 0 }
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
