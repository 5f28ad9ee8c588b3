import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Box, Size } from '@ikd/face'
import { createFaceEngine, type FaceEngine } from '@ikd/face/node'
import sharp, { type Sharp } from 'sharp'
import { keepOnce } from './kept.ts'

/**
 * The people of the demo: faces in the sample pictures that come with the installed face-api package, cut out when they are
 * needed. Who they are and whether they agreed is unknown, so nothing cut from them is ever committed or published.
 */
export type DemoFace = {
  /** `sample1-1230`: the picture, and the left edge of the face in it at 1,600 pixels. Stable over installations. */
  id: string
  /** 1 to 6. */
  sample: number
  /** In pixels of the sample scaled to 1,600 at its longest side. */
  box: Box
  /** A KTP-like portrait, 300×400 JPEG. */
  jpeg: Buffer
  /** The same text for faces that show one person: the demo's genuine pair. */
  person?: string
  /**
   * The id of the face this one is neither clearly like nor clearly unlike: the demo's inconclusive pair. Take `sample2-751`
   * for the reference and `sample4-214` for the probe; the other way round the probe looks down too far.
   */
  uncertainWith?: string
}

const workedAt = 1600
const portrait: Size = { width: 300, height: 400 }

/** Measured with the aligned matcher: at 0.43 the first two are one person; at 0.53 nobody can tell for the other two. */
const onePerson: readonly string[] = ['sample1-1230', 'sample3-895']
const uncertain: readonly string[] = ['sample2-751', 'sample4-214']

const samples = dirname(createRequire(import.meta.resolve('@ikd/face')).resolve('@vladmandic/face-api/demo/sample1.jpg'))

function sampleFile(sample: number): string {
  return join(samples, `sample${sample}.jpg`)
}

/**
 * The 22 faces, by sample and then from left to right. The first call of an installation takes some seconds; lend it an engine
 * that runs already, or it starts one of its own and ends it.
 */
export async function findDemoFaces(engine?: FaceEngine): Promise<DemoFace[]> {
  const kept = await keepOnce('faces', async () => (await searchFaces(engine)).map((face) => ({ ...face, jpeg: face.jpeg.toString('base64') })))
  return kept.map((face) => ({ ...face, jpeg: Buffer.from(face.jpeg, 'base64') }))
}

async function searchFaces(engine?: FaceEngine): Promise<DemoFace[]> {
  const own = engine === undefined ? await createFaceEngine() : undefined
  try {
    const perSample = await Promise.all([1, 2, 3, 4, 5, 6].map((sample) => facesOf(sample, engine ?? own!)))
    return perSample.flat()
  } finally {
    await own?.close()
  }
}

async function facesOf(sample: number, engine: FaceEngine): Promise<DemoFace[]> {
  const found = await engine.findFaces(await readFile(sampleFile(sample)))
  if ('problem' in found) throw new Error(`sample${sample}.jpg of the installed face-api package cannot be read`)
  const boxes = found.faces.map(({ box }) => box).sort((a, b) => a.x - b.x)
  return Promise.all(
    boxes.map(async (box): Promise<DemoFace> => {
      const id = `sample${sample}-${Math.round(box.x)}`
      return {
        id,
        sample,
        box,
        jpeg: await sharp(await cutOut(sample, box, portrait, 2.2, still))
          .jpeg({ quality: 92 })
          .toBuffer(),
        ...(onePerson.includes(id) && { person: 'genuine-pair' }),
        ...(uncertain.includes(id) && { uncertainWith: uncertain.find((other) => other !== id) }),
      }
    }),
  )
}

/** How a frame differs from the one before it: a head is never quite still, nor is the light. */
type Moment = { dx: number; dy: number; zoom: number; turn: number; light: number; noise?: () => number }
const still: Moment = { dx: 0, dy: 0, zoom: 1, turn: 0, light: 1 }

/**
 * The face before a desk camera: a JPEG in which it is about 200 pixels wide (of 640), its surroundings out of focus, so that
 * its neighbours in the group picture are no faces any more.
 *
 * @param moment which of endlessly many slightly different frames; the same number gives the same bytes
 */
export async function probeFrame(face: DemoFace, size: Size, moment = 0): Promise<Buffer> {
  const random = seeded(`${face.id}/${moment}`)
  const some = (most: number) => (random() * 2 - 1) * most
  const held: Moment = {
    dx: some(0.09),
    dy: some(0.07),
    zoom: 1 + some(0.08),
    turn: some(4),
    light: 1 + some(0.08),
    noise: () => (random() + random() + random() - 1.5) * 8,
  }
  return sharp(await cutOut(face.sample, face.box, size, roomFor(size), held))
    .jpeg({ quality: 88 })
    .toBuffer()
}

/** The same before anything moved: what a head that turns is made from. */
export async function stillOf(face: DemoFace, size: Size): Promise<Buffer> {
  return sharp(await cutOut(face.sample, face.box, size, roomFor(size), still))
    .jpeg({ quality: 95 })
    .toBuffer()
}

/** A face about 200 pixels wide of 640. */
function roomFor(size: Size): number {
  return size.width / (200 * Math.min(size.width / 640, size.height / 480))
}

/**
 * `count` frames of 640×480 as a hand-held moment would give them, all different.
 *
 * @param first where in the endless row of moments to begin: two visits of one person must not show the same frames, which
 *   the server would refuse as repeated
 */
export function probeBurst(face: DemoFace, count: number, first = 0): Promise<Buffer[]> {
  const size = { width: 640, height: 480 }
  return Promise.all(Array.from({ length: count }, (_, i) => probeFrame(face, size, first + i)))
}

/** A window `room` times as wide as the face, its surroundings blurred; an uncompressed PNG. */
async function cutOut(sample: number, box: Box, shape: Size, room: number, moment: Moment): Promise<Buffer> {
  const original = sharp(sampleFile(sample))
  const { width, height } = await original.metadata()
  const scale = Math.max(width, height) / workedAt
  const [boxWidth, boxHeight] = [box.width * scale, box.height * scale]
  const seenWidth = (boxWidth * room) / moment.zoom
  const seenHeight = (seenWidth * shape.height) / shape.width
  const seen = {
    left: Math.round(box.x * scale + boxWidth / 2 - seenWidth / 2 + moment.dx * boxWidth),
    top: Math.round(box.y * scale + boxHeight / 2 - seenHeight * 0.48 + moment.dy * boxHeight),
    width: Math.round(seenWidth),
    height: Math.round(seenHeight),
  }
  const sharpPart = await sharp(await cutWithin(original, seen, { width, height }))
    .resize(shape.width, shape.height, { fit: 'fill', kernel: 'lanczos3' })
    .toBuffer()
  const faceAt = {
    x: ((box.x * scale + boxWidth / 2 - seen.left) / seen.width) * shape.width,
    y: ((box.y * scale + boxHeight / 2 - seen.top) / seen.height) * shape.height,
    width: (boxWidth / seen.width) * shape.width,
    height: (boxHeight / seen.height) * shape.height,
  }
  const inFocus = await sharp(sharpPart)
    .ensureAlpha()
    .composite([{ input: focus(shape, faceAt), blend: 'dest-in' }])
    .png()
    .toBuffer()
  const scene = await sharp(sharpPart)
    .blur(faceAt.width / 6)
    .composite([{ input: inFocus }])
    .linear(moment.light, 0)
    .png()
    .toBuffer()
  const upright = moment.turn === 0 ? scene : await turned(scene, shape, moment.turn)
  return moment.noise === undefined ? upright : withNoise(upright, moment.noise)
}

/** The part of a picture in a window that may reach outside it; the rows and columns at the edge are repeated there. */
async function cutWithin(picture: Sharp, window: { left: number; top: number } & Size, whole: Size): Promise<Buffer> {
  const left = Math.max(0, window.left)
  const top = Math.max(0, window.top)
  const right = Math.min(whole.width, window.left + window.width)
  const bottom = Math.min(whole.height, window.top + window.height)
  const inside = await picture
    .clone()
    .extract({ left, top, width: right - left, height: bottom - top })
    .png()
    .toBuffer()
  return sharp(inside)
    .extend({
      left: left - window.left,
      top: top - window.top,
      right: window.left + window.width - right,
      bottom: window.top + window.height - bottom,
      extendWith: 'copy',
    })
    .png()
    .toBuffer()
}

/** What is in focus: head and neck, with a soft edge. */
function focus(shape: Size, face: Box): Buffer {
  const rx = face.width * 0.95
  const ry = face.height * 0.95
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${shape.width}" height="${shape.height}">` +
      `<defs><radialGradient id="soft"><stop offset="0.72" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>` +
      `<ellipse cx="${face.x}" cy="${face.y}" rx="${rx}" ry="${ry}" fill="url(#soft)"/></svg>`,
  )
}

/** The scene turned about its middle, enlarged just enough that no corner shows. */
async function turned(scene: Buffer, shape: Size, degrees: number): Promise<Buffer> {
  const larger = await sharp(scene).rotate(degrees, { background: '#808080' }).png().toBuffer()
  const { width, height } = await sharp(larger).metadata()
  const inset = Math.ceil(Math.abs(Math.sin((degrees * Math.PI) / 180)) * Math.max(shape.width, shape.height))
  return sharp(larger)
    .extract({ left: inset, top: inset, width: width - 2 * inset, height: height - 2 * inset })
    .resize(shape.width, shape.height, { fit: 'fill' })
    .png()
    .toBuffer()
}

async function withNoise(scene: Buffer, noise: () => number): Promise<Buffer> {
  const { data, info } = await sharp(scene).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  for (let i = 0; i < data.length; i++) data[i] = Math.min(255, Math.max(0, data[i]! + noise()))
  const { width, height, channels } = info
  return sharp(data, { raw: { width, height, channels } }).png().toBuffer()
}

/** Numbers 0..1 that depend on the text alone (mulberry32 over an FNV-1a hash): a demo looks the same on every machine. */
function seeded(text: string): () => number {
  let state = 0x811c9dc5
  for (const letter of text) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
