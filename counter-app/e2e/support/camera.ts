import { writeFileSync } from 'node:fs'
import { createFaceEngine } from '@ikd/face/node'
import sharp from 'sharp'
import { encode } from 'uqr'
import { type DemoFace, findDemoFaces, probeBurst } from '../../../scripts/demo/faces.ts'

/** Chromium's fake camera plays a file of JPEGs, one after the other, from its start whenever the camera is opened. */
export function playInCamera(file: string, frames: readonly Uint8Array[]): void {
  writeFileSync(file, Buffer.concat(frames))
}

export async function loadFaces(): Promise<ReadonlyMap<string, DemoFace>> {
  const engine = await createFaceEngine()
  try {
    return new Map((await findDemoFaces(engine)).map((face) => [face.id, face]))
  } finally {
    await engine.close()
  }
}

/** A hand-held moment of that person; another `first` is another visit. */
export function faceFrames(face: DemoFace, first: number): Promise<readonly Buffer[]> {
  // Twenty frames at 30 a second: a burst's frames fall on different ones.
  return probeBurst(face, 20, first)
}

/** A phone held before the camera. */
export async function qrFrames(text: string): Promise<readonly Buffer[]> {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const cell = Math.floor(440 / size)
  const side = size * cell
  const pixels = Buffer.alloc(side * side, 255)
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) if (data[Math.floor(y / cell)]?.[Math.floor(x / cell)]) pixels[y * side + x] = 20
  const picture = await sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .extend({ top: 10, bottom: 480 - side - 10, left: Math.floor((640 - side) / 2), right: Math.ceil((640 - side) / 2), background: '#888' })
    .toColourspace('srgb')
    .jpeg({ quality: 90 })
    .toBuffer()
  return Array.from({ length: 30 }, () => picture)
}
