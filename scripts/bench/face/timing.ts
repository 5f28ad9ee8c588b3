import { quantile } from '../lookup/statistics.ts'

export async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const began = performance.now()
  const value = await work()
  return { value, ms: performance.now() - began }
}

/** Milliseconds until work that has just been started is done. */
export async function took(work: Promise<unknown>): Promise<number> {
  return (await timed(() => work)).ms
}

/**
 * Medians of several works that say how many milliseconds they took, done in turn, each round beginning with another, so that
 * what slows the machine slows all alike.
 */
export async function interleaved(rounds: number, works: readonly ((round: number) => Promise<number>)[]): Promise<number[]> {
  const times = works.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < works.length; i++) {
      const which = (round + i) % works.length
      times[which]!.push(await works[which]!(round))
    }
  }
  return times.map((each) => quantile(each, 0.5))
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000)
}
