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
export {
  bandOf,
  decide,
  judge,
  policy,
  referencePolicy,
  referenceStanding,
  wilson,
  type Band,
  type Decision,
  type Rate,
  type ReferenceStanding,
} from './policy.ts'
export { poseFromLandmarks, type Pose } from './pose.ts'
export { frameHints, frameProblems, referenceQuality, type ReferenceQuality } from './problems.ts'
export { qualities, qualityFindings, qualityNames, type Bound, type Quality, type QualityName, type QualityUse } from './quality.ts'
export { distance, fuse, templateLength, templateModel, type Template } from './template.ts'
