import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide, judge, policy, referencePolicy, referenceStanding } from './policy.ts'

const distance = fc.double({ min: 0, max: 1.2, noNaN: true })

describe('the thresholds in use', () => {
  test('carry what they were measured at, with one picture and with three, with intervals that hold it', () => {
    for (const run of [policy.measured.singleFrame, policy.measured.threeFramesFused]) {
      for (const name of ['accept', 'lookAgain'] as const) {
        expect(run?.[name].threshold).toBe(policy[name])
        for (const rate of [run![name].fmr, run![name].fnmr]) {
          expect(rate.trials).toBeGreaterThan(400)
          expect(rate.low).toBeLessThanOrEqual(rate.value)
          expect(rate.high).toBeGreaterThan(rate.value)
        }
      }
    }
  })

  test('let fewer than one stranger in a thousand be accepted, even fused', () => {
    expect(policy.measured.threeFramesFused!.accept.fmr.high).toBeLessThan(1e-3)
    expect(policy.accept).toBeLessThan(policy.lookAgain)
  })
})

describe('a photograph that is poor or old', () => {
  test('never accepts at the bar of a good one', () => {
    expect(referencePolicy.old.accept).toBeLessThan(policy.accept)
    expect(referencePolicy.old.measured!.fmr.value).toBeLessThanOrEqual(1e-4)
    fc.assert(
      fc.property(distance, (apart) => {
        expect(judge(apart, 'poor').outcome).not.toBe('match')
        if (judge(apart, 'old').outcome === 'match') expect(apart).toBeLessThanOrEqual(referencePolicy.old.accept)
      }),
    )
  })

  test('takes nobody further from a decision than the supervisor, and says so', () => {
    fc.assert(
      fc.property(distance, fc.constantFrom('poor' as const, 'old' as const), (apart, standing) => {
        const { outcome, reasons } = judge(apart, standing)
        if (decide(apart) !== 'match') expect(outcome).toBe(decide(apart))
        else expect(['match', 'inconclusive']).toContain(outcome)
        expect(reasons.includes(`reference-${standing}`)).toBe(outcome !== 'match')
      }),
    )
  })

  test('is old from the day it is ten years', () => {
    const standing = (takenOn: string) => referenceStanding({ quality: 'good', takenOn }, '2026-11-22')
    expect([standing('2016-11-23'), standing('2016-11-22'), standing('2011-02-28')]).toEqual(['good', 'old', 'old'])
    expect(referenceStanding({ quality: 'poor', takenOn: '2026-01-01' }, '2026-11-22')).toBe('poor')
    expect(referenceStanding({ quality: 'good' }, '2026-11-22')).toBe('good')
  })
})

test('a good photograph is judged by the two thresholds alone', () => {
  fc.assert(
    fc.property(distance, (apart) => {
      expect(judge(apart, 'good').outcome).toBe(decide(apart))
    }),
  )
})
