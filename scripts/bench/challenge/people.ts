import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bearingOf, challengeProgress, fingerprintLength, type Probe, type Reference, type Unreadable } from '@ikd/face'
import type { FaceEngine } from '@ikd/face/node'
import sharp from 'sharp'
import { cameraSize, type Head, photograph, sculpt } from '../../demo/turning-head/head.ts'
import { type Action, actions, atRest, doing } from '../../demo/turning-head/stance.ts'

/** Somebody whose photograph can be made to turn. */
export interface Subject {
  readonly head: Head
  /** Described from themselves, so that it is never in question whose face it is. */
  readonly reference: Reference
}

/**
 * People of a folder, evenly from all of it, a picture each. Left out, and counted, are pictures a desk would not take as a live
 * frame, and those that cannot be bent as far as a movement has to go: both would say more of the picture than of the challenge.
 */
export async function findSubjects(engine: FaceEngine, folder: string, count: number): Promise<{ subjects: Subject[]; leftOut: number }> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()
  const apart = Math.max(1, names.length / Math.max(1, Math.min(count, names.length)))
  const order = [...names.keys()].sort((a, b) => (a % apart) - (b % apart) || a - b)
  const subjects: Subject[] = []
  let leftOut = 0
  for (const index of order) {
    if (subjects.length === count) break
    const found = await subjectIn(engine, join(folder, names[index]!)).catch(() => undefined)
    if (found) subjects.push(found)
    else leftOut++
  }
  if (subjects.length < 2) throw new RangeError(`${folder} has fewer than two people whose pictures can be made to turn`)
  return { subjects, leftOut }
}

/** Rejects when there is no such face in the picture. */
async function subjectIn(engine: FaceEngine, folder: string): Promise<Subject | undefined> {
  const [first] = (await readdir(folder)).filter((name) => /\.jpe?g$/i.test(name)).sort()
  if (first === undefined) return undefined
  const head = await sculpt(engine, await sceneOf(await readFile(join(folder, first))))
  const rest = faceOf(await engine.measureProbe(await photograph(head, atRest, 1)))
  if (!rest) return undefined
  for (const action of actions) {
    const there = faceOf(await engine.measureProbe(await photograph(head, doing({ [action]: 1 } as Record<Action, number>, head.reach), 2)))
    if (!there || challengeProgress(action, bearingOf(rest.face), bearingOf(there.face)) < 1.2) return undefined
  }
  return { head, reference: { template: rest.template, fingerprint: new Uint8Array(2 * fingerprintLength) } }
}

function faceOf(seen: Probe | Unreadable) {
  if ('problem' in seen || seen.measure.problems.length > 0 || !seen.measure.face || !seen.template) return undefined
  return { face: seen.measure.face, template: seen.template }
}

/** As a desk's camera would have it: the picture in the middle, its edge repeated to the sides. */
async function sceneOf(picture: Buffer): Promise<Buffer> {
  const { width, height } = cameraSize
  const side = Math.round((width - height) / 2)
  return sharp(picture).resize(height, height).extend({ left: side, right: side, extendWith: 'copy' }).jpeg({ quality: 95 }).toBuffer()
}
