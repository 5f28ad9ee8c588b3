import fc from 'fast-check'
import { expect, it } from 'vitest'
import { burstPlan, type ChallengeStep } from './burst-plan.ts'

it('takes five frames of stillness over a second and a half', () => {
  expect(burstPlan(['look'], 5)).toEqual([0, 375, 750, 1125, 1500].map((atMs) => ({ atMs, step: 0 })))
})

it('gives every step of a challenge its frames, one step after the other', () => {
  const plan = burstPlan(['look', 'turn-left', 'look'], 8)
  expect(plan.map(({ step }) => step)).toEqual([0, 0, 0, 1, 1, 1, 2, 2])
})

it('always fits what the contract takes: 1 to 8 frames in order, every step served, within a minute', () => {
  const steps = fc.array(fc.constantFrom<ChallengeStep>('look', 'turn-left', 'turn-right', 'come-closer', 'blink'), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 20 }), (challenge, wanted) => {
      const plan = burstPlan(challenge, wanted)
      expect(plan.length).toBeGreaterThanOrEqual(1)
      expect(plan.length).toBeLessThanOrEqual(8)
      expect(new Set(plan.map(({ step }) => step)).size).toBe(challenge.length)
      for (const [i, frame] of plan.entries()) {
        expect(frame.atMs).toBeLessThan(60_000)
        const before = plan[i - 1]
        if (before) expect(frame.atMs).toBeGreaterThan(before.atMs)
      }
    }),
  )
})
