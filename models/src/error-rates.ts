import { policy, wilson, type Rate } from './policy.ts'

/** Error rates at one threshold: a false match is an impostor at or under it, a false non-match a genuine pair beyond it. */
export type OperatingPoint = { threshold: number; fmr: Rate; fnmr: Rate }

export type ErrorRates = {
  genuine: number
  impostor: number
  /** Where both rates are equal, or as near as the pairs allow. */
  eer: { threshold: number; value: number }
  /** The largest threshold at which the measured FMR is still at most the one asked for. */
  atFmr: { asked: number; point: OperatingPoint }[]
  /** At the two thresholds of the policy. */
  accept: OperatingPoint
  lookAgain: OperatingPoint
}

/**
 * Error rates of a set of distances (ISO/IEC 19795-1: FMR and FNMR are of the algorithm, over comparisons that took place).
 *
 * The intervals take pairs as independent, which pairs of one person are not: read them as the least uncertainty there is.
 *
 * @throws RangeError when there is no genuine or no impostor pair
 */
export function errorRates(genuine: readonly number[], impostor: readonly number[]): ErrorRates {
  if (genuine.length === 0 || impostor.length === 0) throw new RangeError('error rates need genuine and impostor pairs')
  const near = Float64Array.from(genuine).sort()
  const far = Float64Array.from(impostor).sort()
  const at = (threshold: number): OperatingPoint => ({
    threshold,
    fmr: wilson(upTo(far, threshold), far.length),
    fnmr: wilson(near.length - upTo(near, threshold), near.length),
  })
  return {
    genuine: near.length,
    impostor: far.length,
    eer: equalErrorRate(near, far),
    atFmr: [0.01, 0.001, 0.0001].map((asked) => {
      const allowed = Math.floor(asked * far.length)
      // Just under the first impostor that would be one too many.
      const threshold = (far[allowed] ?? Number.POSITIVE_INFINITY) - 1e-9
      return { asked, point: at(threshold) }
    }),
    accept: at(policy.accept),
    lookAgain: at(policy.lookAgain),
  }
}

function equalErrorRate(near: Float64Array, far: Float64Array): { threshold: number; value: number } {
  let best = { threshold: 0, value: 1, gap: Number.POSITIVE_INFINITY }
  for (const threshold of [...near, ...far.subarray(0, upTo(far, near.at(-1)!))]) {
    const fmr = upTo(far, threshold) / far.length
    const fnmr = 1 - upTo(near, threshold) / near.length
    const gap = Math.abs(fmr - fnmr)
    if (gap < best.gap) best = { threshold, value: (fmr + fnmr) / 2, gap }
  }
  return { threshold: best.threshold, value: best.value }
}

/** How many of the sorted values are at or under a limit. */
function upTo(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= limit) low = middle + 1
    else high = middle
  }
  return low
}
