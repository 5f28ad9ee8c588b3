import type { Tables } from '../../database/tables.ts'

/** What is known of two people besides their faces. */
export type Traits = Pick<Tables['resident'], 'sex' | 'birth_date'>

export type Strength = Tables['duplicate_hit']['strength']

/**
 * Distances between strangers who are hardest to tell apart: of one sex, and of East and South-East Asia, on which the network
 * was trained least (181 pairs of 27 people, 22 November 2026; README). Of everybody together they are 0.81 on average, and a
 * threshold drawn from those would hold a hundred times as many Indonesians as it promises.
 */
export const tail = { model: 'dlib-resnet-v1/face-api-1.7.15/aligned-4', mean: 0.642, deviation: 0.075 } as const

export const duplicatePolicy = {
  /** Cases in one that may be held, and listed, for a stranger's face alone. */
  heldWrongly: 0.01,
  listedWrongly: 0.1,
  /** Of what may be held wrongly, the part that people alike in sex and age may make up; the rest is everybody's. */
  alikePart: 0.5,
  /** Share of a population that is of one sex and an age within the tolerance, generously. */
  alikeShare: 0.25,
  /** Years by which the birth years of one person under two names may differ and the two still count as alike. */
  years: 10,
  /** However few there are to compare with, nothing farther than this is held; or listed, which is where one-to-one begins to doubt. */
  farthestHeld: 0.4,
  farthestListed: 0.486,
} as const

/** Nothing beyond it is a hit, whoever there is. */
export const farthest = duplicatePolicy.farthestListed

export interface DuplicateLimits {
  /** Held when alike in sex and age; the other one is for everybody. */
  readonly heldAlike: number
  readonly heldAnyone: number
  readonly listedAlike: number
  readonly listedAnyone: number
}

/** Distances at which no more strangers than the policy allows are taken for one person, among so many. */
export function limitsFor(compared: number): DuplicateLimits {
  const { heldWrongly, listedWrongly, alikePart, alikeShare, farthestHeld, farthestListed } = duplicatePolicy
  const among = Math.max(1, compared)
  const at = (allowed: number, comparisons: number, most: number) => Math.min(most, distanceAt(allowed / comparisons))
  return {
    heldAlike: at(heldWrongly * alikePart, among * alikeShare, farthestHeld),
    heldAnyone: at(heldWrongly * (1 - alikePart), among, farthestHeld),
    listedAlike: at(listedWrongly * alikePart, among * alikeShare, farthestListed),
    listedAnyone: at(listedWrongly * (1 - alikePart), among, farthestListed),
  }
}

/** Undefined when it is nothing. */
export function strengthOf(distance: number, alike: boolean, limits: DuplicateLimits): Strength | undefined {
  if (distance <= (alike ? limits.heldAlike : limits.heldAnyone)) return 'strong'
  return distance <= (alike ? limits.listedAlike : limits.listedAnyone) ? 'weak' : undefined
}

/**
 * Whether two entries of the register could be one person by sex and age. Only lowers a bar: somebody whose sex or birth date
 * stands wrong in the register, or who lies about it, is still found by the stricter one.
 */
export function isAlike(a: Traits, b: Traits): boolean {
  return a.sex === b.sex && Math.abs(birthYear(a) - birthYear(b)) <= duplicatePolicy.years
}

/**
 * The distance at which strangers are taken for one person at most at this rate: P(Z ≤ -z) ≤ ½·exp(-z²/2) for a normal
 * distribution. The bound overstates the rate five to seven times in the range used here, which is the margin for a tail that is drawn on far
 * beyond what was measured.
 */
export function distanceAt(rate: number): number {
  const z = Math.sqrt(Math.max(0, -2 * Math.log(2 * rate)))
  return Math.max(0, tail.mean - z * tail.deviation)
}

function birthYear({ birth_date: date }: Traits): number {
  return Number(date.slice(0, 4))
}
