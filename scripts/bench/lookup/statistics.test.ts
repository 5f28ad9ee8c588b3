import { expect, it } from 'vitest'
import { createRandom } from '../../demo/population/random.ts'
import { compare, quantile } from './statistics.ts'

const random = createRandom('two samples')
const sample = (n: number, shift = 0) => Array.from({ length: n }, () => random.integer(0, 10_000) / 100 + shift)

it('finds no difference where there is none', () => {
  const { auc, p, ksP } = compare(sample(1000), sample(1000))
  expect(auc).toBeCloseTo(0.5, 1)
  expect(Math.min(p, ksP)).toBeGreaterThan(0.01)
})

it('finds a tenth of the spread in a thousand samples', () => {
  const { auc, p, ksP } = compare(sample(1000, 10), sample(1000))
  expect(auc).toBeGreaterThan(0.55)
  expect(Math.max(p, ksP)).toBeLessThan(0.001)
})

it('counts ties half, and agrees with a case worked by hand', () => {
  expect(compare([1, 2, 3], [1, 2, 3])).toMatchObject({ auc: 0.5, ks: 0 })
  expect(compare([4, 5, 6], [1, 2, 3])).toMatchObject({ auc: 1, ks: 1 })
  expect(compare([1, 3, 5], [2, 4, 6]).auc).toBeCloseTo(3 / 9)
})

it('reads quantiles between samples', () => {
  expect([quantile([4, 1, 3, 2], 0.5), quantile([1, 2], 0.95)]).toEqual([2.5, 1.95])
})
