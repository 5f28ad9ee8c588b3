import { afterAll, beforeAll, expect, test } from 'vitest'
import { raiseTestApp, type TestApp } from './testing/app.ts'
import { numberOf, reportFigure } from './testing/figures.ts'
import { fuzzRoute, makeCallers, routesWithBodies } from './testing/fuzz.ts'
import { growthInWords, measureGrowth } from './testing/growth.ts'

let app: TestApp
let callers: Awaited<ReturnType<typeof makeCallers>>

beforeAll(async () => {
  app = await raiseTestApp()
  callers = await makeCallers(app)
})
afterAll(() => app.close())

/** To each route, over all rounds. */
const runs = numberOf('IKD_POINTS', 280)
const aRound = Math.ceil(runs / 14)
/** One session, one promise or one buffer that is kept of every request is more than this. */
const limit = 256

test('bodies of every kind to every route: no surprise, no second’s work, and nothing of them is held', async () => {
  let slowest = 0
  const round = async () => {
    for (const route of routesWithBodies) slowest = Math.max(slowest, await fuzzRoute(app, callers, route, aRound, 5_000))
  }
  const growth = await measureGrowth({ round, pieces: aRound * routesWithBodies.length, limit })
  reportFigure(`${routesWithBodies.length} routes, slowest ${Math.round(slowest)} ms, ${growthInWords(growth, 'body')}`)
  expect(growth.bytesEach).toBeLessThan(limit)
})
