import type { CaptureReason } from '@ikd/contract'
import type { ReferenceQuality } from './problems.ts'

/** The decision on a distance. */
export type Decision = 'match' | 'inconclusive' | 'non-match'
/** What the desk is told instead of the distance, which would help someone who searches for a look-alike. */
export type Band = 'near' | 'unsure' | 'far'

/** A share with the counts it comes from and its 95 % interval. */
export type Rate = { value: number; errors: number; trials: number; low: number; high: number }

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

/**
 * Accept at 0.486 or nearer, look again with a supervisor up to 0.54, refuse beyond. Two thresholds, because the honest
 * answer in between is that this matcher cannot tell.
 *
 * `measured` is what the thresholds did on 409 photographs of 319 public figures (21 November 2026, `npm run evaluate`): as
 * false matches and false non-matches of the pairs compared, with 95 % intervals. The pairs of one person depend on each
 * other, ten people make all the genuine ones, and none of them is a KTP-el photograph: these are no field error rates.
 */
export const policy = {
  accept: 0.486,
  lookAgain: 0.54,
  measured: {
    singleFrame: {
      accept: { fmr: wilson(6, 73_121), fnmr: wilson(59, 438) },
      lookAgain: { fmr: wilson(66, 73_121), fnmr: wilson(21, 438) },
    },
    threeFramesFused: {
      accept: { fmr: wilson(23, 103_248), fnmr: wilson(6, 294) },
      lookAgain: { fmr: wilson(378, 103_248), fnmr: wilson(1, 294) },
    },
  },
} as const

/**
 * How far a match may rest on this photograph alone. `poor`: it fails a limit of the quality table. `old`: taken so long ago that
 * faces have changed.
 */
export type ReferenceStanding = 'good' | 'poor' | 'old'

/**
 * What is asked of a match, by the photograph it rests on. A poor one accepts nothing by itself: what the network makes of few or
 * dark pixels was not measured. An old one accepts at the threshold that was measured at FMR 0.01 %, for a likeness
 * that outlived the years is a strong one; what lies between goes to a supervisor, who has the original documents.
 */
export const referencePolicy = {
  good: { accept: policy.accept },
  old: { accept: 0.469, afterYears: 10, measured: { fmr: wilson(7, 103_248), fnmr: wilson(7, 294) } },
  poor: { accept: Number.NEGATIVE_INFINITY },
} as const

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
