import type { FaceEngine } from '@ikd/face/node'
import sharp from 'sharp'
import { encode } from 'uqr'
import { type DemoFace, findDemoFaces } from '../../../scripts/demo/faces.ts'

export async function loadFaces(engine: FaceEngine): Promise<ReadonlyMap<string, DemoFace>> {
  return new Map((await findDemoFaces(engine)).map((face) => [face.id, face]))
}

/** A phone held before the camera. */
export async function qrPicture(text: string): Promise<Buffer> {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const cell = Math.floor(440 / size)
  const side = size * cell
  const pixels = Buffer.alloc(side * side, 255)
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) if (data[Math.floor(y / cell)]?.[Math.floor(x / cell)]) pixels[y * side + x] = 20
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .extend({ top: 10, bottom: 480 - side - 10, left: Math.floor((640 - side) / 2), right: Math.ceil((640 - side) / 2), background: '#888' })
    .toColourspace('srgb')
    .jpeg({ quality: 90 })
    .toBuffer()
}
