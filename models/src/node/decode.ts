import sharp from 'sharp'
import type { Pixels } from '../pixels.ts'

/** Longest side a picture is worked on at, in pixels: a face at a desk has more than enough detail left. */
const maxSide = 1600
/** 40 megapixels: more than any desk camera or phone main camera in use, 160 MB decoded at worst. */
const maxPixels = 40_000_000
const minSide = 32

// One picture at a time in each worker: libvips' own threads and cache would only cost memory.
sharp.concurrency(1)
sharp.cache(false)

/**
 * Pixels of a JPEG, PNG or WebP, upright by its EXIF, at most 1600 pixels a side. `undefined` for anything else: another
 * format, damaged, cut short, too large or too small to hold a face. Never throws for what the bytes say.
 */
export async function decodePicture(bytes: Uint8Array): Promise<Pixels | undefined> {
  // The format is decided before libvips sees a byte, so that none of its other loaders is reachable from outside.
  if (!isAcceptedFormat(bytes)) return undefined
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true })
      .autoOrient()
      .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#808080' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    if (info.channels !== 3 || Math.min(info.width, info.height) < minSide) return undefined
    return { width: info.width, height: info.height, channels: 3, data }
  } catch {
    return undefined
  }
}

function isAcceptedFormat(bytes: Uint8Array): boolean {
  const starts = (offset: number, ...expected: number[]) => expected.every((byte, i) => bytes[offset + i] === byte)
  const jpeg = starts(0, 0xff, 0xd8, 0xff)
  const png = starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const webp = starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50)
  return jpeg || png || webp
}
