/** What tells two samples of times apart, when anything does. */
export interface Comparison {
  /** Chance that one drawn from the first is longer than one from the second, ties half: 0.5 tells nothing (Mann–Whitney U / n₁n₂). */
  readonly auc: number
  /** Two-sided p of Mann–Whitney's U by the normal approximation. */
  readonly p: number
  /** Largest distance between the two distribution functions (Kolmogorov–Smirnov). */
  readonly ks: number
  /** p of it, by the asymptotic series. */
  readonly ksP: number
}

/** @param share between 0 and 1 */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN]
  return low + (high - low) * (at - Math.floor(at))
}

export function compare(first: readonly number[], second: readonly number[]): Comparison {
  const [n, m] = [first.length, second.length]
  const all = [...first.map((value) => ({ value, first: true })), ...second.map((value) => ({ value, first: false }))].sort((a, b) => a.value - b.value)
  let ranks = 0
  let ks = 0
  let below = { first: 0, second: 0 }
  for (let i = 0; i < all.length; ) {
    let end = i
    while (end < all.length && all[end]?.value === all[i]?.value) end++
    const tied = all.slice(i, end)
    const ours = tied.filter((one) => one.first).length
    ranks += (ours * (i + 1 + end)) / 2
    below = { first: below.first + ours, second: below.second + tied.length - ours }
    ks = Math.max(ks, Math.abs(below.first / n - below.second / m))
    i = end
  }
  const u = ranks - (n * (n + 1)) / 2
  const z = (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
  return { auc: u / (n * m), p: 2 * (1 - normal(Math.abs(z))), ks, ksP: kolmogorov(ks * Math.sqrt((n * m) / (n + m))) }
}

/** Abramowitz & Stegun 26.2.17; to 7.5 × 10⁻⁸. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail
}

function kolmogorov(x: number): number {
  if (x < 0.2) return 1
  let sum = 0
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x)
  return Math.min(1, Math.max(0, sum))
}
