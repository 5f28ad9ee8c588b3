import { templateModel } from '@ikd/face'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceAt, duplicatePolicy, isAlike, limitsFor, strengthOf, tail } from './policy.ts'

/** P(Z ≤ -z), added up in small steps. */
function normalTail(z: number): number {
  let sum = 0
  for (let x = z; x < z + 12; x += 0.001) sum += Math.exp(-(x * x) / 2) * 0.001
  return sum / Math.sqrt(2 * Math.PI)
}
const falseMatchRate = (distance: number) => normalTail((tail.mean - distance) / tail.deviation)

test('the tail was measured with today’s matcher: whoever changes it measures anew (README)', () => {
  expect(tail.model).toBe(templateModel)
})

test('at 200,000 residents at most one case in a hundred is held for a stranger’s face, even if all of them were the hardest to tell apart', () => {
  for (const compared of [1_000, 200_000, 20_000_000]) {
    const { heldAlike, heldAnyone } = limitsFor(compared)
    const held = compared * (duplicatePolicy.alikeShare * falseMatchRate(heldAlike) + falseMatchRate(heldAnyone))
    expect(held).toBeLessThanOrEqual(duplicatePolicy.heldWrongly)
  }
})

test('the more there are to compare with, the nearer somebody must be; alike people less near than others; never farther than the caps', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30_000_000 }), fc.integer({ min: 0, max: 30_000_000 }), (a, b) => {
      const [few, many] = [limitsFor(Math.min(a, b)), limitsFor(Math.max(a, b))]
      for (const key of ['heldAlike', 'heldAnyone', 'listedAlike', 'listedAnyone'] as const) expect(many[key]).toBeLessThanOrEqual(few[key])
      expect(few.heldAlike).toBeGreaterThanOrEqual(few.heldAnyone)
      expect(few.listedAnyone).toBeGreaterThanOrEqual(few.heldAnyone)
      expect(few.heldAlike).toBeLessThanOrEqual(duplicatePolicy.farthestHeld)
      expect(few.listedAlike).toBeLessThanOrEqual(duplicatePolicy.farthestListed)
      expect(many.heldAnyone).toBeGreaterThan(0)
    }),
  )
  expect(distanceAt(0.5)).toBe(tail.mean)
})

test('a wrong sex or birth date in the register raises the bar and hides nobody', () => {
  const her = { sex: 'female', birth_date: '1990-05-17' } as const
  expect(isAlike(her, { sex: 'female', birth_date: '2000-01-01' })).toBe(true)
  expect(isAlike(her, { sex: 'female', birth_date: '2001-01-01' })).toBe(false)
  expect(isAlike(her, { sex: 'male', birth_date: '1990-05-17' })).toBe(false)
  const limits = limitsFor(200_000)
  expect(strengthOf(0.2, false, limits)).toBe('strong')
  expect(strengthOf((limits.heldAlike + limits.heldAnyone) / 2, true, limits)).toBe('strong')
  expect(strengthOf((limits.heldAlike + limits.heldAnyone) / 2, false, limits)).toBe('weak')
  expect(strengthOf(limits.listedAlike + 0.001, true, limits)).toBeUndefined()
})
