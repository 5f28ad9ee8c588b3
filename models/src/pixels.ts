/**
 * A decoded picture: rows from the top, interleaved 8-bit sRGB, no padding between rows.
 * `data.length === width * height * channels`; a fourth channel is ignored.
 */
export type Pixels = {
  width: number
  height: number
  channels: 3 | 4
  data: Uint8Array | Uint8ClampedArray
}

/** A grey picture, luminance 0..255, rows from the top. */
export type Gray = { width: number; height: number; data: Float32Array }

export type Point = readonly [x: number, y: number]
export type Size = { width: number; height: number }
/** Pixels from the top left corner of the frame; may reach outside it. */
export type Box = { x: number; y: number; width: number; height: number }

/** A 2×3 matrix [a b c; d e f]: x' = a·x + b·y + c, y' = d·x + e·y + f. */
export type Affine = readonly [number, number, number, number, number, number]

export function applyAffine(m: Affine, [x, y]: Point): Point {
  return [m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5]]
}

/** The inverse of an affine map; throws a RangeError when the map is singular. */
export function invertAffine(m: Affine): Affine {
  const [a, b, c, d, e, f] = m
  const det = a * e - b * d
  if (!Number.isFinite(det) || Math.abs(det) < 1e-12) throw new RangeError('the affine map is singular')
  return [e / det, -b / det, (b * f - c * e) / det, -d / det, a / det, (c * d - a * f) / det]
}

/** Luminance by Rec. 601, which is what JPEG's Y is. */
export function luminance(pixels: Pixels): Gray {
  const { width, height, channels, data } = pixels
  const gray = new Float32Array(width * height)
  for (let i = 0, p = 0; i < gray.length; i++, p += channels) {
    gray[i] = 0.299 * data[p]! + 0.587 * data[p + 1]! + 0.114 * data[p + 2]!
  }
  return { width, height, data: gray }
}

/** The part of a picture inside a box, cut at the picture's edges; at least one pixel. */
export function crop(pixels: Pixels, box: Box): { pixels: Pixels; x: number; y: number } {
  const x0 = Math.min(pixels.width - 1, Math.max(0, Math.floor(box.x)))
  const y0 = Math.min(pixels.height - 1, Math.max(0, Math.floor(box.y)))
  const x1 = Math.min(pixels.width, Math.max(x0 + 1, Math.floor(box.x + box.width)))
  const y1 = Math.min(pixels.height, Math.max(y0 + 1, Math.floor(box.y + box.height)))
  const [width, height] = [x1 - x0, y1 - y0]
  const data = new Uint8Array(width * height * 3)
  for (let y = 0, out = 0; y < height; y++) {
    let p = ((y0 + y) * pixels.width + x0) * pixels.channels
    for (let x = 0; x < width; x++, p += pixels.channels, out += 3) {
      data[out] = pixels.data[p]!
      data[out + 1] = pixels.data[p + 1]!
      data[out + 2] = pixels.data[p + 2]!
    }
  }
  return { pixels: { width, height, channels: 3, data }, x: x0, y: y0 }
}

/**
 * The picture on a larger canvas: `fraction` of its longer side is added on every side and filled with the mean colour of
 * the picture. Detectors learnt faces with room around them; an identity photograph has none.
 */
export function withBorder(pixels: Pixels, fraction: number): { pixels: Pixels; border: number } {
  if (fraction === 0) return { pixels, border: 0 }
  const border = Math.round(Math.max(pixels.width, pixels.height) * fraction)
  const width = pixels.width + 2 * border
  const height = pixels.height + 2 * border
  const data = new Uint8Array(width * height * 3)
  const [r, g, b] = meanColour(pixels)
  for (let p = 0; p < data.length; p += 3) {
    data[p] = r
    data[p + 1] = g
    data[p + 2] = b
  }
  for (let y = 0, p = 0; y < pixels.height; y++) {
    let out = ((y + border) * width + border) * 3
    for (let x = 0; x < pixels.width; x++, p += pixels.channels, out += 3) {
      data[out] = pixels.data[p]!
      data[out + 1] = pixels.data[p + 1]!
      data[out + 2] = pixels.data[p + 2]!
    }
  }
  return { pixels: { width, height, channels: 3, data }, border }
}

function meanColour(pixels: Pixels): readonly [number, number, number] {
  const sum = [0, 0, 0] as [number, number, number]
  for (let p = 0; p < pixels.data.length; p += pixels.channels) {
    sum[0] += pixels.data[p]!
    sum[1] += pixels.data[p + 1]!
    sum[2] += pixels.data[p + 2]!
  }
  const count = pixels.width * pixels.height
  return [Math.round(sum[0] / count), Math.round(sum[1] / count), Math.round(sum[2] / count)]
}

/** The same square picture seen in a mirror. */
export function mirrored(pixels: Pixels): Pixels {
  const { width, height, channels, data } = pixels
  const out = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + (width - 1 - x)) * channels
      const to = (y * width + x) * 3
      out[to] = data[from]!
      out[to + 1] = data[from + 1]!
      out[to + 2] = data[from + 2]!
    }
  }
  return { width, height, channels: 3, data: out }
}

/**
 * A square of `size` pixels taken through an affine map from picture to square. Where the picture is larger than the square,
 * several samples are averaged for each pixel, so that a large face does not come out jagged; outside the picture is black.
 */
export function warp(pixels: Pixels, toSquare: Affine, size: number): Pixels {
  const { width, height, channels, data } = pixels
  const [a, b, c, d, e, f] = invertAffine(toSquare)
  const n = Math.max(1, Math.min(8, Math.round(Math.hypot(a, d))))
  const share = 1 / (n * n)
  const row = width * channels
  const square = new Uint8Array(size * size * 3)
  const edge = [0, 0, 0] as [number, number, number]
  for (let y = 0, out = 0; y < size; y++) {
    for (let x = 0; x < size; x++, out += 3) {
      let red = 0
      let green = 0
      let blue = 0
      for (let sy = 0; sy < n; sy++) {
        for (let sx = 0; sx < n; sx++) {
          // The square's pixel (x, y) covers x-0.5..x+0.5 around its centre. Plain variables: this runs a million times a frame.
          const u = x + (sx + 0.5) / n - 0.5
          const v = y + (sy + 0.5) / n - 0.5
          const px = a * u + b * v + c
          const py = d * u + e * v + f
          const x0 = Math.floor(px)
          const y0 = Math.floor(py)
          if (x0 >= 0 && y0 >= 0 && x0 + 1 < width && y0 + 1 < height) {
            const fx = px - x0
            const fy = py - y0
            const p = y0 * row + x0 * channels
            const q = p + row
            const both = fx * fy
            const left = fy - both
            const right = fx - both
            const first = 1 - fx - left
            red += first * data[p]! + right * data[p + channels]! + left * data[q]! + both * data[q + channels]!
            green += first * data[p + 1]! + right * data[p + channels + 1]! + left * data[q + 1]! + both * data[q + channels + 1]!
            blue += first * data[p + 2]! + right * data[p + channels + 2]! + left * data[q + 2]! + both * data[q + channels + 2]!
          } else {
            readEdge(pixels, px, py, edge)
            red += edge[0]
            green += edge[1]
            blue += edge[2]
          }
        }
      }
      square[out] = red * share + 0.5
      square[out + 1] = green * share + 0.5
      square[out + 2] = blue * share + 0.5
    }
  }
  return { width: size, height: size, channels: 3, data: square }
}

/** The colour at a point of which at least one of the four pixels around it lies outside the picture, and is black. */
function readEdge({ width, height, channels, data }: Pixels, x: number, y: number, colour: [number, number, number]): void {
  colour.fill(0)
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  for (let k = 0; k < 4; k++) {
    const [cx, cy] = [x0 + (k & 1), y0 + (k >> 1)]
    if (cx < 0 || cy < 0 || cx >= width || cy >= height) continue
    const weight = (1 - Math.abs(x - cx)) * (1 - Math.abs(y - cy))
    for (let channel = 0; channel < 3; channel++) colour[channel]! += weight * data[(cy * width + cx) * channels + channel]!
  }
}
