import { afterAll, beforeAll, expect, test } from 'vitest'
import { raiseTestApp, type TestApp } from './testing/app.ts'
import { reportFigure } from './testing/figures.ts'
import { fuzzRoute, makeCallers, routesWithBodies } from './testing/fuzz.ts'

let app: TestApp
let callers: Awaited<ReturnType<typeof makeCallers>>

beforeAll(async () => {
  app = await raiseTestApp()
  callers = await makeCallers(app)
})
afterAll(() => app.close())

const runs = Number(process.env['IKD_POINTS'] ?? 200)

test('bodies of every kind to every route: no surprise, no second’s work, and memory stays flat', async () => {
  for (const route of routesWithBodies) await fuzzRoute(app, callers, route, 10, 5_000)
  const before = process.memoryUsage().rss
  let slowest = 0
  for (const route of routesWithBodies) slowest = Math.max(slowest, await fuzzRoute(app, callers, route, runs, 5_000))
  const grown = (process.memoryUsage().rss - before) / 2 ** 20
  reportFigure(`${runs * routesWithBodies.length} bodies to ${routesWithBodies.length} routes, slowest ${Math.round(slowest)} ms, memory ${grown >= 0 ? '+' : ''}${Math.round(grown)} MB`)
  // The database's cache and the engine's pools fill; growth by the body would be a multiple of this.
  expect(grown).toBeLessThan(200)
})
