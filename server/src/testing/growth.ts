import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** How much is held for good by each of many like pieces of work: requests, pictures. */
export interface Growth {
  /** Bytes a piece. */
  readonly bytesEach: number
  /** What was held after each round, bytes. */
  readonly held: readonly number[]
  readonly pieces: number
}

interface Rounds {
  /** Does one round's pieces of work. */
  readonly round: () => Promise<void>
  /** How many pieces those are. */
  readonly pieces: number
  /** Bytes a piece that nobody minds. */
  readonly limit: number
  /** What counts as held. */
  readonly held?: () => number | Promise<number>
}

/** The first rounds fill caches, compile what runs often and stretch pools; they say nothing. */
const warmUp = 4
const judged = 10
/** What still flattens after those gets as many again, twice. What leaks goes on leaking. */
const chances = 3

/**
 * Whether work leaves something behind for good: does round after round, and takes the slope of what is held after each. One
 * figure after and one before cannot tell a leak from a cache that fills, nor from the chance of one collection.
 */
export async function measureGrowth({ round, pieces, limit, held = heldBytes }: Rounds): Promise<Growth> {
  for (let i = 0; i < warmUp; i++) await round()
  const all: number[] = []
  for (let chance = 1; ; chance++) {
    const after: number[] = []
    for (let i = 0; i < judged; i++) {
      await round()
      after.push(await held())
    }
    all.push(...after)
    const bytesEach = slope(after) / pieces
    if (bytesEach <= limit || chance === chances) return { bytesEach, held: all, pieces: pieces * (warmUp + all.length) }
  }
}

/** For a table: `+12 bytes a request over 13,200`. */
export function growthInWords({ bytesEach, pieces, held }: Growth, piece: string): string {
  const [least, most] = [Math.min(...held), Math.max(...held)].map((bytes) => (bytes / 2 ** 20).toFixed(1))
  return `${bytesEach < 0 ? '−' : '+'}${Math.abs(Math.round(bytesEach))} bytes held a ${piece} over ${pieces.toLocaleString('en')} (${least} to ${most} MB)`
}

/**
 * The slope of values that are one apart, by Theil and Sen: the median of the slopes of every two. One odd value changes nothing.
 */
export function slope(values: readonly number[]): number {
  const slopes = values.flatMap((later, j) => values.slice(0, j).map((earlier, i) => (later - earlier) / (j - i))).sort((a, b) => a - b)
  const middle = (slopes.length - 1) / 2
  return ((slopes[Math.floor(middle)] ?? Number.NaN) + (slopes[Math.ceil(middle)] ?? Number.NaN)) / 2
}

let collect: (() => void) | undefined

/**
 * What this thread holds once its garbage is gone: its heap, and what lies beside it (`external`, which has every Buffer in it).
 * Not the size of the process: an allocator gives that back when it likes, if ever.
 */
export async function heldBytes(): Promise<number> {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc')
    // V8 forgets code that has not run for some collections: megabytes at once, in which a leak could hide.
    setFlagsFromString('--no-flush-bytecode')
    collect = runInNewContext('gc') as () => void
  }
  // What a collection finds dead may free something else only in a later turn of the loop: a socket's buffers, a finalizer's.
  let before = Number.POSITIVE_INFINITY
  for (let i = 0; i < 10; i++) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
    const { heapUsed, external } = process.memoryUsage()
    const now = heapUsed + external
    if (before - now < 32_768) return now
    before = now
  }
  return before
}
