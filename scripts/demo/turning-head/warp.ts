import type { Pixels, Point } from '@ikd/face'
import type { HeadShape } from './head.ts'
import type { Stance } from './stance.ts'

/** Pixels between two places whose origin is worked out; in between it is interpolated. */
const cell = 8

/**
 * The photograph as it would be with the head in that stance. The head is a dome over an ellipse with a nose on it: turning
 * moves what stands out more than what lies at its rim, which no flat photograph does. Around it the room stays.
 *
 * Worked out backwards: for each place of the new picture, where in the photograph it comes from.
 */
export function warpHead(still: Pixels, shape: HeadShape, stance: Stance): Pixels & { data: Uint8Array } {
  const whole = wholePicture(shape, stance)
  const head = headMovement(shape, stance)
  return warpBack(
    still,
    (x, y) => {
      const [wx, wy] = whole(x, y)
      // The movement is known from where a point was, so its origin is found by going back until it fits.
      let [u, v] = [wx, wy]
      for (let i = 0; i < 6; i++) {
        const [mx, my] = head(u, v)
        u = wx - mx
        v = wy - my
      }
      return [u, v]
    },
    stance.light,
  )
}

/** Each place of the new picture from where in the old one it comes from. */
export function warpBack(still: Pixels, originOf: (x: number, y: number) => Point, light: number): Pixels & { data: Uint8Array } {
  const { width, height } = still
  const columns = Math.ceil(width / cell) + 1
  const rows = Math.ceil(height / cell) + 1
  const origins = new Float32Array(columns * rows * 2)
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 2) origins.set(originOf(column * cell, row * cell), at)
  }
  return { width, height, channels: 3, data: sampled(still, origins, columns, light) }
}

/** Undoes shift, lean and zoom of the whole picture about the head. */
function wholePicture({ x: cx, y: cy, halfWidth }: HeadShape, { dx, dy, roll, zoom }: Stance) {
  const angle = (-roll * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle) / zoom, Math.sin(angle) / zoom]
  const [shiftX, shiftY] = [cx + dx * 2 * halfWidth, cy + dy * 2 * halfWidth]
  return (x: number, y: number): readonly [number, number] => {
    const [px, py] = [x - shiftX, y - shiftY]
    return [cx + cos * px - sin * py, cy + sin * px + cos * py]
  }
}

/** How far a point of the photograph moves, in pixels, when the head turns and comes closer. */
function headMovement({ x: cx, y: cy, halfWidth, halfHeight, nose, ahead }: HeadShape, { yaw, pitch, closer }: Stance) {
  const [turn, nod] = [((ahead.yaw + yaw) * Math.PI) / 180, ((ahead.pitch + pitch) * Math.PI) / 180]
  const [cosTurn, sinTurn, cosNod, sinNod] = [Math.cos(turn), Math.sin(turn), Math.cos(nod), Math.sin(nod)]
  return (x: number, y: number): readonly [number, number] => {
    const [px, py] = [x - cx, y - cy]
    const r = Math.hypot(px / halfWidth, py / halfHeight)
    const turning = falling(r, 1, 1.8)
    const growing = falling(r, 1.1, 2.8)
    if (growing === 0) return [0, 0]
    const bump = Math.exp(-((x - nose[0]) ** 2 + (y - nose[1]) ** 2) / (2 * (0.17 * halfWidth) ** 2))
    // Round from ear to ear, straight from brow to chin.
    const round = Math.max(0, 1 - (px / halfWidth) ** 2) * falling(Math.abs(py) / halfHeight, 0.95, 1.7)
    const depth = halfWidth * (1.05 * round + 0.2 * bump)
    const turnedX = px * cosTurn + depth * sinTurn
    const turnedY = py * cosNod + depth * sinNod
    const grow = 1 + (closer - 1) * growing
    return [(px + (turnedX - px) * turning) * grow - px, (py + (turnedY - py) * turning) * grow - py]
  }
}

/** 1 up to `from`, 0 beyond `to`, smooth in between. */
function falling(r: number, from: number, to: number): number {
  const s = Math.min(1, Math.max(0, (to - r) / (to - from)))
  return s * s * (3 - 2 * s)
}

function sampled({ width, height, channels, data }: Pixels, origins: Float32Array, columns: number, light: number): Uint8Array {
  const out = new Uint8Array(width * height * 3)
  for (let y = 0, to = 0; y < height; y++) {
    const row = Math.floor(y / cell)
    const fy = (y - row * cell) / cell
    for (let x = 0; x < width; x++, to += 3) {
      const column = Math.floor(x / cell)
      const fx = (x - column * cell) / cell
      const a = (row * columns + column) * 2
      const b = a + columns * 2
      const [w00, w01, w10, w11] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy]
      const u = clamped(origins[a]! * w00 + origins[a + 2]! * w01 + origins[b]! * w10 + origins[b + 2]! * w11, width - 1.001)
      const v = clamped(origins[a + 1]! * w00 + origins[a + 3]! * w01 + origins[b + 1]! * w10 + origins[b + 3]! * w11, height - 1.001)
      const [x0, y0] = [Math.floor(u), Math.floor(v)]
      const [du, dv] = [u - x0, v - y0]
      const p = (y0 * width + x0) * channels
      const q = p + width * channels
      for (let k = 0; k < 3; k++) {
        const value =
          (data[p + k]! * (1 - du) + data[p + channels + k]! * du) * (1 - dv) + (data[q + k]! * (1 - du) + data[q + channels + k]! * du) * dv
        out[to + k] = Math.min(255, value * light)
      }
    }
  }
  return out
}

function clamped(value: number, most: number): number {
  return value < 0 ? 0 : value > most ? most : value
}
