import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Steady } from './steady.ts'

type Hint = 'good' | 'turned' | 'blurred' | 'too-small' | 'too-dark'

it('says the first thing at once, and another only when the first has not been true for a while', () => {
  const hint = new Steady<Hint>(400)
  expect([hint.observe('too-small', 0), hint.observe('good', 100), hint.observe('good', 399), hint.observe('good', 400)]).toEqual([
    'too-small', 'too-small', 'too-small', 'good',
  ])
})

it('does not flicker at the edge of a limit', () => {
  const hint = new Steady<Hint>(400)
  const shown = Array.from({ length: 50 }, (_, i) => hint.observe(i % 2 === 0 ? 'too-dark' : 'good', i * 100))
  expect(new Set(shown)).toEqual(new Set(['too-dark']))
})

it('changes at most once in its patience, and never stays with what has not been true for longer', () => {
  const looks = fc.array(fc.tuple(fc.constantFrom<Hint[]>('good', 'turned', 'blurred'), fc.integer({ min: 20, max: 200 })), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(looks, (sequence) => {
      const hint = new Steady<Hint>(400)
      let [now, shown, changedAt, lastTrue] = [0, undefined as Hint | undefined, -Infinity, 0]
      for (const [seen, gap] of sequence) {
        now += gap
        const next = hint.observe(seen, now)
        if (next !== shown && shown !== undefined) {
          expect(now - changedAt).toBeGreaterThanOrEqual(400)
          changedAt = now
        } else if (shown === undefined) changedAt = now
        if (next === seen) lastTrue = now
        expect(now - lastTrue).toBeLessThan(400)
        shown = next
      }
    }),
  )
})
