import type { CaptureReason } from '@ikd/contract'
import { getMatcherEntry, manifest, type MeasuredRun, type OperatingPoint, type RecordedRate } from './manifest.ts'
import type { ReferenceQuality } from './problems.ts'

/** The decision on a distance. */
export type Decision = 'match' | 'inconclusive' | 'non-match'
/** What the desk is told instead of the distance, which would help someone who searches for a look-alike. */
export type Band = 'near' | 'unsure' | 'far'

/** A share with the counts it comes from and its 95 % interval. */
export type Rate = RecordedRate

export function decide(distance: number): Decision {
  if (distance <= policy.accept) return 'match'
  return distance <= policy.lookAgain ? 'inconclusive' : 'non-match'
}

export function bandOf(decision: Decision): Band {
  return decision === 'match' ? 'near' : decision === 'inconclusive' ? 'unsure' : 'far'
}

/** Wilson's score interval, which stays right for few errors (Brown, Cai and DasGupta, Statistical Science 16(2), 2001). */
export function wilson(errors: number, trials: number): Rate {
  if (trials === 0) return { value: Number.NaN, errors, trials, low: 0, high: 1 }
  const z = 1.959964
  const p = errors / trials
  const middle = (p + (z * z) / (2 * trials)) / (1 + (z * z) / trials)
  const half = (z / (1 + (z * z) / trials)) * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials))
  return { value: p, errors, trials, low: errors === 0 ? 0 : middle - half, high: errors === trials ? 1 : middle + half }
}

const matcher = getMatcherEntry(manifest)

/**
 * The thresholds of the matcher in use, from its entry in the manifest, with what each did when it was measured: shares of false
 * matches and of false non-matches with 95 % intervals, for one picture a probe and for three fused. Accept at `accept` or nearer,
 * look again with a supervisor up to `lookAgain`, refuse beyond: two thresholds, because the honest answer in between is that the
 * matcher cannot tell. The figures are no field error rates (README).
 */
export const policy = {
  ...matcher.thresholds,
  measured: { singleFrame: measuredWith(1), threeFramesFused: measuredWith(3) },
} as const

/** Absent for a matcher that nobody has measured: `npm run evaluate` must be able to. A test refuses one in use without figures. */
function measuredWith(frames: number): MeasuredRun | undefined {
  return matcher.measured?.runs.find((run) => run.frames === frames)
}

/**
 * How far a match may rest on this photograph alone. `poor`: it fails a limit of the quality table. `old`: taken so long ago that
 * faces have changed.
 */
export type ReferenceStanding = 'good' | 'poor' | 'old'

/**
 * What is asked of a match, by the photograph it rests on. A poor one accepts nothing by itself: what the network makes of few or
 * dark pixels was not measured. An old one accepts at the threshold that was measured at FMR 0.01 % with three pictures
 * fused, for a likeness that outlived the years is a strong one; what lies between goes to a supervisor, who has the original documents.
 */
export const referencePolicy = {
  good: { accept: policy.accept },
  old: { ...strictPoint(), afterYears: 10 },
  poor: { accept: Number.NEGATIVE_INFINITY },
} as const

/** Where no such threshold was measured, an old photograph accepts nothing by itself either. */
function strictPoint(): { accept: number; measured?: OperatingPoint } {
  const point = policy.measured.threeFramesFused?.atFmr.find(({ asked }) => asked === 1e-4)
  return point === undefined ? { accept: Number.NEGATIVE_INFINITY } : { accept: Math.min(point.threshold, policy.accept), measured: point }
}

/** @param takenOn ISO 8601 date, where the register knows it; without one only quality counts */
export function referenceStanding(photo: { quality: ReferenceQuality; takenOn?: string }, today: string): ReferenceStanding {
  if (photo.quality === 'poor') return 'poor'
  if (photo.takenOn === undefined) return 'good'
  const oldSince = `${String(Number(today.slice(0, 4)) - referencePolicy.old.afterYears).padStart(4, '0')}${today.slice(4)}`
  return photo.takenOn <= oldSince ? 'old' : 'good'
}

const standingReasons: Readonly<Record<ReferenceStanding, readonly CaptureReason[]>> = {
  good: [],
  poor: ['reference-poor'],
  old: ['reference-old'],
}

/** The decision on a distance from a photograph of this standing, with its reasons; the weightiest first. */
export function judge(distance: number, standing: ReferenceStanding): { outcome: Decision; reasons: CaptureReason[] } {
  const alike = decide(distance)
  const about = standingReasons[standing]
  if (alike === 'non-match') return { outcome: alike, reasons: ['face-differs', ...about] }
  if (alike === 'inconclusive') return { outcome: alike, reasons: ['face-uncertain', ...about] }
  if (distance > referencePolicy[standing].accept) return { outcome: 'inconclusive', reasons: [...about] }
  return { outcome: 'match', reasons: [] }
}
