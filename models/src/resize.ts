import type { Pixels } from './pixels.ts'

/**
 * A picture scaled into the top left corner of a square, the rest black: what the detectors were trained to look at. Plain
 * bilinear sampling from the corner of a pixel, as TensorFlow's `resizeBilinear` did it for them.
 *
 * @returns the square, and how many of its pixels one of the picture is
 */
export function intoSquare(pixels: Pixels, side: number): { square: Pixels; scale: number } {
  const { width, height, channels, data } = pixels
  const step = Math.max(width, height) / side
  const columns = Math.min(side, Math.ceil(width / step))
  const rows = Math.min(side, Math.ceil(height / step))
  const out = new Uint8Array(side * side * 3)
  for (let y = 0; y < rows; y++) {
    const [y0, fy] = split(y * step)
    const top = y0 * width * channels
    const below = y0 + 1 < height ? width * channels : -1
    for (let x = 0, o = y * side * 3; x < columns; x++, o += 3) {
      const at = x * step
      const x0 = Math.floor(at)
      const fx = at - x0
      const p = top + x0 * channels
      const beside = x0 + 1 < width ? channels : -1
      for (let c = 0; c < 3; c++) {
        const a = data[p + c]!
        const b = beside < 0 ? edge(a, width, height) : data[p + beside + c]!
        const d = below < 0 ? edge(a, height, width) : data[p + below + c]!
        const e = beside < 0 ? edge(d, width, height) : below < 0 ? edge(b, height, width) : data[p + below + beside + c]!
        out[o + c] = (1 - fy) * (a + fx * (b - a)) + fy * (d + fx * (e - d)) + 0.5
      }
    }
  }
  return { square: { width: side, height: side, channels: 3, data: out }, scale: 1 / step }
}

function split(at: number): readonly [number, number] {
  const whole = Math.floor(at)
  return [whole, at - whole]
}

/** What lies beyond the last pixel of one side: black where the picture was padded to a square, else that pixel once more. */
function edge(last: number, side: number, other: number): number {
  return side < other ? 0 : last
}
