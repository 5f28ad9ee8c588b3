import { createRequire } from 'node:module'
import sharp from 'sharp'

const require = createRequire(import.meta.url)

/** A sample picture of the installed face-api package, 1 to 6, at 1,600 pixels: real people, so never copied anywhere. */
export function samplePicture(sample: number): Promise<Buffer> {
  const file = require.resolve(`@vladmandic/face-api/demo/sample${sample}.jpg`)
  return sharp(file).resize(1600, 1600, { fit: 'inside' }).jpeg({ quality: 95 }).toBuffer()
}

/** A part of a sample picture, scaled to 640×480 as a desk camera gives it. */
export async function deskFrame(sample: number, window: { left: number; top: number; width: number }): Promise<Buffer> {
  const { left, top, width } = window
  const picture = await samplePicture(sample)
  return sharp(picture)
    .extract({ left, top, width, height: Math.round(width * 0.75) })
    .resize(640, 480)
    .jpeg({ quality: 92 })
    .toBuffer()
}
