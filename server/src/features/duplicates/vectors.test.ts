import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createVectors } from './vectors.ts'

const length = 40
/** Few different values, so that distances coincide and limits are met exactly. */
const values = fc.array(fc.constantFrom(0, 0.25, 0.5), { minLength: 4, maxLength: 4 }).map((head) => Float32Array.from({ length }, (_, i) => head[i % 4]!))
const entry = fc.record({ id: fc.integer({ min: 0, max: 30 }).map(String), subject: fc.constantFrom('a', 'b', 'c'), values })
const change = fc.oneof({ weight: 3, arbitrary: entry.map((put) => ({ put })) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 }).map((id) => ({ remove: String(id) })) })

const distance = (a: Float32Array, b: Float32Array) => Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0))

test('finds what looking at every one would find, whatever was put in, replaced and taken out before', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), values, fc.constantFrom(0, 1, Math.SQRT2, 2.9), fc.integer({ min: 1, max: 8 }), (changes, probe, within, atMost) => {
      const vectors = createVectors(length)
      const plain = new Map<string, { id: string; subject: string; values: Float32Array }>()
      for (const each of changes) {
        if ('put' in each) {
          vectors.put(each.put.id, each.put.subject, each.put.values)
          plain.set(each.put.id, each.put)
        } else {
          vectors.remove(each.remove)
          plain.delete(each.remove)
        }
      }
      const all = [...plain.values()].filter(({ subject }) => subject !== 'a').map((one) => ({ id: one.id, distance: distance(probe, one.values) }))
      const wanted = all.filter((one) => one.distance <= within).sort((a, b) => a.distance - b.distance)
      const found = vectors.search(probe, { except: 'a', within, atMost })
      expect(vectors.size).toBe(plain.size)
      expect(found.map((one) => one.distance)).toEqual(wanted.slice(0, atMost).map((one) => one.distance))
      for (const one of found) expect(all).toContainEqual(one)
    }),
  )
})

test('refuses a template of another length', () => {
  expect(() => createVectors(length).put('1', 'a', new Float32Array(4))).toThrow(RangeError)
  expect(() => createVectors(length).search(new Float32Array(4), { except: 'a', within: 1, atMost: 1 })).toThrow(RangeError)
})
