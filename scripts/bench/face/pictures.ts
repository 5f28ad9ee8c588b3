import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createFaceEngine, type FaceEngine } from '@ikd/face/node'
import sharp from 'sharp'
import { answer } from '../../demo/turning-head/answer.ts'
import { sculpt } from '../../demo/turning-head/head.ts'

/** What one decision is about: JPEGs of an identity photograph, of a burst, and of the frames of a challenge. */
export interface DecisionPictures {
  readonly reference: Buffer
  readonly frames: readonly Buffer[]
  readonly challenge: readonly Buffer[]
}

const burst = 5
/** The longest challenge: a look and three actions. */
const challenge = { challenge: ['look', 'turn-left', 'turn-right', 'come-closer'], framesPerStep: 4 } as const
const challengeFrames = challenge.challenge.length * challenge.framesPerStep
/** Where the camera's window lies in the sample, in pixels of it: a person stands still and yet does not. */
const sway = [0, -9, 6, 14, -4]

/**
 * Several decisions: of a folder of photographs, one for each person with six or more, or of one person in the sample pictures
 * that come with the installed face-api package, as a desk camera gives them (640×480).
 */
export async function decisionPictures(folder: string | undefined): Promise<DecisionPictures[]> {
  const engine = await createFaceEngine()
  try {
    const found = folder === undefined ? [await sampleDecision(engine)] : await photographDecisions(folder)
    const described = await Promise.all(found.map(({ reference }) => engine.describeReference(reference)))
    // A folder of photographs was not made for it: some cannot be references.
    const usable = found.filter((_, i) => !('problem' in described[i]!))
    if (usable.length === 0) throw new RangeError(`nobody in ${folder} has ${burst + 1} pictures, the first of them fit to be a reference`)
    return usable
  } finally {
    await engine.close()
  }
}

async function sampleDecision(engine: FaceEngine): Promise<DecisionPictures> {
  const require = createRequire(import.meta.resolve('@ikd/face'))
  const sample = (number: number) =>
    sharp(require.resolve(`@vladmandic/face-api/demo/sample${number}.jpg`)).resize(1600, 1600, { fit: 'inside' }).jpeg({ quality: 95 }).toBuffer()
  const [first, second] = [await sample(1), await sample(3)]
  const frames = await Promise.all(
    sway.map((by) =>
      sharp(second)
        .extract({ left: 720 + by, top: 60 + Math.round(by / 2), width: 520, height: 390 })
        .resize(640, 480)
        .jpeg({ quality: 90 })
        .toBuffer(),
    ),
  )
  return {
    reference: await sharp(first).extract({ left: 1170, top: 90, width: 270, height: 360 }).resize(300, 400).jpeg({ quality: 90 }).toBuffer(),
    frames,
    challenge: (await answer(await sculpt(engine, frames[0]!), challenge, 1)).map(({ jpeg }) => jpeg),
  }
}

async function photographDecisions(folder: string): Promise<DecisionPictures[]> {
  const decisions: DecisionPictures[] = []
  for (const person of (await readdir(folder)).sort()) {
    const names = (await readdir(join(folder, person))).filter((name) => /\.jpe?g$/i.test(name)).sort()
    if (names.length <= burst) continue
    const [reference, ...others] = await Promise.all(names.slice(0, challengeFrames + 1).map((name) => readFile(join(folder, person, name))))
    const frames = Array.from({ length: challengeFrames }, (_, i) => others[i % others.length]!)
    decisions.push({ reference: reference!, frames: frames.slice(0, burst), challenge: frames })
  }
  return decisions
}
