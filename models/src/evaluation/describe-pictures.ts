import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { FaceEngine } from '../node/engine.ts'
import { FaceEngineError } from '../node/pool.ts'
import type { Box } from '../pixels.ts'
import type { Description, Descriptions, Role } from './descriptions.ts'
import type { Picture } from './pictures.ts'

/** A picture as a live frame, and as the identity photograph it is compared with. */
export type DescribedPicture = Picture & { probe: Description; reference: Description }

const lanes = 4
/** Longest side the engine works on, and so the measure of its boxes. */
const engineSide = 1600

/**
 * Describes pictures as the server does, each as a probe and as a reference.
 *
 * A reference that the engine refuses for anything but a missing face (a second one, a small one) is described as a probe: a set
 * of photographs was not taken as an office takes them, and leaving the hard ones out would flatter the rates.
 *
 * @param engine asked for at the first picture that is not known already
 * @param tight the reference is the picture cut at the box of its face, as identity photographs are cut
 * @param onProgress told after each picture, with how many of them needed no engine
 */
export async function describePictures(input: {
  folder: string
  pictures: readonly Picture[]
  engine: () => Promise<FaceEngine>
  kept: Descriptions
  tight: boolean
  onProgress?: (done: number, known: number) => void
}): Promise<DescribedPicture[]> {
  const { folder, pictures, engine, kept, tight, onProgress } = input
  const described: DescribedPicture[] = []
  let [next, done, known] = [0, 0, 0]

  const describe = async (role: Role, bytes: Uint8Array, engineAsked: () => void): Promise<Description> => {
    const found = kept.find(role, bytes)
    if (found !== undefined) return found
    engineAsked()
    // One that cannot start is nobody's picture's fault.
    const running = await engine()
    try {
      const description = await (role === 'probe' ? describeProbe(running, bytes) : describeReference(running, bytes))
      await kept.keep(role, bytes, description)
      return description
    } catch (error) {
      // A picture on which a worker is lost is one that gave no template; it is tried again by the next run.
      if (error instanceof FaceEngineError && error.code !== 'closed') return { refusal: `engine-${error.code}`, problems: [] }
      throw error
    }
  }
  const lane = async (): Promise<void> => {
    for (let mine = next++; mine < pictures.length; mine = next++) {
      const picture = pictures[mine]!
      const bytes = await readFile(join(folder, picture.path))
      let isKnown = true
      const engineAsked = () => void (isKnown = false)
      const probe = await describe('probe', bytes, engineAsked)
      const shown = tight && probe.box !== undefined ? await cutAt(bytes, probe.box) : bytes
      const reference = await describe('reference', shown, engineAsked)
      const usable = reference.template !== undefined || reference.refusal === 'no-face' || tight ? reference : { ...probe, refusal: reference.refusal }
      described[mine] = { ...picture, probe, reference: usable }
      done++
      if (isKnown) known++
      onProgress?.(done, known)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return described
}

async function describeProbe(engine: FaceEngine, bytes: Uint8Array): Promise<Description> {
  const probe = await engine.measureProbe(bytes)
  if ('problem' in probe) return { refusal: probe.problem, problems: [] }
  const { template, fingerprint, measure } = probe
  return {
    problems: measure.problems,
    ...(template ? { template } : { refusal: 'no-face' }),
    ...(fingerprint && { fingerprint }),
    ...(measure.face && { box: measure.face.box }),
  }
}

async function describeReference(engine: FaceEngine, bytes: Uint8Array): Promise<Description> {
  const reference = await engine.describeReference(bytes)
  if ('problem' in reference) return { refusal: reference.problem, problems: [] }
  const { template, fingerprint, measure } = reference
  return { problems: [], template, fingerprint, ...(measure.face && { box: measure.face.box }) }
}

/** The picture cut at a box of the engine's, nothing around it. */
async function cutAt(bytes: Uint8Array, box: Box): Promise<Uint8Array> {
  const upright = sharp(bytes).autoOrient().resize({ width: engineSide, height: engineSide, fit: 'inside', withoutEnlargement: true })
  const { data, info } = await upright.png().toBuffer({ resolveWithObject: true })
  const left = Math.max(0, Math.round(box.x))
  const top = Math.max(0, Math.round(box.y))
  const width = Math.min(info.width, Math.round(box.x + box.width)) - left
  const height = Math.min(info.height, Math.round(box.y + box.height)) - top
  return sharp(data).extract({ left, top, width, height }).jpeg({ quality: 95 }).toBuffer()
}
