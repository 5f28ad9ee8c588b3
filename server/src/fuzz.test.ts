import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { raiseTestApp, type TestApp } from './testing/app.ts'
import { fuzzRoute, makeCallers, routesWithBodies, sendBody } from './testing/fuzz.ts'

let app: TestApp
let callers: Awaited<ReturnType<typeof makeCallers>>

beforeAll(async () => {
  app = await raiseTestApp()
  callers = await makeCallers(app)
})
afterAll(() => app.close())

describe('any body, fitting or nearly', () => {
  // The slow ones hash a password each time; a machine with other work is given its time.
  test.each(routesWithBodies.map((route) => [route.id, route] as const))('%s answers without a stumble', async (_id, route) => {
    await fuzzRoute(app, callers, route, 12, 5_000)
  })
})

test('an idempotency key that is no UUID in small letters is refused, whatever it is', async () => {
  const route = routesWithBodies.find(({ id }) => id === 'scans.scan')
  const caller = callers.get('holder')
  if (!route || !caller) throw new Error('nobody to scan')
  const odd = fc.oneof(fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^ -~]/g, '?').trim()), fc.uuid().map((id) => id.toUpperCase()), fc.uuid().map((id) => `${id},${id}`))
  await fc.assert(
    fc.asyncProperty(odd, async (key) => {
      fc.pre(!/^[0-9a-f-]{36}$/.test(key))
      const { status, body } = await sendBody(app, route, caller, '{"qr":"x","purpose":"x"}', key)
      expect([status, JSON.parse(body)]).toEqual([400, expect.objectContaining({ code: 'idempotency-key-missing' })])
    }),
    { numRuns: 30 },
  )
})
