import type { Gray } from './pixels.ts'

const side = 16
/** Length in bytes of one fingerprint. */
export const fingerprintLength = side * side

/**
 * A picture's luminance on a 16×16 grid of means, brought to mean 0 and deviation 1, one byte a cell: alike for the same
 * picture at another size, brightness, contrast or JPEG quality. It still shows a tiny face: personal data, encrypt it.
 */
export function pixelFingerprint(gray: Gray): Uint8Array {
  const cells = new Float64Array(fingerprintLength)
  for (let row = 0; row < side; row++) {
    const [y0, y1] = span(row, gray.height)
    for (let column = 0; column < side; column++) {
      const [x0, x1] = span(column, gray.width)
      let sum = 0
      for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += gray.data[y * gray.width + x]!
      cells[row * side + column] = sum / ((x1 - x0) * (y1 - y0))
    }
  }
  const mean = cells.reduce((sum, cell) => sum + cell, 0) / cells.length
  const deviation = Math.sqrt(cells.reduce((sum, cell) => sum + (cell - mean) ** 2, 0) / cells.length)
  // A flat picture has no pattern to compare; all cells in the middle is what it is.
  const scale = deviation > 0.5 ? 40 / deviation : 0
  return Uint8Array.from(cells, (cell) => Math.min(255, Math.max(0, Math.round(128 + (cell - mean) * scale))))
}

function span(index: number, length: number): readonly [number, number] {
  const from = Math.min(length - 1, Math.floor((index * length) / side))
  return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / side))]
}

/** What the fingerprint would be, or several in a row, had the picture been seen in a mirror. */
export function mirroredFingerprint(print: Uint8Array): Uint8Array {
  return Uint8Array.from(print, (_, i) => print[i - (i % side) + side - 1 - (i % side)]!)
}

/** Correlation of two fingerprints, −1..1; 1 for the same pattern, 0 where either is flat. */
export function fingerprintSimilarity(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) throw new RangeError('fingerprints of different length cannot be compared')
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [u, v] = [a[i]!, b[i]!]
    sa += u
    sb += v
    saa += u * u
    sbb += v * v
    sab += u * v
  }
  const n = a.length
  const spread = Math.sqrt((n * saa - sa * sa) * (n * sbb - sb * sb))
  return spread > 0 ? (n * sab - sa * sb) / spread : 0
}

/**
 * From where on two pictures count as copies. Measured (README has the counts):
 * - `samePicture`: likeness of the faces' pixels, and a distance of their templates. Different photographs of one person were
 *   at most 0.85 alike, and those of two people, up to 0.90 alike, never that near. Copies cut, scaled, turned and compressed
 *   anew were seen in 7 frames of 10 at the worst crops, in nearly all at a desk's.
 * - `sameFrame`, on whole frames: 0.9998 and more for a frame compressed or scaled again, at most 0.9998 once the scene moved
 *   by one pixel of 640.
 * - `stalledFrame`: 0.99997 and more when only the sensor's noise differs.
 */
export const copyThresholds = {
  samePicture: { likeness: 0.93, distance: 0.3 },
  sameFrame: 0.9998,
  stalledFrame: 0.99995,
} as const
