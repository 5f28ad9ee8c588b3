import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { distance } from '../template.ts'
import { samplePicture } from '../testing/sample-faces.ts'
import { createFaceEngine, type FaceEngine } from './engine.ts'
import type { ReferenceDescription } from '../describe.ts'

// Real people in the installed package's sample pictures; boxes are where the detector sees them at 1,600 pixels.
const people = {
  anna: { sample: 1, x: 1230, y: 166, width: 169 },
  annaAgain: { sample: 3, x: 895, y: 179, width: 184 },
  perhaps: { sample: 2, x: 751, y: 184, width: 127 },
  perhapsAgain: { sample: 4, x: 214, y: 155, width: 135 },
  stranger: { sample: 6, x: 208, y: 389, width: 175 },
  another: { sample: 6, x: 984, y: 254, width: 156 },
} as const
type Person = (typeof people)[keyof typeof people]

const samples = new Map<number, Promise<Buffer>>()
function sample(number: number): Promise<Buffer> {
  if (!samples.has(number)) samples.set(number, samplePicture(number))
  return samples.get(number)!
}

/** The face with room around it, `moved` by some pixels: frames of a hand-held moment. */
async function frame({ sample: number, x, y, width }: Person, moved = 0, room = 2): Promise<Buffer> {
  const side = Math.round(width * room)
  const picture = sharp(await sample(number))
  const { width: most = 0, height: tallest = 0 } = await picture.metadata()
  const left = Math.min(most - side, Math.max(0, Math.round(x + width / 2 - side / 2) + moved))
  const top = Math.min(tallest - side, Math.max(0, Math.round(y + width * 0.6 - side / 2) + moved))
  return picture.extract({ left, top, width: side, height: side }).resize(480, 480).jpeg({ quality: 90 }).toBuffer()
}
const burst = (person: Person) => Promise.all([-7, 0, 8].map((moved) => frame(person, moved)))

let engine: FaceEngine
async function reference(person: Person): Promise<ReferenceDescription> {
  const described = await engine.describeReference(await frame(person, 0, 1.8))
  if ('problem' in described) throw new Error(described.problem)
  return described
}

beforeAll(async () => {
  engine = await createFaceEngine({ workers: 2, start: 'now' })
}, 30_000)
afterAll(() => engine.close())

describe('the engine on the sample pictures', () => {
  test('accepts the same person under another picture', async () => {
    const outcome = await engine.evaluateBurst({ frames: await burst(people.annaAgain), reference: await reference(people.anna) })
    expect(outcome).toMatchObject({ outcome: 'match', band: 'near', reasons: [] })
    expect(outcome.distance).toBeGreaterThan(0.36)
    expect(outcome.distance).toBeLessThan(0.46)
    expect(outcome.fingerprints).toHaveLength(3)
  })

  test('measures the pair of the documentation at its documented distance, on the uncut pictures', async () => {
    const described = async ({ sample: number, x, y, width }: Person) => {
      const picture = await sharp(await sample(number))
        .extract({
          left: x - width,
          top: Math.max(0, y - width),
          width: Math.min(3 * width, 1600 - x + width),
          height: 3 * width,
        })
        .toBuffer()
      const probe = await engine.measureProbe(picture)
      if ('problem' in probe || !probe.template) throw new Error('the face was not found')
      return probe.template
    }
    expect(distance(await described(people.anna), await described(people.annaAgain))).toBeCloseTo(0.42, 1)
  })

  test('cannot tell for two pictures that may be one person', async () => {
    const [a, b] = [
      await engine.measureProbe(await frame(people.perhaps)),
      await engine.measureProbe(await frame(people.perhapsAgain)),
    ]
    if ('problem' in a || 'problem' in b || !a.template || !b.template) throw new Error('a face was not found')
    const apart = distance(a.template, b.template)
    expect(apart).toBeGreaterThan(0.486)
    expect(apart).toBeLessThan(0.6)
  })

  test('refuses other people', async () => {
    const known = await reference(people.anna)
    for (const person of [people.stranger, people.another]) {
      const outcome = await engine.evaluateBurst({ frames: await burst(person), reference: known })
      expect(outcome).toMatchObject({ outcome: 'non-match', band: 'far', reasons: ['face-differs'] })
    }
  })

  test('refuses the reference picture itself, cut and compressed again', async () => {
    const frames = await Promise.all([0, 5, -5].map((moved) => frame(people.another, moved, 2.1)))
    const outcome = await engine.evaluateBurst({ frames, reference: await reference(people.another) })
    expect(outcome).toMatchObject({ outcome: 'failure-to-acquire', reasons: ['same-image-as-reference'] })
  })

  test('refuses a frame of an earlier burst, compressed and scaled again', async () => {
    const frames = await burst(people.annaAgain)
    const known = await reference(people.anna)
    const { fingerprints } = await engine.evaluateBurst({ frames, reference: known })
    const replayed = await Promise.all(frames.map((one) => sharp(one).resize(420, 420).jpeg({ quality: 70 }).toBuffer()))
    const again = await engine.evaluateBurst({ frames: replayed, reference: known, earlier: fingerprints })
    expect(again.reasons).toEqual(['repeated-frame'])
  })
})

describe('a capture under other conditions', () => {
  /** Two frames of the same person as the reference, changed; two are the fewest that decide. */
  const outcomeOf = async (how: (picture: Sharp) => Promise<Sharp>) => {
    const frames = await Promise.all([-7, 8].map(async (moved) => (await how(sharp(await frame(people.annaAgain, moved)))).jpeg().toBuffer()))
    return engine.evaluateBurst({ frames, reference: await reference(people.anna) })
  }

  test('in grey is decided like one in colour', async () => {
    expect(await outcomeOf(async (one) => one.grayscale())).toMatchObject({ outcome: 'match', reasons: [] })
  })

  test('with light from one side is decided, not lost', async () => {
    const shadow = Buffer.from(
      '<svg width="480" height="480"><defs><linearGradient id="g"><stop offset="0.25" stop-opacity="0.75"/><stop offset="0.75" stop-opacity="0"/></linearGradient></defs><rect width="480" height="480" fill="url(#g)"/></svg>',
    )
    const outcome = await outcomeOf(async (one) => sharp(await one.composite([{ input: shadow }]).toBuffer()))
    expect(outcome.frames.every((seen) => 'face' in seen)).toBe(true)
    expect(['match', 'inconclusive', 'failure-to-acquire']).toContain(outcome.outcome)
    if (outcome.outcome !== 'match') expect(outcome.reasons).not.toEqual([])
  })

  test('with a face on a poster behind is decided by the one in front', async () => {
    const poster = await sharp(await frame(people.stranger, 0, 1.3)).resize(120, 120).toBuffer()
    const behind = async (one: Sharp) => {
      const inFront = await one.resize(440, 440).toBuffer()
      const room = sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a8378' } })
      return sharp(await room.composite([{ input: inFront, left: 100, top: 40 }, { input: poster, left: 10, top: 10 }]).png().toBuffer())
    }
    expect(await outcomeOf(behind)).toMatchObject({ outcome: 'match', reasons: [] })
  })
})

describe('a capture that cannot be used says why', () => {
  const outcomeOf = async (frames: Buffer[]) => engine.evaluateBurst({ frames, reference: await reference(people.anna) })
  const change = async (how: (picture: Sharp) => Sharp) =>
    Promise.all((await burst(people.annaAgain)).map((one) => how(sharp(one)).jpeg().toBuffer()))

  test('no face', async () => {
    const wall = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#b9b09f' } })
      .jpeg()
      .toBuffer()
    expect(await outcomeOf([wall, wall])).toMatchObject({ outcome: 'failure-to-acquire', reasons: ['no-face'] })
  })

  test('blurred', async () => {
    expect((await outcomeOf(await change((one) => one.blur(3.5)))).reasons).toContain('blurred')
  })

  test('too dark', async () => {
    expect((await outcomeOf(await change((one) => one.linear(0.3, 0)))).reasons).toContain('too-dark')
  })

  test('too small', async () => {
    const far = await change((one) =>
      one.resize(110, 110).extend({ left: 265, right: 265, top: 185, bottom: 185, background: '#888' }),
    )
    expect((await outcomeOf(far)).reasons).toContain('too-small')
  })

  test('several faces', async () => {
    const [one, two] = [await frame(people.another), await frame(people.stranger)]
    const both = await sharp({ create: { width: 960, height: 480, channels: 3, background: '#888' } })
      .composite([
        { input: one, left: 0, top: 0 },
        { input: two, left: 480, top: 0 },
      ])
      .jpeg()
      .toBuffer()
    expect((await outcomeOf([both, both])).reasons).toContain('several-faces')
  })
})

describe('pictures', () => {
  test('cut as tight as an identity photograph still give a reference', async () => {
    const { x, y, width, sample: number } = people.stranger
    const tight = await sharp(await sample(number))
      .extract({ left: x, top: y, width, height: 240 })
      .jpeg()
      .toBuffer()
    expect(await engine.describeReference(tight)).toHaveProperty('template')
  })

  test('that are none are a value, and so are damaged, foreign and tiny ones', async () => {
    const picture = await frame(people.another)
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>')
    const tiny = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    const bombHeader = Buffer.concat([picture.subarray(0, 3), Buffer.alloc(4000, 0x41)])
    const gif = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#fff' } })
      .gif()
      .toBuffer()
    for (const bytes of [Buffer.alloc(0), Buffer.from('hello'), picture.subarray(0, 900), bombHeader, svg, gif, tiny]) {
      expect(await engine.measureProbe(bytes)).toEqual({ problem: 'unreadable' })
      expect(await engine.describeReference(bytes)).toEqual({ problem: 'unreadable' })
    }
  })

  test('larger than 40 megapixels are refused before they are decoded', async () => {
    const huge = await sharp({ create: { width: 8200, height: 5000, channels: 3, background: '#000' } })
      .png()
      .toBuffer()
    expect(await engine.measureProbe(huge)).toEqual({ problem: 'unreadable' })
  })

  test('are turned upright by their EXIF', async () => {
    const lying = await sharp(await frame(people.another))
      .rotate(-90)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const seen = await engine.measureProbe(lying)
    expect('measure' in seen && seen.measure.problems).toEqual([])
  })
})
