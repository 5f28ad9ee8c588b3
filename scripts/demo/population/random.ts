/** Chance that is the same on every machine: who the demo's people are must not depend on where it runs. */
export interface Random {
  /** Whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded from a text by FNV-1a. */
export function createRandom(seed: string): Random {
  let h = 0x811c9dc5
  const word = () => {
    for (let i = 0; i < seed.length; i++) h = Math.imul(h ^ seed.charCodeAt(i), 0x01000193)
    return (h ^= h >>> 15) | 0
  }
  let [a, b, c, counter] = [word(), word(), word(), 1]
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 15; i++) next()
  const integer = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    integer,
    chance: (probability) => next() < probability,
    pick(from) {
      const chosen = from[integer(0, from.length - 1)]
      if (chosen === undefined) throw new Error('nothing to pick from')
      return chosen
    },
  }
}
