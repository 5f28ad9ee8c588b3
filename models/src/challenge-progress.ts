import type { ChallengeAction } from '@ikd/contract'
import type { FaceMeasure } from './measure.ts'

/** What a challenge asks of a face: where it looks, in degrees as `Pose` counts them, and how large it is. */
export type Bearing = {
  yaw: number
  pitch: number
  /** Distance of the outer corners of the eyes, in pixels. */
  eyes: number
}

/**
 * How far each action has to go from the person's own resting position, as the landmarks show it. Small enough for a stiff
 * neck, large enough that no resting face reaches it by the landmarks' own unrest (2 to 4 degrees).
 */
export const challengeReach = {
  /** Degrees. */
  turn: 14,
  /** Degrees: of all movements the one the landmarks see least of. */
  lookUp: 6,
  /** Ratio of the eyes' distance. */
  closer: 1.22,
} as const

export function bearingOf(face: Pick<FaceMeasure, 'landmarks' | 'pose'>): Bearing {
  const [a, b] = [face.landmarks[36] ?? [0, 0], face.landmarks[45] ?? [0, 0]]
  return { yaw: face.pose.yaw, pitch: face.pose.pitch, eyes: Math.hypot(b[0] - a[0], b[1] - a[1]) }
}

/**
 * How much of an action has been done: 0 at rest, 1 when it counts, less than 0 the other way.
 *
 * The camera sees a person who is not mirrored: their left is the picture's right, where yaw is positive.
 */
export function challengeProgress(action: ChallengeAction, rest: Bearing, now: Bearing): number {
  switch (action) {
    case 'turn-left':
      return (now.yaw - rest.yaw) / challengeReach.turn
    case 'turn-right':
      return (rest.yaw - now.yaw) / challengeReach.turn
    case 'look-up':
      return (rest.pitch - now.pitch) / challengeReach.lookUp
    case 'come-closer':
      return (now.eyes / rest.eyes - 1) / (challengeReach.closer - 1)
  }
}

/** The middle one of each, so that one bad frame does not move it. */
export function middleBearing(bearings: readonly Bearing[]): Bearing {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
  return {
    yaw: middle(bearings.map(({ yaw }) => yaw)),
    pitch: middle(bearings.map(({ pitch }) => pitch)),
    eyes: middle(bearings.map(({ eyes }) => eyes)),
  }
}
