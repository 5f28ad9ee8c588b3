import type { CaptureReason, ChallengeStep } from '@ikd/contract'
import { verifyChallenge, type ChallengeFrame } from './challenge.ts'
import { copyThresholds, fingerprintLength, fingerprintSimilarity, mirroredFingerprint } from './fingerprint.ts'
import type { FrameMeasure } from './measure.ts'
import { bandOf, judge, policy, type Band, type Decision, type ReferenceStanding } from './policy.ts'
import { distance, fuse, type Template, templateModel } from './template.ts'

/** A probe as the engine measured it; template and fingerprint are there whenever a face was. */
export type Probe = { measure: FrameMeasure; template?: Template; fingerprint?: Uint8Array }
/** A frame that is no JPEG, PNG or WebP picture, or a damaged one. */
export type Unreadable = { problem: 'unreadable' }

export type Reference = {
  template: Template
  fingerprint: Uint8Array
  /** `good` unless said: whoever decides about people says it. */
  standing?: ReferenceStanding
}

export type BurstOutcome = {
  outcome: Decision | 'failure-to-acquire'
  reasons: CaptureReason[]
  /** For the desk; absent after a failure to acquire. */
  band?: Band
  /** Indices of the frames that were fused. */
  usedFrames: number[]
  /** For the server's own records, never for a client; absent after a failure to acquire. */
  distance?: number
  /** The fused template; absent after a failure to acquire. */
  template?: Template
}

type Usable = { index: number; template: Template; fingerprint: Uint8Array }

/** Fewer good frames than this are a failure to acquire, whatever they would say. */
export const fewestFrames = 2

/**
 * Decides one burst of frames against a reference.
 *
 * A copy of the reference, or of a frame from an earlier burst, refuses the whole burst, since no camera makes one. Frames
 * that are the same within the burst count once: a camera may stall. Frames of different faces are a failure to acquire, never an average.
 *
 * @param earlier fingerprints of earlier bursts (of this case, this resident, or this desk: the caller decides how far back)
 * @param isCompared which frames may be compared with the reference, by index; all of them unless it is given. Copies are looked
 *   for in every frame.
 * @throws RangeError for templates of another matcher than the one in use, whose thresholds say nothing of them
 */
export function decideBurst(input: {
  frames: readonly (Probe | Unreadable)[]
  reference: Reference
  earlier?: readonly Uint8Array[]
  isCompared?: (index: number) => boolean
}): BurstOutcome {
  const { frames, reference, earlier = [], isCompared = () => true } = input
  const prints = frames.flatMap((frame) => ('measure' in frame && frame.fingerprint ? [frame.fingerprint] : []))
  if (frames.some((frame) => isCopy(frame, reference))) return failure(['same-image-as-reference'])
  if (prints.some((print) => isShownBefore(print, earlier))) return failure(['repeated-frame'])

  const usable: Usable[] = []
  const complaints: CaptureReason[] = []
  frames.forEach((frame, index) => {
    if (!isCompared(index)) return
    if ('problem' in frame) return complaints.push(frame.problem)
    complaints.push(...frame.measure.problems)
    const { template, fingerprint } = frame
    if (frame.measure.problems.length > 0 || template === undefined || fingerprint === undefined) return
    if (usable.some((kept) => isStalled(kept.fingerprint, fingerprint))) return complaints.push('repeated-frame')
    usable.push({ index, template, fingerprint })
  })
  if (usable.length < fewestFrames) {
    const reasons = commonestFirst(complaints)
    return failure(reasons.length > 0 ? reasons : ['too-few-usable-frames'])
  }

  const templates = usable.map(({ template }) => template)
  if (furthestApart(templates) > policy.lookAgain) return failure(['faces-differ-between-frames'])

  const template = fuse(templates)
  if (template.model !== templateModel) throw new RangeError(`templates of ${template.model} are not decided by the thresholds of ${templateModel}`)
  const apart = distance(template, reference.template)
  const { outcome, reasons } = judge(apart, reference.standing ?? 'good')
  return {
    outcome,
    reasons: [...reasons, ...(outcome === 'match' ? [] : commonestFirst(complaints))],
    band: bandOf(outcome),
    usedFrames: usable.map(({ index }) => index),
    distance: apart,
    template,
  }
}

/**
 * Decides the answer to a challenge: who it is only counts once a living answer was given, and of its frames only those are
 * compared that look as the person does at rest.
 *
 * A picture too poor to see the face at rest is said before the challenge is judged, for that is what has to be changed first.
 *
 * @param steps what the server asked; begins with `look`
 */
export function decideAnswer(input: {
  frames: readonly ChallengeFrame[]
  steps: readonly ChallengeStep[]
  reference: Reference
  earlier?: readonly Uint8Array[]
}): BurstOutcome {
  const { frames, steps, reference, earlier } = input
  const seen = frames.map((frame) => frame.seen)
  const challenge = verifyChallenge(frames, steps)
  const isCompared = challenge.ok ? (index: number) => challenge.resting.has(index) : (index: number) => frames[index]?.step === 0
  const burst = decideBurst({ frames: seen, reference, earlier, isCompared })
  return challenge.ok || burst.outcome === 'failure-to-acquire' ? burst : failure(challenge.reasons)
}

/**
 * Whether a face and a reference are one photograph, however it was cut, scaled or compressed again: their pixels are alike
 * and so are their templates. Either alone is not enough: strangers under one light are alike in sixteen by sixteen cells, and
 * two photographs of one person can have templates as near.
 */
export function showsSamePicture(a: Reference, b: Reference): boolean {
  const { likeness, distance: apart } = copyThresholds.samePicture
  return (
    fingerprintSimilarity(facePart(a.fingerprint), facePart(b.fingerprint)) >= likeness &&
    distance(a.template, b.template) <= apart
  )
}

function isCopy(frame: Probe | Unreadable, reference: Reference): boolean {
  if (!('measure' in frame) || frame.template === undefined || frame.fingerprint === undefined) return false
  return showsSamePicture({ template: frame.template, fingerprint: frame.fingerprint }, reference)
}

/** Whether two fingerprints are of one and the same frame, whatever its size, brightness or compression now. */
export function isSameFrame(a: Uint8Array, b: Uint8Array): boolean {
  return frameSimilarity(a, b) >= copyThresholds.sameFrame
}

/** A frame of an earlier burst, as it was or seen in a mirror: a recording turned round would answer for the other side. */
function isShownBefore(print: Uint8Array, earlier: readonly Uint8Array[]): boolean {
  const mirrored = mirroredFingerprint(print)
  return earlier.some((before) => isSameFrame(print, before) || isSameFrame(mirrored, before))
}

/** Whether nothing at all moved between two frames of one burst: a camera that stalls, or a still picture in its place. */
function isStalled(a: Uint8Array, b: Uint8Array): boolean {
  return frameSimilarity(a, b) >= copyThresholds.stalledFrame
}

function frameSimilarity(a: Uint8Array, b: Uint8Array): number {
  return fingerprintSimilarity(a.subarray(fingerprintLength), b.subarray(fingerprintLength))
}

function facePart(fingerprint: Uint8Array): Uint8Array {
  return fingerprint.subarray(0, fingerprintLength)
}

function failure(reasons: CaptureReason[]): BurstOutcome {
  return { outcome: 'failure-to-acquire', reasons, usedFrames: [] }
}

function furthestApart(templates: readonly Template[]): number {
  let most = 0
  templates.forEach((a, i) => {
    for (const b of templates.slice(i + 1)) most = Math.max(most, distance(a, b))
  })
  return most
}

function commonestFirst(reasons: readonly CaptureReason[]): CaptureReason[] {
  const counts = new Map<CaptureReason, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!)
}
