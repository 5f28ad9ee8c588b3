import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templateLength, templateModel, type Template } from '../template.ts'
import { compareAll, compareListed, fuseIndices, type Compared, type Described } from './comparisons.ts'
import { detCurve } from './det-curve.ts'
import { errorRates, seeded } from './error-rates.ts'
import { parsePairs } from './pair-list.ts'
import { halfOf } from './pictures.ts'

/** A template at a place on a line: distances can be told by looking. */
const at = (place: number): Template => ({ model: templateModel, values: new Float32Array(templateLength).fill(place / Math.sqrt(templateLength)) })
const picture = (path: string, place?: number): Described => ({
  person: path.split('/')[0]!,
  path,
  ...(place !== undefined && { reference: at(place), probe: at(place) }),
})
const random = () => seeded(1)
const once = (people: number) => new Float64Array(people).fill(1)

describe('every picture against every other', () => {
  const set = [picture('a/1', 0), picture('a/2', 0.1), picture('a/3', 0.5), picture('b/1', 2), picture('c/1', 3), picture('c/2', 3.2)]

  test('meets each once, the nearest first, with whom it lies between', () => {
    const { genuine, impostor, impostors, impostorsOf } = compareAll(set, 1)
    expect([...genuine.distances].map((apart) => apart.toFixed(2))).toEqual(['0.10', '0.20', '0.40', '0.50'])
    expect([...genuine.references]).toEqual([0, 2, 0, 0])
    expect(impostors).toBe(11)
    expect(impostor.distances[0]).toBeCloseTo(1, 5)
    expect([impostor.references[0], impostor.probes[0]]).toEqual([1, 2])
    expect(impostorsOf(once(3))).toBe(11)
    expect(impostorsOf(Float64Array.of(2, 1, 0))).toBe(6)
  })

  test('fails where no face was found, and counts no impostor there', () => {
    const { genuine, impostors, impostorsOf } = compareAll([...set.slice(0, 2), picture('a/3'), ...set.slice(3)], 1)
    expect([...genuine.distances].filter((apart) => apart === Number.POSITIVE_INFINITY)).toHaveLength(2)
    expect(impostors).toBe(8)
    expect(impostorsOf(once(3))).toBe(8)
  })

  test('fuses the next pictures for genuine and impostor probes alike, and nobody with too few gives a probe', () => {
    const { genuine, impostors, impostorsOf } = compareAll(set, 2)
    // Reference a/1 meets the mean of a/2 and a/3, whichever of them it begins with; a/2 and a/3 likewise; c has no two others.
    expect(genuine.distances).toHaveLength(6)
    // a's three probes meet b and c, c's two meet a and b.
    expect(impostors).toBe(3 * 3 + 2 * 4)
    expect(impostorsOf(once(3))).toBe(impostors)
  })

  test('keeps the nearest of a large set and still counts them all', () => {
    const { impostor, impostors } = compareAll(set, 1, 4)
    expect(impostors).toBe(11)
    expect(impostor.distances.length).toBeGreaterThan(0)
    expect(impostor.distances.length).toBeLessThanOrEqual(4)
  })
})

test('a probe of several is cyclic by file name and leaves the reference out', () => {
  expect(fuseIndices([4, 5, 6, 7], 6, 3, 4)).toEqual([6, 7, 5])
  expect(fuseIndices([4, 5, 6, 7], 5, 3, 7)).toEqual([5, 6, 4])
  expect(fuseIndices([4, 5, 6], 4, 3, 5)).toBeUndefined()
})

describe('error rates', () => {
  /** Each pair of two people of its own. */
  const ratesOf = (genuine: number[], impostor: number[], thresholds: number[] = []) => {
    const compared = (distances: number[], from: number): Compared => {
      const people = Int32Array.from(distances, (_, i) => from + i)
      return { distances: Float64Array.from(distances).sort(), references: people, probes: people }
    }
    const [near, far] = [compared(genuine, 0), compared(impostor, genuine.length)]
    const impostorsOf = (times: Float64Array) => times.slice(genuine.length).reduce((sum, one) => sum + one, 0)
    const people = genuine.length + impostor.length
    return errorRates({ people, genuine: near, impostor: far, impostors: impostor.length, impostorsOf }, thresholds, random())
  }

  test('count a pair at the threshold as a match, and carry intervals that hold them', () => {
    const [at] = ratesOf([0.25, 0.5, 0.625, 0.375], [0.5, 0.75, 0.875, 1], [0.5]).at
    expect(at).toMatchObject({ fmr: { errors: 1, trials: 4, value: 0.25 }, fnmr: { errors: 1, trials: 4 } })
    expect(at!.fmr.low).toBeLessThan(0.25)
    expect(at!.fmr.high).toBeGreaterThan(0.25)
  })

  test('are those just under the first impostor that would be one too many', () => {
    const impostor = Array.from({ length: 1000 }, (_, i) => 1 + i / 1024)
    const { atFmr } = ratesOf([0.25, 1.0009765625, 1.1], impostor)
    expect(atFmr.map(({ point }) => point.fmr.errors)).toEqual([10, 1, 0])
    expect(atFmr[1]!.point.threshold).toBeCloseTo(1 + 1 / 1024, 6)
    // A genuine pair exactly there is no match: the impostor beside it would be one as well.
    expect(atFmr.map(({ point }) => point.fnmr.errors)).toEqual([1, 2, 2])
  })

  test('of equal error lie where both meet, and failed comparisons are errors at every threshold', () => {
    expect(ratesOf([0.25, 0.5, 0.75, 0.875], [0.625, 1, 1.5, 2]).eer).toMatchObject({ value: 0.25 })
    const failed = ratesOf([0.25, Number.POSITIVE_INFINITY], [1, 1.5])
    expect(failed.genuine).toBe(2)
    expect(failed.atFmr.map(({ point }) => point.fnmr.value)).toEqual([0.5, 0.5, 0.5])
  })

  test('agree with counting one by one', () => {
    const distances = fc.array(fc.integer({ min: 1, max: 40 }).map((eighth) => eighth / 8), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(distances, distances, (genuine, impostor) => {
        const { eer, atFmr } = ratesOf(genuine, impostor)
        const rate = (errors: number[], of: number[]) => errors.length / of.length
        for (const { asked, point } of atFmr) {
          const { threshold } = point
          expect(point.fmr.value).toBeCloseTo(rate(impostor.filter((one) => one <= threshold), impostor), 9)
          expect(point.fmr.value).toBeLessThanOrEqual(asked)
          expect(point.fnmr.value).toBeCloseTo(rate(genuine.filter((one) => one > threshold), genuine), 9)
        }
        const gaps = [...genuine, ...impostor].map((t) =>
          Math.abs(rate(impostor.filter((one) => one <= t), impostor) - rate(genuine.filter((one) => one > t), genuine)),
        )
        const t = eer.threshold
        const gap = Math.abs(rate(impostor.filter((one) => one <= t), impostor) - rate(genuine.filter((one) => one > t), genuine))
        expect(gap).toBeCloseTo(Math.min(...gaps), 9)
      }),
      { numRuns: 25 },
    )
  })

  test('have intervals by person, wider than by pair where one person makes the errors', () => {
    // Ten people with ten pairs each; all ten errors are one person's.
    const places = Array.from({ length: 10 }, (_, person) => [0, person === 0 ? 5 : 0.1, ...Array.from({ length: 9 }, () => 0.05)])
    const pictures = places.flatMap((own, person) => own.map((place, i) => picture(`p${person}/${String(i).padStart(2, '0')}`, person * 20 + place)))
    const { at } = errorRates(compareAll(pictures, 1), [0.5], random())
    const { errors, trials, low, high, value } = at[0]!.fnmr
    expect([errors, trials]).toEqual([10, 550])
    expect(low).toBe(0)
    expect(high).toBeGreaterThan(2 * value)
    expect(errorRates(compareAll(pictures, 1), [0.5], random()).at[0]).toEqual(at[0])
  })

  test('need both kinds of pairs', () => {
    expect(() => errorRates(compareAll([picture('a/1', 0), picture('b/1', 1)], 1), [], random())).toThrow(RangeError)
    expect(() => errorRates(compareAll([picture('a/1', 0), picture('a/2', 1)], 1), [], random())).toThrow(RangeError)
  })

  test('make a curve with what the set can show, and a title that cannot break out of it', () => {
    const set = Array.from({ length: 40 }, (_, i) => [picture(`${i}/1`, i), picture(`${i}/2`, i + 0.6)]).flat()
    const svg = detCurve(compareAll(set.sort((a, b) => (a.path < b.path ? -1 : 1)), 1), 'mine & <script>')
    expect(svg).toContain('mine &#38; &#60;script&#62;')
    expect(svg.match(/points="([^"]*)"/)![1]!.split(' ').length).toBeGreaterThan(50)
    expect(svg).not.toContain('NaN')
  })
})

describe('a list of pairs', () => {
  test('is read with commas or tabs, with a heading, and as the one of LFW', () => {
    const text = 'reference,probe,same\n# ours\na/1.jpg,a/2.jpg,same\r\na/1.jpg\tb/x, y.jpg\tdifferent\n\n10\t300\n'
    expect(parsePairs(text.replace('\n10\t300', ''))).toEqual([
      { reference: 'a/1.jpg', probe: 'a/2.jpg', same: true },
      { reference: 'a/1.jpg', probe: 'b/x, y.jpg', same: false },
    ])
    expect(parsePairs('10\t300\nAl_B\t1\t12\nAl_B\t1\tCo_D\t3\n')).toEqual([
      { reference: 'Al_B/Al_B_0001.jpg', probe: 'Al_B/Al_B_0012.jpg', same: true },
      { reference: 'Al_B/Al_B_0001.jpg', probe: 'Co_D/Co_D_0003.jpg', same: false },
    ])
    expect(() => parsePairs('a/1.jpg,a/2.jpg,same\na/1.jpg,a/2.jpg,perhaps')).toThrow(/line 2/)
  })

  test('says which picture it names in vain, and whose pictures are too few', () => {
    const set = [picture('a/1', 0), picture('a/2', 0)]
    expect(() => compareListed(set, [{ reference: 'a/1', probe: 'a/9', same: true }], 1)).toThrow(/a\/9/)
    expect(() => compareListed(set, [{ reference: 'a/1', probe: 'a/2', same: true }], 2)).toThrow(/too few/)
  })
})

test('the halves share people with one picture and nobody else', () => {
  const all = ['a/1', 'a/2', 'b/1', 'b/2', 'c/1', 'd/1', 'd/2'].map((path) => ({ person: path[0]!, path }))
  const people = (half: 'tuning' | 'report') => [...new Set(halfOf(all, half).map(({ person }) => person))]
  expect(people('tuning')).toEqual(['a', 'c', 'd'])
  expect(people('report')).toEqual(['b', 'c'])
})
