export type { CaptureReason } from '@ikd/contract'
export { alignmentTransform, canonicalPoints, chipSize } from './alignment.ts'
export { bearingOf, challengeProgress, challengeReach, middleBearing, type Bearing } from './challenge-progress.ts'
export { challengeRules, verifyChallenge, type ChallengeFrame, type ChallengeVerdict } from './challenge.ts'
export {
  decideAnswer,
  decideBurst,
  fewestFrames,
  isSameFrame,
  showsSamePicture,
  type BurstOutcome,
  type Probe,
  type Reference,
  type Unreadable,
} from './burst.ts'
export { chooseFace } from './choose.ts'
export { copyThresholds, fingerprintLength, fingerprintSimilarity, pixelFingerprint } from './fingerprint.ts'
export { describeProbe, describeReference, type FaceRuntime, type ReferenceDescription, type ReferenceProblem } from './describe.ts'
export type { FaceMeasure, FoundFace, FrameMeasure, FrameProblem } from './measure.ts'
export type { Affine, Box, Gray, Pixels, Point, Size } from './pixels.ts'
export { bandOf, decide, policy, wilson, type Band, type Decision, type Rate } from './policy.ts'
export { poseFromLandmarks, type Pose } from './pose.ts'
export { frameProblems, guideLimits, probeLimits, type Limits } from './problems.ts'
export { distance, fuse, templateLength, templateModel, type Template } from './template.ts'
