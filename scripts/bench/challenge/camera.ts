import type { ChallengeFrame } from '@ikd/face'
import type { FaceEngine } from '@ikd/face/node'
import sharp, { type Sharp } from 'sharp'
import type { AnsweredFrame, Shot } from '../../demo/turning-head/answer.ts'
import { type Head, noiseFrom, photograph } from '../../demo/turning-head/head.ts'

export async function photographed(head: Head, shots: readonly Shot[], visit: number): Promise<AnsweredFrame[]> {
  const frames: AnsweredFrame[] = []
  // One after the other: warping keeps the main thread busy, and the workers must be fed meanwhile.
  for (const { stance, atMs, step } of shots) frames.push({ jpeg: await photograph(head, stance, visit * 100_000 + atMs + 1), atMs, step })
  return frames
}

/** What the server measures of frames. */
export function look(engine: FaceEngine, frames: readonly AnsweredFrame[]): Promise<ChallengeFrame[]> {
  return Promise.all(frames.map(async ({ jpeg, atMs, step }) => ({ seen: await engine.measureProbe(jpeg), atMs, step })))
}

/** Each picture worked over and compressed again. */
export function changed(frames: readonly AnsweredFrame[], change: (picture: Sharp, index: number) => Sharp, quality = 88): Promise<AnsweredFrame[]> {
  return Promise.all(frames.map(async (frame, i) => ({ ...frame, jpeg: await sharp(await change(sharp(frame.jpeg), i).png().toBuffer()).jpeg({ quality }).toBuffer() })))
}

/** As a cheap camera has it: grain of this deviation, in grey levels, on a picture `light` times as bright. */
export async function grainy(frames: readonly AnsweredFrame[], grain: number, light = 1, quality = 70): Promise<AnsweredFrame[]> {
  return Promise.all(
    frames.map(async (frame, index) => {
      const { data, info } = await sharp(frame.jpeg).raw().toBuffer({ resolveWithObject: true })
      const random = noiseFrom(frame.atMs * 31 + index + 1)
      // The sum of three even ones is normal enough.
      for (let i = 0; i < data.length; i++) data[i] = Math.min(255, Math.max(0, data[i]! * light + grain * noiseScale * (random() + random() + random())))
      const { width, height, channels } = info
      return { ...frame, jpeg: await sharp(data, { raw: { width, height, channels } }).jpeg({ quality }).toBuffer() }
    }),
  )
}
/** One over the deviation of three of them. */
const noiseScale = 1 / (Math.sqrt(3) * (2.84 / Math.sqrt(3)))
