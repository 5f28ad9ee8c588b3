import { wilson, type Rate } from '../policy.ts'
import { weightOf, type Compared, type Comparisons } from './comparisons.ts'

/** Error rates at one threshold: a false match is an impostor at or under it, a false non-match a genuine pair beyond it. */
export type OperatingPoint = { threshold: number; fmr: Rate; fnmr: Rate }

/** A number that is no share of counts, with its 95 % interval. */
export type Estimate = { value: number; low: number; high: number }

export type ErrorRates = {
  genuine: number
  impostor: number
  /** Where both rates are equal, or as near as the pairs allow. */
  eer: Estimate & { threshold: number }
  /** The largest threshold at which the measured FMR is still at most the one asked for. */
  atFmr: { asked: number; point: OperatingPoint }[]
  /** At the thresholds handed in, in their order. */
  at: OperatingPoint[]
}

/** The false match rates that are asked for. */
export const askedRates = [0.01, 0.001, 0.0001] as const

const draws = 1000

/**
 * Error rates of a set of comparisons (ISO/IEC 19795-1), a failed one among the false non-matches.
 *
 * Intervals are at 95 %, the wider of two: Wilson's of the counts, and the percentiles of a bootstrap that draws *people* anew
 * (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13), since the pairs of one person depend on each
 * other. Those with genuine pairs and those without are drawn apart, as the set was made of both.
 *
 * @param thresholds at which rates are wanted besides
 * @param random uniform in [0, 1)
 * @throws RangeError when there is no genuine or no impostor pair
 */
export function errorRates(compared: Comparisons, thresholds: readonly number[], random: () => number): ErrorRates {
  if (compared.genuine.distances.length === 0 || compared.impostors === 0) {
    throw new RangeError('error rates need genuine and impostor pairs')
  }
  const { distances } = compared.impostor
  if (distances.length < compared.impostors && thresholds.some((threshold) => threshold > distances.at(-1)!)) {
    throw new RangeError('a threshold lies beyond the impostor comparisons that were kept')
  }
  const once = new Float64Array(compared.people).fill(1)
  const seen = walk(compared, once, thresholds)
  const drawn = drawPeople(compared, random).flatMap((times) =>
    // Of very few people it can happen that those drawn have no pair.
    compared.impostorsOf(times) > 0 && weightUpTo(compared.genuine, times, Number.POSITIVE_INFINITY) > 0
      ? [walk(compared, times, thresholds)]
      : [],
  )
  const [genuine, impostor] = [compared.genuine.distances.length, compared.impostors]
  const pointOf = (of: (walked: Walked) => Point): OperatingPoint => {
    const { threshold, fmr, fnmr } = of(seen)
    const widest = (share: number, trials: number, shares: number[]): Rate => {
      const counted = wilson(Math.round(share * trials), trials)
      const [low, high] = percentiles(shares)
      return { ...counted, low: Math.min(counted.low, low), high: Math.max(counted.high, high) }
    }
    const points = drawn.map(of)
    return {
      threshold,
      fmr: widest(fmr, impostor, points.map((point) => point.fmr)),
      fnmr: widest(fnmr, genuine, points.map((point) => point.fnmr)),
    }
  }
  const [low, high] = percentiles(drawn.map(({ eer }) => eer))
  return {
    genuine,
    impostor,
    eer: { value: seen.eer, low: Math.min(low, seen.eer), high: Math.max(high, seen.eer), threshold: seen.eerAt },
    atFmr: askedRates.map((asked, i) => ({ asked, point: pointOf(({ asked: points }) => points[i]!) })),
    at: thresholds.map((_, i) => pointOf(({ at }) => at[i]!)),
  }
}

/** FNMR at each FMR of a list, for a curve; rates that fewer than one impostor would make are left out. */
export function curve({ genuine, impostor, impostors }: Comparisons, rates: readonly number[]): { fmr: number; fnmr: number }[] {
  return rates.flatMap((rate) => {
    const allowed = Math.floor(rate * impostors)
    const first = impostor.distances[allowed]
    if (allowed < 1 || first === undefined) return []
    const within = under(genuine.distances, first)
    return [{ fmr: under(impostor.distances, first) / impostors, fnmr: 1 - within / genuine.distances.length }]
  })
}

type Point = { threshold: number; fmr: number; fnmr: number }
type Walked = { eer: number; eerAt: number; asked: Point[]; at: Point[] }

/** The rates of a set in which person p stands `times[p]` times. Walks over the distances from the nearest on, once. */
function walk({ genuine, impostor, impostorsOf }: Comparisons, times: Float64Array, thresholds: readonly number[]): Walked {
  const total = impostorsOf(times)
  const trials = weightUpTo(genuine, times, Number.POSITIVE_INFINITY)
  // Met from the smallest on.
  const rising = askedRates.toReversed()
  const asked: Point[] = []
  let nearestYet = { gap: Number.POSITIVE_INFINITY, eer: 1, eerAt: 0 }
  let [i, j, matched, passed, crossed] = [0, 0, 0, 0, false]
  while (asked.length < rising.length || !crossed) {
    const at = Math.min(genuine.distances[i] ?? Number.POSITIVE_INFINITY, impostor.distances[j] ?? Number.POSITIVE_INFINITY)
    const before = { threshold: at - 1e-9, fmr: passed / total, fnmr: 1 - matched / trials }
    if (at < Number.POSITIVE_INFINITY) {
      for (; genuine.distances[i] === at; i++) matched += weightOf(genuine, i, times)
      for (; impostor.distances[j] === at; j++) passed += weightOf(impostor, j, times)
    }
    const [fmr, fnmr] = [passed / total, 1 - matched / trials]
    // At the last of all, whatever was asked for is what there is.
    while (asked.length < rising.length && (fmr > rising[asked.length]! || at === Number.POSITIVE_INFINITY)) asked.push(before)
    const gap = Math.abs(fmr - fnmr)
    if (gap < nearestYet.gap) nearestYet = { gap, eer: (fmr + fnmr) / 2, eerAt: at }
    crossed = fmr >= fnmr || at === Number.POSITIVE_INFINITY
  }
  return {
    eer: nearestYet.eer,
    eerAt: nearestYet.eerAt,
    asked: asked.reverse(),
    at: thresholds.map((threshold) => ({
      threshold,
      fmr: weightUpTo(impostor, times, threshold) / total,
      fnmr: 1 - weightUpTo(genuine, times, threshold) / trials,
    })),
  }
}

/** How often each person is drawn, a thousand times over. */
function drawPeople({ people, genuine }: Comparisons, random: () => number): Float64Array[] {
  const withPairs = [...new Set([...genuine.references, ...genuine.probes])]
  const known = new Set(withPairs)
  const without = Array.from({ length: people }, (_, person) => person).filter((person) => !known.has(person))
  return Array.from({ length: draws }, () => {
    const times = new Float64Array(people)
    for (const group of [withPairs, without]) {
      for (let i = 0; i < group.length; i++) times[group[Math.floor(random() * group.length)]!]!++
    }
    return times
  })
}

function percentiles(shares: number[]): [low: number, high: number] {
  const sorted = Float64Array.from(shares).sort()
  return [sorted[Math.floor(0.025 * sorted.length)] ?? 1, sorted[Math.ceil(0.975 * sorted.length) - 1] ?? 0]
}

function weightUpTo(compared: Compared, times: Float64Array, threshold: number): number {
  let sum = 0
  for (let i = 0; i < compared.distances.length && compared.distances[i]! <= threshold; i++) sum += weightOf(compared, i, times)
  return sum
}

/** How many of the sorted values are under a limit. */
function under(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Uniform in [0, 1) and the same on every machine: Marsaglia's xorshift32 (Journal of Statistical Software 8(14), 2003). */
export function seeded(seed: number): () => number {
  let state = seed | 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
