import type { ChallengeStep } from '@ikd/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findDemoFaces, stillOf } from '../../scripts/demo/faces.ts'
import { answer, type AnsweredFrame, shotsOf } from '../../scripts/demo/turning-head/answer.ts'
import { cameraSize, type Head, headOf, photograph, pixelsOf } from '../../scripts/demo/turning-head/head.ts'
import { atRest } from '../../scripts/demo/turning-head/stance.ts'
import { verifyChallenge, type ChallengeFrame } from './challenge.ts'
import { createFaceEngine, type FaceEngine } from './node/engine.ts'

// Real networks on real pictures: a photograph made to turn, and what somebody might hold before the camera instead.

const every = ['look', 'turn-left', 'look-up', 'turn-right', 'come-closer'] as const
const asked = ['look', 'turn-left', 'look-up'] as const
const oneTurn = ['look', 'turn-left'] as const
let engine: FaceEngine
let head: Head
let other: Head
let honest: ChallengeFrame[]

const see = (frames: readonly AnsweredFrame[]): Promise<ChallengeFrame[]> =>
  Promise.all(frames.map(async ({ jpeg, atMs, step }) => ({ seen: await engine.measureProbe(jpeg), atMs, step })))
const judge = (frames: readonly ChallengeFrame[], steps: readonly ChallengeStep[] = asked) => {
  const verdict = verifyChallenge(frames, steps)
  return verdict.ok ? 'ok' : verdict.reasons
}
/** Frames of some steps, as if they had been shown one after the other. */
const cut = (frames: readonly ChallengeFrame[], ...from: readonly number[]): ChallengeFrame[] =>
  from.flatMap((step, place) => frames.filter((one) => one.step === step).map((one) => ({ ...one, step: place, atMs: one.atMs + (place - step) * 640 })))

beforeAll(async () => {
  engine = await createFaceEngine({ workers: 2 })
  const faces = await findDemoFaces(engine)
  const found = (id: string) => faces.find((face) => face.id === id)!
  head = await headOf(engine, found('sample3-895'))
  other = { ...head, still: await pixelsOf(await stillOf(found('sample2-751'), cameraSize)) }
  honest = await see(await answer(head, { challenge: every, framesPerStep: 4 }, 1))
}, 120_000)
afterAll(() => engine.close())

describe('before the camera', () => {
  test('a person who does what is asked is followed, whatever is asked', () => {
    expect(judge(honest, every)).toBe('ok')
    expect(judge(cut(honest, 0, 1, 2))).toBe('ok')
  })

  test('the same movements in another order, fewer of them, or others are no answer', () => {
    expect(judge(cut(honest, 0, 2, 1))).toContain('turn-left-not-seen')
    expect(judge(cut(honest, 0, 3, 2))).not.toBe('ok')
    expect(judge(cut(honest, 0, 1, 4))).toContain('look-up-not-seen')
    expect(judge(cut(honest, 0, 1, 1))).not.toBe('ok')
  })

  test('a film that begins again, and one that stands still', () => {
    expect(judge(cut(honest, 0, 1, 0))).toEqual(['repeated-frame'])
    const frozen = cut(honest, 0, 1, 2).map((one, _, all) => (one.step > 0 ? { ...one, seen: all[3]!.seen } : one))
    expect(judge(frozen)).toContain('turn-left-not-seen')
  })

  test('a mirrored film turns to the other side', async () => {
    const frames = await answer(head, { challenge: oneTurn, framesPerStep: 4 }, 2)
    const mirrored = await Promise.all(frames.map(async (one) => ({ ...one, jpeg: await sharp(one.jpeg).flop().jpeg({ quality: 90 }).toBuffer() })))
    expect(judge(await see(mirrored), oneTurn)).toContain('turn-left-not-seen')
  }, 60_000)

  test('a photograph never turns, however it is moved, tilted, shaken or brought closer', async () => {
    const frames = await Promise.all(
      shotsOf({ challenge: oneTurn, framesPerStep: 4 }, head.reach, 3).map(async ({ atMs, step }, i) => {
        const flat = await photograph(head, { ...atRest, dx: 0.12 * Math.sin(i), dy: 0.08 * Math.cos(2 * i), roll: step * (i - 5), zoom: 1 + 0.03 * (i % 5) }, i + 1)
        // Swung away from the camera about its upright axis.
        const swung = sharp(flat).resize(step === 1 ? 640 - 60 * (i % 4) : 640, 480, { fit: 'fill' }).resize(640, 480, { fit: 'contain', background: '#777' })
        return { jpeg: await swung.jpeg({ quality: 90 }).toBuffer(), atMs, step }
      }),
    )
    expect(judge(await see(frames), oneTurn)).toContain('turn-left-not-seen')
  }, 60_000)

  test('two people are not one: one who rests, another who moves', async () => {
    const moving = (await answer(other, { challenge: oneTurn, framesPerStep: 4 }, 4)).filter(({ step }) => step > 0)
    const spliced = [...cut(honest, 0), ...(await see(moving))]
    expect(judge(spliced, oneTurn)).toEqual(['faces-differ-between-frames'])
  }, 60_000)
})
