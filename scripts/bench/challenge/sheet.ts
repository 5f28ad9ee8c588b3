import sharp from 'sharp'
import type { Head } from '../../demo/turning-head/head.ts'
import { warpBack } from '../../demo/turning-head/warp.ts'

/** How a printed photograph is held. Degrees; `bend` in half widths of the face, the radius it is bent round, about its upright or its level axis. */
export interface Held {
  readonly swing: number
  readonly tilt: number
  readonly nearer: number
  readonly bend?: { readonly radius: number; readonly about: 'upright' | 'level' }
}

/** From the camera to the photograph, in half widths of the face: an arm's length. */
const away = 8

/** A photograph of the still, held so before the camera: perspective, and the bend that makes a sheet stand out like a face. */
export async function held({ still, shape }: Head, { swing, tilt, nearer, bend }: Held): Promise<Buffer> {
  const [turn, nod] = [(swing * Math.PI) / 180, (tilt * Math.PI) / 180]
  const [cosTurn, sinTurn, cosNod, sinNod] = [Math.cos(turn), Math.sin(turn), Math.cos(nod), Math.sin(nod)]
  const unit = shape.halfWidth
  const lies = (u: number, v: number): readonly [number, number] => {
    let [x, y, z] = [u, v, 0]
    if (bend) {
      const along = bend.about === 'upright' ? u : v
      const angle = Math.min(1.4, Math.max(-1.4, along / bend.radius))
      const bent = bend.radius * Math.sin(angle) + (along - angle * bend.radius) * Math.cos(angle)
      z = bend.radius * (1 - Math.cos(angle))
      if (bend.about === 'upright') x = bent
      else y = bent
    }
    const [tx, tz] = [x * cosTurn - z * sinTurn, x * sinTurn + z * cosTurn]
    const [ty, depth] = [y * cosNod - tz * sinNod, y * sinNod + tz * cosNod]
    const scale = (nearer * away) / (away + depth)
    return [tx * scale, ty * scale]
  }
  const { width, height, data } = warpBack(
    still,
    (px, py) => {
      const [x, y] = [(px - shape.x) / unit, (py - shape.y) / unit]
      let [u, v] = [x, y]
      for (let i = 0; i < 14; i++) {
        const [lx, ly] = lies(u, v)
        u += 0.9 * (x - lx)
        v += 0.9 * (y - ly)
      }
      return [shape.x + u * unit, shape.y + v * unit]
    },
    1,
  )
  return sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: 90 }).toBuffer()
}
