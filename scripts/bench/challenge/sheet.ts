import type { Pixels, Point } from '@ikd/face'
import sharp from 'sharp'
import type { Head, HeadShape } from '../../demo/turning-head/head.ts'
import { warpBack } from '../../demo/turning-head/warp.ts'

/** How a printed photograph is held. */
export interface Held {
  /** Degrees about the upright axis, and about the level one. */
  readonly swing: number
  readonly tilt: number
  readonly nearer: number
  /** Along the head, so that only the face moves before a room that stays. */
  readonly cutOut?: boolean
  /** It is bent round an upright post of this radius, in half widths of the face. */
  readonly radius?: number
}

/** From the camera to the photograph, in half widths of the face: an arm's length. */
const away = 8

/** A photograph of the still, held so before the camera: perspective, and the bend that makes a sheet stand out like a face. */
export async function held({ still, shape }: Head, { swing, tilt, nearer, radius, cutOut = false }: Held): Promise<Buffer> {
  const [turn, nod] = [(swing * Math.PI) / 180, (tilt * Math.PI) / 180]
  const [cosTurn, sinTurn, cosNod, sinNod] = [Math.cos(turn), Math.sin(turn), Math.cos(nod), Math.sin(nod)]
  const unit = shape.halfWidth
  const lies = (u: number, v: number): readonly [number, number] => {
    let [x, z] = [u, 0]
    if (radius) {
      const angle = Math.min(1.4, Math.max(-1.4, u / radius))
      x = radius * Math.sin(angle) + (u - angle * radius) * Math.cos(angle)
      z = radius * (1 - Math.cos(angle))
    }
    const [tx, tz] = [x * cosTurn - z * sinTurn, x * sinTurn + z * cosTurn]
    const [ty, depth] = [v * cosNod - tz * sinNod, v * sinNod + tz * cosNod]
    const scale = (nearer * away) / (away + depth)
    return [tx * scale, ty * scale]
  }
  const origin = (px: number, py: number): Point => {
    const [x, y] = [(px - shape.x) / unit, (py - shape.y) / unit]
    let [u, v] = [x, y]
    for (let i = 0; i < 14; i++) {
      const [lx, ly] = lies(u, v)
      u += 0.9 * (x - lx)
      v += 0.9 * (y - ly)
    }
    return [shape.x + u * unit, shape.y + v * unit]
  }
  const { data } = warpBack(still, origin, 1)
  if (cutOut) data.set(before(await roomOf(still), data, warpBack(outline(still, shape), origin, 1).data))
  return jpegOf(still, data)
}

function jpegOf({ width, height }: Pixels, data: Uint8Array): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: 90 }).toBuffer()
}

/** White where the head is. */
function outline({ width, height }: Pixels, { x, y, halfWidth, halfHeight }: HeadShape): Pixels {
  const inside = (at: number) => Math.hypot(((at % width) - x) / halfWidth, (Math.floor(at / width) - y) / halfHeight) <= 1.15
  return { width, height, channels: 3, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (inside(Math.floor(i / 3)) ? 255 : 0)) }
}

/** Somewhere else in the same colours. */
function roomOf({ width, height, data }: Pixels): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } }).flop().blur(25).raw().toBuffer()
}

function before(room: Uint8Array, sheet: Uint8Array, opaque: Uint8Array): Uint8Array {
  return sheet.map((value, i) => (value * opaque[i]! + room[i]! * (255 - opaque[i]!)) / 255)
}
