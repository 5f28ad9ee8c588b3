import type { Point, Size, Box } from './pixels.ts'
import type { Pose } from './pose.ts'

/** Why a frame is not good enough, as something a person in front of the camera, or beside it, can change. */
export type FrameProblem =
  | 'no-face'
  | 'several-faces'
  | 'too-small'
  | 'too-large'
  | 'off-centre'
  | 'too-dark'
  | 'too-bright'
  | 'side-light'
  | 'blurred'
  | 'turned'
  | 'tilted'
  | 'covered'
  | 'eyes-closed'
  | 'mouth-open'
  | 'busy-background'

/** A face as a detector reports it. */
export type FoundFace = { box: Box; /** the detector's own score, 0..1; no probability */ score: number }

/** What was measured on the chosen face. What each of it must be stands in `quality.ts`. */
export type FaceMeasure = {
  box: Box
  /** 68 points in pixels of the frame, in the order of the iBUG 300-W annotation. */
  landmarks: readonly Point[]
  pose: Pose
  /** Width of the box in pixels; where it lies is the detector's own habit. */
  faceWidth: number
  /** Pixels between the middles of the eyes, as they would lie apart were the head not turned. */
  eyeDistance: number
  /** Fine detail relative to contrast, on the aligned face; it has no unit. */
  sharpness: number
  /** Mean luminance of the aligned face, 0..255. */
  brightness: number
  /** Standard deviation of that luminance. */
  contrast: number
  /** Shares of the aligned face, 0..1, in which nothing is left to see: near black, and near white. */
  clippedDark: number
  clippedBright: number
  /** Difference of the two halves' mean luminance over their sum, 0..1. */
  sideLight: number
  /** Height of the eyes' opening over its width, mean of both; about 0.3 open, below 0.15 shut. */
  eyesOpen: number
  /** Height of the opening between the lips over its width; 0 closed, about 0.5 in a yawn. */
  mouthOpen: number
  /** Luminance of the eyes' places over that of the cheeks; dark glasses bring it down. */
  eyeLight: number
  /** How much bluer and less red mouth and chin are than the cheeks, as chroma over luminance; coloured and black masks raise it. */
  lowerFaceColour: number
  /** Luminance of mouth and chin over that of the cheeks; white masks raise it. */
  lowerFaceLight: number
  /** Mean step of luminance between places 4 pixels apart beside the head; measured by the live guidance only. */
  background?: number
}

/** One frame. `face` is absent exactly when none was found. Nothing here is secret, but landmarks are personal data. */
export type FrameMeasure = {
  frame: Size
  /** How many faces were found, the chosen one included. */
  faces: number
  face?: FaceMeasure
  problems: FrameProblem[]
}
