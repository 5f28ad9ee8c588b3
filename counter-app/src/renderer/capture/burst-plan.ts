import type { ChallengeStep } from '@ikd/contract'
import { type Bearing, challengeProgress, middleBearing } from '@ikd/face'

/** What the desk grabbed of one moment. Times in milliseconds of a clock that only goes forward. */
export interface Grab {
  readonly at: number
  /** A few hundred grey values: enough to tell how far two moments are apart. */
  readonly thumb: Uint8Array
}

/** What guidance saw of a face, and when the picture was taken. */
export interface Sight {
  readonly at: number
  readonly bearing: Bearing
}

/** A step is shown at least this long, so that its words can be read, and at most so long that nobody stands there for ever. */
const shown = { least: 700, mostStill: 5_000, mostMoving: 10_000, unguidedStill: 1_200, unguidedMoving: 5_000 } as const
/** The face must be quiet for this long before anything is asked, and have arrived for this long before the next thing is. */
const quietMs = 650
const heldMs = 350
/** A little more than the server asks for, so that what the desk calls done is not refused. */
const margin = 1.2
const quietSway = 6

/**
 * Whether a step has been shown long enough: the person has done it, or time is over. Without guidance only time can tell.
 *
 * @param sights of this step, oldest first; `undefined` where nothing guides
 */
export function isStepOver(step: ChallengeStep, rest: Bearing | undefined, sights: readonly Sight[] | undefined, beganAt: number, now: number): boolean {
  const passed = now - beganAt
  if (passed < shown.least) return false
  if (sights === undefined) return passed >= (step === 'look' ? shown.unguidedStill : shown.unguidedMoving)
  if (passed >= (step === 'look' ? shown.mostStill : shown.mostMoving)) return true
  if (step === 'look') return isQuiet(sights.filter(({ at }) => at >= now - quietMs), now)
  const arrived = rest && sights.find(({ bearing }) => challengeProgress(step, rest, bearing) >= margin)
  return arrived !== undefined && now - arrived.at >= heldMs
}

function isQuiet(sights: readonly Sight[], now: number): boolean {
  if (sights.length < 2 || now - sights[0]!.at < quietMs / 2) return false
  const middle = middleBearing(sights.map(({ bearing }) => bearing))
  return sights.every(({ bearing }) => Math.abs(bearing.yaw - middle.yaw) <= quietSway && Math.abs(bearing.pitch - middle.pitch) <= quietSway)
}

/** Where the person rests: the middle of what was seen last while they were asked to look. */
export function restOf(sights: readonly Sight[]): Bearing | undefined {
  return sights.length === 0 ? undefined : middleBearing(sights.slice(-5).map(({ bearing }) => bearing))
}

/** Of a person who looks: the last moments, evenly. */
export function chooseStill<G extends Grab>(grabs: readonly G[], count: number): G[] {
  const end = grabs.at(-1)?.at ?? 0
  const last = grabs.filter(({ at }) => at >= end - quietMs)
  return evenly(last.length >= count ? last : grabs, count)
}

/**
 * Of a movement: where it began, as near to rest as the person came; on the way; and arrived, at least twice.
 *
 * @param shareOf how much of the movement has been made in a grab; see `shareOfWay`
 */
export function chooseMoving<G extends Grab>(grabs: readonly G[], count: number, shareOf: (grab: Grab) => number): G[] {
  const end = grabs.at(-1)
  if (end === undefined || grabs.length <= count) return [...grabs]
  const held = grabs.findLast(({ at }) => at <= end.at - heldMs / 2) ?? end
  const before = grabs.filter(({ at }) => at < held.at)
  // A person may still be on the way back from the movement before.
  const start = least(before.filter(({ at }) => at <= end.at - heldMs - 200), (grab) => Math.abs(shareOf(grab))) ?? before[0] ?? held
  const chosen = new Set([start, held, end])
  const ways = count - chosen.size
  for (let i = 1; i <= ways; i++) {
    const wanted = shareOf(start) + ((shareOf(end) - shareOf(start)) * i) / (ways + 1)
    const between = before.filter((grab) => grab.at > start.at && !chosen.has(grab))
    const next = least(between, (grab) => Math.abs(shareOf(grab) - wanted))
    if (next) chosen.add(next)
  }
  return [...chosen].sort((a, b) => a.at - b.at)
}

/**
 * How far a picture has gone from the resting one in the direction of the last: told from the pictures themselves, for guidance
 * may be absent, or too slow to have seen the way. What else moves, as every head does, goes in other directions.
 */
export function shareOfWay(resting: Grab, end: Grab): (grab: Grab) => number {
  const direction = Array.from(end.thumb, (value, i) => value - (resting.thumb[i] ?? 0))
  const length = direction.reduce((sum, value) => sum + value * value, 0) || 1
  return ({ thumb }) => direction.reduce((sum, value, i) => sum + value * ((thumb[i] ?? 0) - (resting.thumb[i] ?? 0)), 0) / length
}

/** The last of those for which it is least. */
function least<G>(of: readonly G[], value: (one: G) => number): G | undefined {
  let best: G | undefined
  let lowest = Number.POSITIVE_INFINITY
  for (const one of of) {
    const now = value(one)
    if (now <= lowest) [best, lowest] = [one, now]
  }
  return best
}

function evenly<G>(of: readonly G[], count: number): G[] {
  if (of.length <= count) return [...of]
  return Array.from({ length: count }, (_, i) => of[Math.round((i * (of.length - 1)) / (count - 1))] as G)
}
