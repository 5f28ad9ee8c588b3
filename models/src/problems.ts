import type { FrameMeasure, FrameProblem } from './measure.ts'

/** What a frame must satisfy. Lengths are pixels or shares of the frame, angles degrees, the rest as in `FaceMeasure`. */
export type Limits = {
  minFaceWidth: number
  /** Of the frame's width. */
  maxFaceShare: number
  /** Distance of the face's centre from the frame's, of the frame's width or height, whichever is worse. */
  maxOffCentre: number
  minBrightness: number
  maxBrightness: number
  minContrast: number
  minSharpness: number
  maxYaw: number
  maxPitch: number
  maxRoll: number
}

/**
 * The server's limits on a probe. A face narrower than 100 pixels fills the network's chip with invented ones (150 pixels,
 * two thirds of them face). The others leave out what the measured error rates do not cover; see the README for how often
 * honest photographs pass.
 */
export const probeLimits: Limits = {
  minFaceWidth: 100,
  maxFaceShare: 0.8,
  maxOffCentre: 0.35,
  minBrightness: 50,
  maxBrightness: 225,
  minContrast: 12,
  minSharpness: 14,
  maxYaw: 45,
  maxPitch: 40,
  maxRoll: 50,
}

/** Guidance asks for a little more than the server does, so that what the desk calls good is not refused. */
export const guideLimits: Limits = {
  ...probeLimits,
  minFaceWidth: 120,
  maxFaceShare: 0.7,
  maxOffCentre: 0.25,
  minBrightness: 60,
  maxBrightness: 210,
  minSharpness: 16,
  maxYaw: 30,
  maxPitch: 30,
  maxRoll: 25,
}

/** What is wrong with a frame, the weightiest first; empty when it is good. Without a face, only that is said. */
export function frameProblems(measure: Omit<FrameMeasure, 'problems'>, limits: Limits): FrameProblem[] {
  const { face, frame } = measure
  if (face === undefined) return ['no-face']
  const { box, pose } = face
  const offX = Math.abs(box.x + box.width / 2 - frame.width / 2) / frame.width
  const offY = Math.abs(box.y + box.height / 2 - frame.height / 2) / frame.height
  const checks: readonly (readonly [FrameProblem, boolean])[] = [
    ['several-faces', measure.faces > 1],
    ['too-small', face.faceWidth < limits.minFaceWidth],
    ['too-large', face.faceWidth > limits.maxFaceShare * frame.width],
    ['off-centre', Math.max(offX, offY) > limits.maxOffCentre],
    ['too-dark', face.brightness < limits.minBrightness],
    ['too-bright', face.brightness > limits.maxBrightness],
    ['blurred', face.sharpness < limits.minSharpness || face.contrast < limits.minContrast],
    ['turned', Math.abs(pose.yaw) > limits.maxYaw || Math.abs(pose.pitch) > limits.maxPitch],
    ['tilted', Math.abs(pose.roll) > limits.maxRoll],
  ]
  return checks.filter(([, failed]) => failed).map(([problem]) => problem)
}
