import fc from 'fast-check'
import { expect, it } from 'vitest'
import { judgeFreshness } from './freshness.ts'

const start = 1_800_000_000_000
const grant = { createdAt: start, expiresAt: start + 600_000 }
const claimed = (at: number) => ({ issuedAt: at / 1000 })

it.each([
  [0, 'fresh'],
  [89_999, 'fresh'],
  [90_000, 'expired'],
])('calls a presentation %i ms after its nonce %s, whatever its phone’s clock says', (age, outcome) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (issuedAt) => {
      expect(judgeFreshness({ issuedAt }, start, grant, start + age)).toBe(outcome)
    }),
  )
})

it.each([
  [0, 'offline'],
  [89_999, 'offline'],
  [90_000, 'expired'],
  [-60_000, 'offline'],
  [-60_001, 'expired'],
])('calls a presentation without a nonce, %i ms after the time it claims, %s', (age, outcome) => {
  const at = start + 120_000
  expect(judgeFreshness(claimed(at), undefined, grant, at + age)).toBe(outcome)
})

it('takes no presentation that claims a time before its grant, but for a clock a minute slow', () => {
  expect(judgeFreshness(claimed(start - 60_000), undefined, grant, start)).toBe('offline')
  expect(judgeFreshness(claimed(start - 61_000), undefined, grant, start)).toBe('expired')
})

it('takes no presentation that claims a time after its grant', () => {
  expect(judgeFreshness(claimed(start + 599_000), undefined, grant, start + 599_999)).toBe('offline')
  expect(judgeFreshness(claimed(start + 600_000), undefined, grant, start + 599_999)).toBe('expired')
})

it('takes nothing once the grant is over', () => {
  expect(judgeFreshness(claimed(start), start + 599_000, grant, start + 600_000)).toBe('expired')
  expect(judgeFreshness(claimed(start + 590_000), undefined, grant, start + 600_000)).toBe('expired')
})
