import { type CaptureOutcome, captureOutcomes } from '@ikd/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countAnswersLeft, countOrdersLeft, type SpentOrder, type Visit } from './budget.ts'

const confirmed = { office_id: 'kantor', officer_id: 'sri', registration_id: 'ponsel', confirmed_at: 1 }
const withoutPhone = { office_id: 'kantor', officer_id: 'sri', registration_id: null, confirmed_at: null }
const far = { office_id: 'jauh', officer_id: 'tono', registration_id: null, confirmed_at: null }

const visit: fc.Arbitrary<Visit> = fc.record({
  office_id: fc.constantFrom('kantor', 'jauh', 'lain'),
  officer_id: fc.constantFrom('sri', 'tono', 'budi'),
  registration_id: fc.constantFrom('ponsel', 'ponsel lain', null),
  confirmed_at: fc.constantFrom(1, null),
})
const outcome = fc.constantFrom<(CaptureOutcome | null)[]>(...captureOutcomes, null)
const orders = fc.array(fc.tuple(visit, outcome).map(([of, came]): SpentOrder => ({ ...of, outcome: came })), { maxLength: 80 })
const times = (count: number, order: SpentOrder): SpentOrder[] => Array.from({ length: count }, () => order)

describe('whatever was asked for a resident today', () => {
  test('a phone that has confirmed has its whole day at another officer’s desk, while it has spent nothing itself', () => {
    const others = orders.map((spent) => spent.filter((order) => (order.confirmed_at === null || order.registration_id !== 'ponsel') && order.officer_id !== confirmed.officer_id))
    fc.assert(fc.property(others, (spent) => countOrdersLeft(spent, confirmed) === 5), { numRuns: 1000 })
  })

  test('what may be asked for may be answered, and never the other way round', () => {
    fc.assert(fc.property(orders, visit, (spent, of) => countOrdersLeft(spent, of) <= countAnswersLeft(spent, of)), { numRuns: 1000 })
  })

  test('an order that nobody answered costs no answer', () => {
    fc.assert(
      fc.property(orders, visit, (spent, of) => countAnswersLeft(spent, of) === countAnswersLeft(spent.filter((order) => order.outcome !== null), of)),
      { numRuns: 1000 },
    )
  })

  test('orders let go at one office are nothing to another', () => {
    fc.assert(
      fc.property(orders, visit, (spent, of) => countOrdersLeft(spent, of) === countOrdersLeft(spent.filter((order) => order.outcome !== null || order.office_id === of.office_id), of)),
      { numRuns: 1000 },
    )
  })

  test('without a phone nobody spends what a phone has at the same desk', () => {
    const filled = orders.map((spent) => withinRules(spent.map((order) => ({ ...withoutPhone, outcome: order.outcome })), withoutPhone))
    fc.assert(fc.property(filled, (spent) => countOrdersLeft(spent, confirmed) === 5), { numRuns: 1000 })
  })
})

/** Those orders only that were given. */
function withinRules(asked: readonly SpentOrder[], of: Visit): SpentOrder[] {
  return asked.reduce<SpentOrder[]>((given, order) => (countOrdersLeft(given, of) > 0 ? [...given, order] : given), [])
}

test('five comparisons, twelve captures of any kind, and eight orders let go are a day of one phone, and of one office without', () => {
  for (const of of [confirmed, withoutPhone]) {
    expect([4, 5].map((count) => countOrdersLeft(times(count, { ...of, outcome: 'non-match' }), of))).toEqual([1, 0])
    expect([11, 12].map((count) => countOrdersLeft(times(count, { ...of, outcome: 'failure-to-acquire' }), of))).toEqual([1, 0])
    expect([8, 9].map((count) => countOrdersLeft(times(count, { ...of, outcome: null }), of))).toEqual([5, 0])
    expect(countAnswersLeft(times(9, { ...of, outcome: null }), of)).toBe(5)
  }
})

test('a row of strangers’ phones ends at the officer who goes on with them, and a row of offices where there is no phone', () => {
  const strangers = [1, 2, 3].flatMap((n) => times(5, { ...confirmed, registration_id: `ponsel ${n}`, outcome: 'non-match' }))
  expect(countOrdersLeft(strangers, confirmed)).toBe(0)
  expect(countOrdersLeft(strangers, { ...confirmed, officer_id: 'budi' })).toBe(5)
  const offices = [1, 2, 3].flatMap((n) => times(5, { ...far, office_id: `kantor ${n}`, officer_id: `petugas ${n}`, outcome: 'non-match' }))
  expect(countOrdersLeft(offices, withoutPhone)).toBe(0)
  expect(countOrdersLeft(offices, confirmed)).toBe(5)
})
