import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideBurst, type Probe } from './burst.ts'
import { fingerprintSimilarity, pixelFingerprint } from './fingerprint.ts'
import { decide, policy, wilson } from './policy.ts'
import { distance, fuse, templateLength, templateModel, type Template } from './template.ts'

const template = (seed: number, away = 0): Template => {
  const values = Float32Array.from({ length: templateLength }, (_, i) => Math.sin(seed * 1.7 + i * 7.3) * 0.18)
  values[0]! += away
  return { values, model: templateModel }
}
// Every fingerprint different, as frames of a living scene are.
const print = (seed: number) =>
  Uint8Array.from({ length: 512 }, (_, i) => Math.floor(128 + 100 * Math.sin(seed * 31 + i * (seed + 2))))
const good = (seed: number, away = 0, fingerprint = print(seed)): Probe => ({
  measure: { frame: { width: 640, height: 480 }, faces: 1, problems: [] },
  template: template(1, away),
  fingerprint,
})
const blurred: Probe = { ...good(50), measure: { frame: { width: 640, height: 480 }, faces: 1, problems: ['blurred'] } }
const reference = { template: template(1), fingerprint: print(99) }

describe('a burst', () => {
  test('of good frames near the reference is a match', () => {
    const outcome = decideBurst({ frames: [good(1, 0.1), good(2, 0.2), good(3, 0.1)], reference })
    expect(outcome).toMatchObject({ outcome: 'match', reasons: [], band: 'near', usedFrames: [0, 1, 2] })
    expect(outcome.distance).toBeLessThan(0.2)
  })

  test('between the thresholds is inconclusive, beyond them a non-match, each with its reason', () => {
    const at = (away: number) => decideBurst({ frames: [good(1, away), good(2, away)], reference })
    expect(at(0.52)).toMatchObject({ outcome: 'inconclusive', reasons: ['face-uncertain'], band: 'unsure' })
    expect(at(0.9)).toMatchObject({ outcome: 'non-match', reasons: ['face-differs'], band: 'far' })
  })

  test('with fewer than two usable frames is a failure to acquire that says what was wrong most often', () => {
    const unreadable = { problem: 'unreadable' } as const
    expect(decideBurst({ frames: [good(1), blurred, blurred, unreadable], reference })).toEqual({
      outcome: 'failure-to-acquire',
      reasons: ['blurred', 'unreadable'],
      usedFrames: [],
    })
    expect(decideBurst({ frames: [good(1)], reference }).reasons).toEqual(['too-few-usable-frames'])
    expect(decideBurst({ frames: [], reference }).reasons).toEqual(['too-few-usable-frames'])
  })

  test('of two people is never averaged', () => {
    const stranger = { ...good(4), template: template(5) }
    expect(decideBurst({ frames: [good(1), good(2), stranger], reference }).reasons).toEqual(['faces-differ-between-frames'])
  })

  test('described by another matcher is not decided by thresholds that were measured with this one', () => {
    const elsewhere = <T extends { template?: Template }>(seen: T): T => ({ ...seen, template: { ...template(1), model: 'another' } })
    expect(() => decideBurst({ frames: [good(1), good(2)].map(elsewhere), reference: elsewhere(reference) })).toThrow(/another/)
  })

  test('that holds the reference picture is refused whole', () => {
    expect(decideBurst({ frames: [good(1), good(2), good(3, 0, reference.fingerprint)], reference })).toMatchObject({
      outcome: 'failure-to-acquire',
      reasons: ['same-image-as-reference'],
    })
  })

  test('alike in pixels but not in template, or the other way round, is no copy', () => {
    const frames = [good(1, 0.4, reference.fingerprint), good(2, 0.4)]
    expect(decideBurst({ frames, reference }).outcome).toBe('match')
    expect(decideBurst({ frames: [good(1), good(2)], reference }).outcome).toBe('match')
  })

  test('that repeats a frame of an earlier burst is refused whole, even if that frame is of no use', () => {
    const frames = [good(1), good(2), blurred]
    expect(decideBurst({ frames, reference, earlier: [print(50)] }).reasons).toEqual(['repeated-frame'])
    expect(decideBurst({ frames, reference, earlier: [print(51)] }).outcome).toBe('match')
  })

  test('of one frame over and over counts it once', () => {
    expect(decideBurst({ frames: [good(1), good(1), good(1)], reference }).reasons).toEqual(['repeated-frame'])
    expect(decideBurst({ frames: [good(1), good(1), good(2)], reference }).usedFrames).toEqual([0, 2])
  })
})

describe('templates', () => {
  const seeds = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 6 })

  test('fuse to one that lies among them, in any order', () => {
    fc.assert(
      fc.property(seeds, (chosen) => {
        const templates = chosen.map((seed) => template(seed))
        const fused = fuse(templates)
        const widest = Math.max(...templates.map((one) => Math.max(...templates.map((other) => distance(one, other)))))
        for (const one of templates) expect(distance(fused, one)).toBeLessThanOrEqual(widest + 1e-6)
        expect(distance(fused, fuse(templates.toReversed()))).toBeLessThan(1e-3)
      }),
    )
  })

  test('that lie apart from the others count less', () => {
    const [alike, apart] = [template(1), template(1, 0.6)]
    const fused = fuse([alike, alike, apart])
    expect(distance(fused, alike)).toBeLessThan(0.6 / 3 - 0.05)
    expect(distance(fused, alike)).toBeGreaterThan(0)
  })

  test('fused with themselves stay where they were', () => {
    expect(distance(fuse([template(3), template(3), template(3)]), template(3))).toBeLessThan(1e-5)
  })

  test('of different models are never compared', () => {
    const other = { ...template(1), model: 'another' }
    expect(() => distance(template(1), other)).toThrow(RangeError)
    expect(() => fuse([template(1), other])).toThrow(RangeError)
  })

  test('are decided by the two thresholds, which belong to the nearer side', () => {
    expect([policy.accept, policy.accept + 1e-6, policy.lookAgain, policy.lookAgain + 1e-6].map(decide)).toEqual([
      'match',
      'inconclusive',
      'inconclusive',
      'non-match',
    ])
  })
})

describe('fingerprints', () => {
  const gray = fc
    .array(fc.integer({ min: 0, max: 255 }), { minLength: 32 * 32, maxLength: 32 * 32 })
    .map((values) => ({ width: 32, height: 32, data: Float32Array.from(values) }))

  test('do not see brightness and contrast', () => {
    fc.assert(
      fc.property(gray, fc.double({ min: 0.5, max: 1, noNaN: true }), fc.integer({ min: -20, max: 20 }), (one, gain, shift) => {
        const other = { ...one, data: one.data.map((value) => value * gain + shift) }
        expect(fingerprintSimilarity(pixelFingerprint(one), pixelFingerprint(other))).toBeGreaterThan(0.999)
      }),
      { numRuns: 30 },
    )
  })

  test('of a flat picture are like nothing', () => {
    const flat = pixelFingerprint({ width: 20, height: 20, data: new Float32Array(400).fill(90) })
    expect(fingerprintSimilarity(flat, flat)).toBe(0)
  })
})

describe('error rates', () => {
  test('have intervals that hold the value and stay shares, down to no error at all', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 500 }), (errors, more) => {
        const rate = wilson(errors, errors + more)
        expect(rate.low).toBeGreaterThanOrEqual(0)
        expect(rate.low).toBeLessThanOrEqual(rate.value + 1e-12)
        expect(rate.high).toBeGreaterThan(rate.value)
        expect(rate.high).toBeLessThanOrEqual(1)
      }),
    )
  })
})
