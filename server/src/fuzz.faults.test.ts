import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
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

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** What is held once the garbage is gone, in MB; the process itself gives memory back when the system asks for it. */
function heldMegabytes(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 2 ** 20
}

const runs = Number(process.env['IKD_POINTS'] ?? 200)

test('bodies of every kind to every route: no surprise, no second’s work, and memory stays flat', async () => {
  for (const route of routesWithBodies) await fuzzRoute(app, callers, route, 10, 5_000)
  const before = heldMegabytes()
  let slowest = 0
  for (const route of routesWithBodies) slowest = Math.max(slowest, await fuzzRoute(app, callers, route, runs, 5_000))
  const grown = heldMegabytes() - before
  reportFigure(`${runs * routesWithBodies.length} bodies to ${routesWithBodies.length} routes, slowest ${Math.round(slowest)} ms, memory held ${grown >= 0 ? '+' : ''}${grown.toFixed(1)} MB`)
  expect(grown).toBeLessThan(32)
})
