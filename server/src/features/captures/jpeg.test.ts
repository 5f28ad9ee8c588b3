import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { createFaceEngine, type FaceEngine } from '@ikd/face/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measureGrowth } from '../../testing/growth.ts'
import { decodeFrame, isCameraJpeg } from './jpeg.ts'

const segment = (marker: number, ...content: number[]) => [0xff, marker, ((content.length + 2) >> 8) & 255, (content.length + 2) & 255, ...content]
const size = (width: number, height: number, marker = 0xc0) => segment(marker, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0)
const scan = segment(0xda, 1, 1, 0, 0, 63, 0)
const jpeg = (...parts: readonly number[][]) => Buffer.from([0xff, 0xd8, ...parts.flat(), 0x2a, 0xff, 0xd9])
const good = jpeg(segment(0xe0, 1, 2), size(640, 480), scan)

/** A PNG of as many pixels as it says, white, a few kilobytes long. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => Buffer.concat([uint32(data.length), Buffer.from(type), data, uint32(0)])
  const uint32 = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return bytes
  }
  const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([1, 0, 0, 0, 0])])
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(100_000))), chunk('IEND', Buffer.alloc(0))])
}

const abuse: Readonly<Record<string, Buffer>> = {
  'nothing': Buffer.alloc(0),
  'two bytes': Buffer.from([0xff, 0xd8]),
  'a beginning and an end': Buffer.from([0xff, 0xd8, 0xff, 0xd9]),
  'a PNG of 30,000 by 30,000': png(30_000, 30_000),
  'a GIF': Buffer.from('GIF89a\x01\0\x01\0\0\0\0;'),
  'a TIFF': Buffer.from('II*\0\x08\0\0\0'),
  'a WebP': Buffer.from('RIFF\x24\0\0\0WEBPVP8 '),
  'a HEIC': Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
  'an SVG': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>'),
  'a PDF': Buffer.from('%PDF-1.7\n'),
  'an SVG with a JPEG’s ends': Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.from('<svg/>'), Buffer.from([0xff, 0xd9])]),
  'cut short': good.subarray(0, -4),
  'cut short and ended again': Buffer.concat([good.subarray(0, 14), Buffer.from([0xff, 0xd9])]),
  'of 65,535 by 65,535': jpeg(size(65_535, 65_535), scan),
  'of 30,000 by 30,000': jpeg(size(30_000, 30_000), scan),
  'of no height': jpeg(size(640, 0), scan),
  'of two sizes': jpeg(size(640, 480), size(30_000, 30_000), scan),
  'of no size': jpeg(scan),
  'without a scan': jpeg(size(640, 480)),
  'lossless': jpeg(size(640, 480, 0xc3), scan),
  'arithmetic': jpeg(size(640, 480, 0xc9), scan),
  'with a thousand scans': jpeg(size(4000, 4000, 0xc2), ...Array.from({ length: 1000 }, () => scan)),
  'with a thousand notes': jpeg(...Array.from({ length: 1000 }, () => segment(0xe1, ...Buffer.from('Exif\0\0'))), size(640, 480), scan),
  'with a note longer than itself': Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 0x45, 0xff, 0xd9]),
  'with a segment of length nought': Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0, 0xff, 0xd9]),
  'with a gap': jpeg([0], size(640, 480), scan),
}

describe('a frame', () => {
  test('of a camera is taken, in one scan or a few', () => {
    expect(decodeFrame(good.toString('base64'))).toEqual(good)
    expect(isCameraJpeg(jpeg(size(4000, 3000, 0xc2), ...Array.from({ length: 10 }, () => scan)))).toBe(true)
  })

  test.each(Object.keys(abuse))('that is %s is refused before a decoder sees it', (name) => {
    expect(() => decodeFrame((abuse[name] as Buffer).toString('base64'))).toThrow('frame-unreadable')
  })

  test.each([' ', '\n', '=', '-_', '%', 'data:image/jpeg;base64,'])('in another base64 (%j) is refused', (odd) => {
    const text = good.toString('base64')
    for (const spelled of [odd + text, text.slice(0, 8) + odd + text.slice(8), text + odd]) expect(() => decodeFrame(spelled)).toThrow('frame-unreadable')
  })

  test('of any bytes is judged without a stumble', () => {
    const bytes = fc.uint8Array({ maxLength: 600 })
    const near = fc.tuple(bytes, fc.nat(good.length - 1), fc.nat(255)).map(([more, at, byte]) => Buffer.concat([good.subarray(0, at), Buffer.from([byte]), more, good.subarray(at)]))
    fc.assert(fc.property(fc.oneof(bytes, near), (value) => typeof isCameraJpeg(value) === 'boolean'), { numRuns: 2_000 })
  })
})

describe('the engine itself, should such a picture reach it', () => {
  let engine: FaceEngine
  beforeAll(async () => {
    engine = await createFaceEngine({ workers: 1, start: 'now' })
  })
  afterAll(() => engine.close())

  test('calls each unreadable, and its memory stays flat', async () => {
    const measure = async () => {
      for (const bytes of Object.values(abuse)) expect(await engine.measureProbe(bytes)).toEqual({ problem: 'unreadable' })
    }
    // Decoders work outside every heap, so it is the whole process that counts here; one kept picture of these is megabytes.
    const limit = 32 * 1024
    const { bytesEach } = await measureGrowth({ round: measure, pieces: Object.keys(abuse).length, limit, held: () => process.memoryUsage.rss() })
    expect(bytesEach).toBeLessThan(limit)
  })
})
