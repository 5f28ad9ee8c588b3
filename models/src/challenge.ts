import type { CaptureReason, ChallengeAction, ChallengeStep } from '@ikd/contract'
import type { Probe, Unreadable } from './burst.ts'
import { bearingOf, challengeProgress, middleBearing, type Bearing } from './challenge-progress.ts'
import { fingerprintLength, fingerprintSimilarity, mirroredFingerprint } from './fingerprint.ts'
import type { FaceMeasure } from './measure.ts'
import { policy } from './policy.ts'
import { distance, fuse, type Template } from './template.ts'

/** A frame with what the desk says of it: when it was taken, and which step was shown then. */
export type ChallengeFrame = {
  seen: Probe | Unreadable
  /** Milliseconds since the first frame. */
  atMs: number
  /** Index into the steps. */
  step: number
}

export type ChallengeVerdict =
  | { ok: true; /** Frames in which the face is as it was at rest: those that may be compared. */ resting: ReadonlySet<number> }
  | { ok: false; reasons: CaptureReason[] }

/** A frame that shows the one person, ready to be followed. */
type Sight = { index: number; atMs: number; step: number; face: FaceMeasure; bearing: Bearing; template: Template; print: Uint8Array }

/**
 * What a living person's answer is made of. Times in milliseconds, angles in degrees; shares are of the movement asked for.
 * Measured on the answers and attacks the README counts.
 */
export const challengeRules = {
  /** Frames with a face that each step needs. */
  framesPerStep: 3,
  /** Frames follow each other no faster than a person could be seen to move between them. */
  leastGap: 50,
  /** Nobody does what they were asked faster than this. */
  leastStep: 350,
  /** How still the resting face is. How far it may be turned is a question of quality, and asked of every frame compared. */
  restingSway: 9,
  restingScale: 1.14,
  /** Frames of an action that reach it, and how nearly: landmarks differ by more than that from one frame to the next. */
  reached: 2,
  nearly: 0.9,
  /** Least rise between where a step began and its peak. */
  rise: 0.8,
  /** A frame between these shares of the rise shows the movement under way. */
  underWay: [0.08, 0.92],
  /** How far the movement may fall back before its peak. */
  fallBack: 0.5,
  /** Rise of a turn that was not asked for. */
  otherTurn: 0.75,
  /** Widths of the face its middle may move from one frame to the next, and the ratio its size may change by. */
  jump: 0.8,
  grow: 1.6,
  /** Least likeness of two following frames as whole pictures: the room stays where it is. */
  sameScene: 0.35,
  /** Nothing moved at all, as `copyThresholds.stalledFrame`; and: something clearly did. */
  returned: 0.99995,
  moved: 0.999,
  /** A picture and its like in a mirror: faces and rooms came to 0.61 at most, a film turned round to 0.9997 and more. */
  mirrored: 0.998,
} as const

/**
 * Whether frames answer a challenge: a person who rests, then does each thing asked, one after the other, by moving there.
 * What the desk says of the frames (`atMs`, `step`) is taken as said; whoever calls compares it with a clock of their own.
 *
 * @param steps begins with `look`
 */
export function verifyChallenge(frames: readonly ChallengeFrame[], steps: readonly ChallengeStep[]): ChallengeVerdict {
  if (!isTimely(frames, steps.length)) return failed()
  const sights = frames.flatMap(sightOf)
  if (isLooped(sights) || isMirrored(sights)) return { ok: false, reasons: ['repeated-frame'] }
  const byStep = steps.map((_, step) => sights.filter((sight) => sight.step === step))
  const resting = distinct(byStep[0] ?? [])
  if (resting.length < 2) return failed('moved-too-early')
  const rest = middleBearing(resting.map(({ bearing }) => bearing))
  if (!isAtRest(resting, rest)) return failed('moved-too-early')
  const self = fuse(resting.map(({ template }) => template))
  if (sights.some(({ template }) => distance(template, self) > policy.lookAgain)) return { ok: false, reasons: ['faces-differ-between-frames'] }
  if (!isUnbroken(sights)) return failed('picture-jumped')
  const missing = steps.flatMap((step, i) => (step === 'look' || isDone(step, rest, byStep[i] ?? []) ? [] : [unseen[step]]))
  if (missing.length > 0) return failed(...new Set(missing))
  return { ok: true, resting: new Set(sights.filter(({ bearing }) => looksAsAtRest(bearing, rest)).map(({ index }) => index)) }
}

const unseen = {
  'turn-left': 'turn-left-not-seen',
  'turn-right': 'turn-right-not-seen',
  'look-up': 'look-up-not-seen',
  'come-closer': 'come-closer-not-seen',
} as const satisfies Record<ChallengeAction, CaptureReason>

function failed(...hints: CaptureReason[]): ChallengeVerdict {
  return { ok: false, reasons: ['challenge-not-followed', ...hints] }
}

/** Frames in the order of time and steps, each step given the time a person needs. */
function isTimely(frames: readonly ChallengeFrame[], steps: number): boolean {
  const inOrder = frames.every(({ atMs, step }, i) => {
    const before = frames[i - 1]
    return before === undefined ? step === 0 : atMs - before.atMs >= challengeRules.leastGap && (step === before.step || step === before.step + 1)
  })
  if (!inOrder || frames.at(-1)?.step !== steps - 1) return false
  return Array.from({ length: steps }, (_, step) => frames.filter((frame) => frame.step === step)).every(
    (own) => own.at(-1)!.atMs - own[0]!.atMs >= challengeRules.leastStep,
  )
}

function sightOf({ seen, atMs, step }: ChallengeFrame, index: number): Sight[] {
  if ('problem' in seen || seen.measure.face === undefined || seen.template === undefined || seen.fingerprint === undefined) return []
  const { face } = seen.measure
  return [{ index, atMs, step, face, bearing: bearingOf(face), template: seen.template, print: seen.fingerprint.subarray(fingerprintLength) }]
}

/** A picture that comes back after another: a film that began again, or frames cut in. A person never returns to the pixel. */
function isLooped(sights: readonly Sight[]): boolean {
  return sights.some((last, k) =>
    sights.slice(0, Math.max(0, k - 1)).some(
      (first, i) =>
        fingerprintSimilarity(first.print, last.print) >= challengeRules.returned &&
        sights.slice(i + 1, k).some((between) => fingerprintSimilarity(first.print, between.print) < challengeRules.moved),
    ),
  )
}

/** A film of one turn, turned round for the other. */
function isMirrored(sights: readonly Sight[]): boolean {
  return sights.some((one, i) => {
    const mirrored = mirroredFingerprint(one.print)
    return sights.slice(i + 1).some(({ print }) => fingerprintSimilarity(mirrored, print) >= challengeRules.mirrored)
  })
}

/** A camera that stalls gives one frame several times; it counts once. Somebody who hardly moves does move in time. */
function distinct(sights: readonly Sight[]): Sight[] {
  const kept: Sight[] = []
  for (const sight of sights) {
    const before = kept.at(-1)
    if (before === undefined || fingerprintSimilarity(before.print, sight.print) < challengeRules.returned) kept.push(sight)
  }
  return kept
}

function isAtRest(resting: readonly Sight[], rest: Bearing): boolean {
  return resting.every(({ bearing }) => looksAsAtRest(bearing, rest) && isSameSize(bearing, rest))
}

function looksAsAtRest(bearing: Bearing, rest: Bearing): boolean {
  const { restingSway } = challengeRules
  return Math.abs(bearing.yaw - rest.yaw) <= restingSway && Math.abs(bearing.pitch - rest.pitch) <= restingSway
}

function isSameSize(bearing: Bearing, rest: Bearing): boolean {
  return Math.max(bearing.eyes / rest.eyes, rest.eyes / bearing.eyes) <= challengeRules.restingScale
}

/** No cut: the face goes from where it was, and the room stays. */
function isUnbroken(sights: readonly Sight[]): boolean {
  const { jump, grow, sameScene } = challengeRules
  return sights.every((sight, i) => {
    const before = sights[i - 1]
    if (before === undefined) return true
    const [a, b] = [before.face.box, sight.face.box]
    const moved = Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2) / Math.min(a.width, b.width)
    const grown = Math.max(a.width / b.width, b.width / a.width)
    return moved <= jump && grown <= grow && fingerprintSimilarity(before.print, sight.print) >= sameScene
  })
}

/** Begun, under way, reached and held; and no turn to a side that nobody named. */
function isDone(action: ChallengeAction, rest: Bearing, sights: readonly Sight[]): boolean {
  const { framesPerStep, reached, nearly, rise, underWay, fallBack, otherTurn } = challengeRules
  if (distinct(sights).length < framesPerStep) return false
  // Whoever holds still when they are there may look the same twice, and is there.
  const shares = sights.map(({ bearing }) => challengeProgress(action, rest, bearing))
  const peak = Math.max(...shares)
  const start = shares[0]!
  const whole = peak - start
  if (shares.filter((share) => share >= nearly).length < reached || whole < rise) return false
  const climb = shares.slice(0, shares.indexOf(peak) + 1)
  if (!climb.some((share) => share > start + underWay[0] * whole && share < start + underWay[1] * whole)) return false
  if (furthestFall(climb) > fallBack) return false
  const others = (['turn-left', 'turn-right'] as const).filter((other) => other !== action)
  return others.every((other) => furthestRise(sights.map(({ bearing }) => Math.max(0, challengeProgress(other, rest, bearing)))) < otherTurn)
}

function furthestRise(values: readonly number[]): number {
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value - least)
  }
  return most
}

function furthestFall(values: readonly number[]): number {
  return furthestRise(values.map((value) => -value))
}
