import { expect, test } from 'vitest'
import type { TSchema } from 'typebox'
import { allRoutes } from './routes.ts'

interface Place {
  readonly at: string
  readonly schema: Record<string, unknown>
}

/** The schema and all within it, wherever JSON Schema lets one stand. */
function* walk(schema: unknown, at: string): Generator<Place> {
  if (Array.isArray(schema)) {
    for (const [i, part] of schema.entries()) yield* walk(part, `${at}/${i}`)
  } else if (typeof schema === 'object' && schema !== null) {
    yield { at, schema: schema as Record<string, unknown> }
    for (const [name, part] of Object.entries(schema)) yield* walk(part, `${at}/${name}`)
  }
}

const parts = (part: 'params' | 'query' | 'body' | 'answer') => allRoutes.flatMap((route) => [...walk(route[part] as TSchema | undefined, `${route.id} ${part}`)])
const typeOf = ({ schema: { type } }: Place) => (Array.isArray(type) ? type : [type])
const isNumber = (place: Place) => typeOf(place).some((type) => type === 'integer' || type === 'number')
const isSafe = (bound: unknown) => typeof bound === 'number' && Math.abs(bound) <= Number.MAX_SAFE_INTEGER

test.each(['params', 'query', 'body', 'answer'] as const)('every number of %s has bounds that a bigint, and JavaScript, can hold', (part) => {
  const unbound = parts(part).filter(isNumber).filter(({ schema: { minimum, maximum } }) => !isSafe(minimum) || !isSafe(maximum))
  expect(unbound.map(({ at }) => at)).toEqual([])
})

test('the walk finds what it looks for: numbers in queries, bodies and answers, in lists and alternatives', () => {
  const found = (['query', 'body', 'answer'] as const).map((part) => parts(part).filter(isNumber).length)
  for (const count of found) expect(count).toBeGreaterThan(1)
  expect(parts('body').filter(isNumber).map(({ at }) => at).some((at) => at.includes('/items/'))).toBe(true)
})

test.each(['params', 'query', 'body'] as const)('every text of %s has an end: a length, a pattern or a closed list', (part) => {
  const endless = parts(part).filter((place) => typeOf(place).includes('string') && !['maxLength', 'pattern', 'enum', 'const'].some((bound) => bound in place.schema))
  expect(endless.map(({ at }) => at)).toEqual([])
})
