import { describe, expect, test } from 'vitest'
import { growthInWords, heldBytes, measureGrowth, slope } from './growth.ts'

const pieces = 300
const limit = 256

/** Work that makes garbage, a good deal more than it keeps. */
function request(): Buffer {
  const text = JSON.stringify(Array.from({ length: 40 }, (_, i) => ({ i, at: Math.random() })))
  return Buffer.from(text)
}

/** A round of them; `keep` is told the number of each, from nought. */
function rounds(keep: (number: number) => void): () => Promise<void> {
  let done = 0
  return async () => {
    for (let i = 0; i < pieces; i++) {
      request()
      keep(done++)
    }
  }
}

describe('the check for what is held', () => {
  test('catches a few hundred bytes kept of every request, on the heap', async () => {
    const kept = new Map<number, string>()
    const { bytesEach } = await measureGrowth({ round: rounds((number) => kept.set(number, `${number}`.padEnd(400, '·a'))), pieces, limit })
    expect(bytesEach).toBeGreaterThan(limit)
    expect(bytesEach).toBeLessThan(1600)
    expect(kept.size).toBe((4 + 30) * pieces)
  })

  test('catches them in buffers, beside the heap', async () => {
    const kept: Buffer[] = []
    const { bytesEach } = await measureGrowth({ round: rounds(() => kept.push(Buffer.alloc(500))), pieces, limit })
    expect(bytesEach).toBeGreaterThan(limit)
    expect(kept.length).toBe((4 + 30) * pieces)
  })

  test('passes work that keeps nothing', async () => {
    const { bytesEach, held, pieces: all } = await measureGrowth({ round: rounds(() => undefined), pieces, limit })
    expect(bytesEach).toBeLessThan(limit)
    expect([held.length, all]).toEqual([10, 14 * pieces])
  })

  test('passes a cache that fills for a while, and is tens of megabytes then', async () => {
    const cache: Buffer[] = []
    // Full in the fourteenth round: it grows while the first verdict is made, and there are two more.
    const { bytesEach, held } = await measureGrowth({ round: rounds(() => cache.length < 14 * pieces && cache.push(Buffer.alloc(7_000))), pieces, limit })
    expect(bytesEach).toBeLessThan(limit)
    expect(held.length).toBeGreaterThan(10)
    expect(held.at(-1)! - held[0]!).toBeGreaterThan(16 * 2 ** 20)
  })

  test('counts what is garbage as gone', async () => {
    const before = await heldBytes()
    for (let i = 0; i < 20_000; i++) request()
    expect((await heldBytes()) - before).toBeLessThan(2 ** 20)
  })
})

test('a slope does not mind one value that is far off', () => {
  expect(slope([0, 1, 2, 3, 4, 5])).toBe(1)
  expect(slope([0, 1, 2, 300, 4, 5])).toBe(1)
  expect(slope([7, 7, 7])).toBe(0)
})

test('what was found is told in a line', () => {
  expect(growthInWords({ bytesEach: -3.4, held: [2 ** 20, 2 ** 21], pieces: 13_200 }, 'body')).toBe('−3 bytes held a body over 13,200 (1.0 to 2.0 MB)')
})
