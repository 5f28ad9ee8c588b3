import type { Probe } from './burst.ts'
import { alignFace, fingerprintOf, measureFace } from './measure-face.ts'
import type { Matcher, ShownFace } from './matcher.ts'
import type { FaceMeasure, FoundFace, FrameMeasure } from './measure.ts'
import { locateLandmarks } from './locate.ts'
import type { FaceNetworks } from './networks.ts'
import { withBorder, type Pixels, type Size } from './pixels.ts'
import { frameProblems } from './problems.ts'
import type { Template } from './template.ts'

/** All that a picture needs on its way from pixels to a template, wherever it runs. */
export type FaceRuntime = FaceNetworks & { matcher: Matcher & { templateModel: string } }

type View = { room: number; with: 'findQuickly' | 'findThoroughly' }
/**
 * How a face is looked for, in the order tried, and with how much room added around the picture, as a share of its longer side.
 * The quick detector takes a twentieth of the time and finds nearly every face a desk shows; what it misses the thorough one
 * finds. Detectors learnt faces with room around them, and identity photographs have none. "No face" is said when no view has one.
 */
const probeViews: readonly View[] = [
  { room: 0, with: 'findQuickly' },
  { room: 0, with: 'findThoroughly' },
  { room: 0.4, with: 'findThoroughly' },
]
const referenceViews: readonly View[] = [
  { room: 0.4, with: 'findQuickly' },
  { room: 0.4, with: 'findThoroughly' },
  { room: 0.2, with: 'findThoroughly' },
  { room: 0, with: 'findThoroughly' },
]
/** Below this a reference has too few pixels to stand for a person. */
const smallestReference = 48

export type ReferenceDescription = { template: Template; fingerprint: Uint8Array; measure: FrameMeasure }
export type ReferenceProblem = { problem: 'unreadable' | 'no-face' | 'several-faces' | 'too-small' }

export type FoundFaces = { frame: Size; faces: FoundFace[] }

/** Every face in a picture, in its pixels. */
export async function findFaces(runtime: FaceRuntime, pixels: Pixels): Promise<FoundFaces> {
  return { frame: sizeOf(pixels), faces: await runtime.findThoroughly(pixels) }
}

/** Measures one probe; the template is there whenever a face is, good or not, and `problems` says whether to use it. */
export async function describeProbe(runtime: FaceRuntime, pixels: Pixels): Promise<Probe> {
  const { faces, face } = await look(runtime, pixels, probeViews)
  if (face === undefined) return { measure: judged({ frame: sizeOf(pixels), faces }) }
  return {
    measure: judged({ frame: sizeOf(pixels), faces, face: face.measure }),
    template: await templateOf(runtime, face),
    fingerprint: fingerprintOf(face.chip, pixels),
  }
}

/**
 * Describes an identity photograph. Its quality is what the register has, so only what makes it useless is a problem.
 * `measure` is in pixels of the photograph without the border.
 */
export async function describeReference(runtime: FaceRuntime, pixels: Pixels): Promise<ReferenceDescription | ReferenceProblem> {
  const { faces, face } = await look(runtime, pixels, referenceViews)
  if (face === undefined) return { problem: 'no-face' }
  if (faces > 1) return { problem: 'several-faces' }
  if (face.measure.faceWidth < smallestReference) return { problem: 'too-small' }
  return {
    template: await templateOf(runtime, face),
    fingerprint: fingerprintOf(face.chip, pixels),
    measure: judged({ frame: sizeOf(pixels), faces, face: face.measure }),
  }
}

async function look(runtime: FaceRuntime, pixels: Pixels, views: readonly View[]) {
  for (const view of views) {
    const { pixels: picture, border } = withBorder(pixels, view.room)
    const found = await runtime[view.with](picture)
    const aligned = await alignFace(picture, found, (seen, box) => locateLandmarks(runtime.landmarks, seen, box))
    if (aligned !== undefined) {
      const { chip, landmarks, rivals } = aligned
      return { faces: rivals, face: { measure: shifted(measureFace(aligned), border), chip, landmarks, picture } }
    }
  }
  return { faces: 0 }
}

async function templateOf({ matcher }: FaceRuntime, face: ShownFace): Promise<Template> {
  return { values: await matcher.describe(face), model: matcher.templateModel }
}

function judged(measure: Omit<FrameMeasure, 'problems'>): FrameMeasure {
  return { ...measure, problems: frameProblems(measure, 'probe') }
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
