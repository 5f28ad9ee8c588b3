import type { Box, Point, Size } from './pixels.ts'
import type { Pose } from './pose.ts'

/** Why a frame is not good enough, as something a person in front of the camera can change. */
export type FrameProblem =
  | 'no-face'
  | 'several-faces'
  | 'too-small'
  | 'too-large'
  | 'off-centre'
  | 'too-dark'
  | 'too-bright'
  | 'blurred'
  | 'turned'
  | 'tilted'

/** A face as a detector reports it. */
export type FoundFace = { box: Box; /** the detector's own score, 0..1; no probability */ score: number }

/** What was measured on the chosen face. */
export type FaceMeasure = {
  box: Box
  /** 68 points in pixels of the frame, in the order of the iBUG 300-W annotation. */
  landmarks: readonly Point[]
  pose: Pose
  /** Width of the box in pixels. */
  faceWidth: number
  /** Fine detail relative to contrast, on the aligned face; compare with `limits`, it has no unit. */
  sharpness: number
  /** Mean luminance of the aligned face, 0..255. */
  brightness: number
  /** Standard deviation of that luminance. */
  contrast: number
  /** Height of the eyes' opening over its width, mean of both; about 0.3 open, below 0.15 shut. */
  eyesOpen: number
}

/** One frame. `face` is absent exactly when none was found. Nothing here is secret, but landmarks are personal data. */
export type FrameMeasure = {
  frame: Size
  /** How many faces were found, the chosen one included. */
  faces: number
  face?: FaceMeasure
  problems: FrameProblem[]
}
