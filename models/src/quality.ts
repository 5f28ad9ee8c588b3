import type { FaceMeasure, FrameMeasure, FrameProblem } from './measure.ts'
import type { Size } from './pixels.ts'

/**
 * What a picture of a face is measured by, in the style of ISO/IEC 29794-5: named after that standard's quality components where
 * there is one, in units of our own, without its mapping to 0..100. No conformance is claimed.
 */
export const qualityNames = [
  'single-face', 'inter-eye-distance', 'head-size', 'position', 'luminance', 'under-exposure', 'over-exposure', 'contrast',
  'illumination-uniformity', 'sharpness', 'yaw', 'pitch', 'roll', 'eyes-visible', 'mouth-unoccluded', 'mouth-unoccluded-light', 'eyes-open', 'mouth-closed',
  'background-uniformity',
] as const
export type QualityName = (typeof qualityNames)[number]

/**
 * probe: the server sets a frame aside beyond it. guidance: the desk asks for it before it takes a burst by itself, a little more than
 * the server, so that what the desk calls good is not refused. reference: beyond it an identity photograph is a poor one.
 */
export type QualityUse = 'probe' | 'guidance' | 'reference'

/** `hint`: said to the officer, and never in the way. */
export type Bound = { readonly least?: number; readonly most?: number; readonly hint?: true }

export type Quality = {
  readonly unit: 'faces' | 'px' | 'share' | 'grey levels' | 'degrees' | 'ratio'
  /** `undefined` where it was not, or cannot be, measured. */
  of(face: FaceMeasure, frame: Size, faces: number): number | undefined
  readonly limits: Readonly<Partial<Record<QualityUse, Bound>>>
  readonly below?: FrameProblem
  readonly above?: FrameProblem
}

/**
 * The table. Each measure with its unit, its limits and the reason it maps to; the weightiest reasons first, for a frame is
 * described by the first of them. The figures behind the limits, and how often honest photographs pass them, are in the README.
 */
export const qualities: Readonly<Record<QualityName, Quality>> = {
  'single-face': {
    unit: 'faces',
    of: (_face, _frame, faces) => faces,
    limits: { probe: { most: 1 }, guidance: { most: 1 } },
    above: 'several-faces',
  },
  // In the network's chip the eyes are 53 pixels apart: below 40 much of it is invented.
  'inter-eye-distance': {
    unit: 'px',
    of: (face) => face.eyeDistance,
    limits: { probe: { least: 40 }, guidance: { least: 48 }, reference: { least: 24 } },
    below: 'too-small',
  },
  'head-size': {
    unit: 'share',
    of: (face, frame) => face.eyeDistance / frame.width,
    limits: { probe: { most: 0.35 }, guidance: { most: 0.3 } },
    above: 'too-large',
  },
  // Distance of the middle of the points from the frame's, of its width or height, whichever is worse.
  'position': {
    unit: 'share',
    of: ({ landmarks }, frame) => Math.max(...[0, 1].map((axis) => Math.abs(middle(landmarks, axis) / (axis === 0 ? frame.width : frame.height) - 0.5))),
    limits: { probe: { most: 0.35 }, guidance: { most: 0.25 } },
    above: 'off-centre',
  },
  'luminance': {
    unit: 'grey levels',
    of: (face) => face.brightness,
    limits: { probe: { least: 50, most: 225 }, guidance: { least: 60, most: 210 }, reference: { least: 40, most: 230 } },
    below: 'too-dark',
    above: 'too-bright',
  },
  'under-exposure': {
    unit: 'share',
    of: (face) => face.clippedDark,
    limits: { probe: { most: 0.3 }, guidance: { most: 0.2 }, reference: { most: 0.4 } },
    above: 'too-dark',
  },
  'over-exposure': {
    unit: 'share',
    of: (face) => face.clippedBright,
    limits: { probe: { most: 0.3 }, guidance: { most: 0.2 }, reference: { most: 0.4 } },
    above: 'too-bright',
  },
  'contrast': {
    unit: 'grey levels',
    of: (face) => face.contrast,
    limits: { probe: { least: 12 }, guidance: { least: 15 }, reference: { least: 10 } },
    below: 'blurred',
  },
  'sharpness': {
    unit: 'ratio',
    of: (face) => face.sharpness,
    limits: { probe: { least: 14 }, guidance: { least: 16 }, reference: { least: 9 } },
    below: 'blurred',
  },
  'eyes-visible': {
    unit: 'ratio',
    of: (face) => face.eyeLight,
    limits: { probe: { least: 0.25 }, guidance: { least: 0.3 } },
    below: 'covered',
  },
  'mouth-unoccluded': {
    unit: 'ratio',
    of: (face) => face.lowerFaceColour,
    limits: { probe: { most: 0.42 }, guidance: { most: 0.4 } },
    above: 'covered',
  },
  'mouth-unoccluded-light': {
    unit: 'ratio',
    of: (face) => face.lowerFaceLight,
    limits: { probe: { most: 1.5 }, guidance: { most: 1.35 } },
    above: 'covered',
  },
  'yaw': {
    unit: 'degrees',
    of: (face) => Math.abs(face.pose.yaw),
    limits: { probe: { most: 45 }, guidance: { most: 30 }, reference: { most: 45 } },
    above: 'turned',
  },
  'pitch': {
    unit: 'degrees',
    of: (face) => Math.abs(face.pose.pitch),
    limits: { probe: { most: 40 }, guidance: { most: 30 }, reference: { most: 40 } },
    above: 'turned',
  },
  // Alignment takes it out; a photograph that lies on its side is none the worse.
  'roll': {
    unit: 'degrees',
    of: (face) => Math.abs(face.pose.roll),
    limits: { probe: { most: 50 }, guidance: { most: 25 } },
    above: 'tilted',
  },
  // Eyes differ between people, and the points are coarse: a limit that refuses would refuse people, not frames.
  'eyes-open': {
    unit: 'ratio',
    of: (face) => face.eyesOpen,
    limits: { guidance: { least: 0.17, hint: true } },
    below: 'eyes-closed',
  },
  'mouth-closed': {
    unit: 'ratio',
    of: (face) => face.mouthOpen,
    limits: { guidance: { most: 0.45, hint: true } },
    above: 'mouth-open',
  },
  'illumination-uniformity': {
    unit: 'share',
    of: (face) => face.sideLight,
    limits: { guidance: { most: 0.3, hint: true }, reference: { most: 0.5 } },
    above: 'side-light',
  },
  'background-uniformity': {
    unit: 'grey levels',
    of: (face) => face.background,
    limits: { guidance: { most: 14, hint: true } },
    above: 'busy-background',
  },
}

function middle(points: readonly (readonly [number, number])[], axis: number): number {
  return points.reduce((sum, point) => sum + point[axis as 0 | 1], 0) / points.length
}

/** One row of the table as a frame fares in it. */
export type QualityFinding = { readonly name: QualityName; readonly value: number; readonly problem: FrameProblem; readonly isHint: boolean }

/** The rows of the table that a frame with a face fails for this use, in the table's order. */
export function qualityFindings({ face, frame, faces }: Omit<FrameMeasure, 'problems'>, use: QualityUse): QualityFinding[] {
  if (face === undefined) return []
  return (Object.entries(qualities) as [QualityName, Quality][]).flatMap(([name, { of, limits, below, above }]) => {
    const { least = -Infinity, most = Infinity, hint } = limits[use] ?? {}
    const value = of(face, frame, faces)
    if (value === undefined) return []
    const problem = value < least ? below : value > most ? above : undefined
    return problem === undefined ? [] : [{ name, value, problem, isHint: hint === true }]
  })
}
