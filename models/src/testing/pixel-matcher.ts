import type { CreateMatcher } from '../matcher.ts'
import { pixelFingerprint } from '../fingerprint.ts'
import { luminance } from '../pixels.ts'

/**
 * The second matcher of the tests: how bright the aligned face is on a grid of 16×16, seen through a model of its own, which is
 * one byte for each cell to weigh it with. It can tell a picture from another, and hardly more; what it proves is that the
 * engine takes it by a manifest entry alone.
 */
export const createMatcher: CreateMatcher = async ({ readModelFile }) => {
  const importance = await readModelFile('pixel-matcher/weights.bin')
  return {
    async describe({ chip }) {
      const cells = pixelFingerprint(luminance(chip))
      const values = Float32Array.from(importance, (weight, i) => ((cells[i]! - 128) * weight) / 255)
      const length = Math.hypot(...values) || 1
      return values.map((value) => value / length)
    },
  }
}
