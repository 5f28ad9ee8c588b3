import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { frontEnds, isBuilt } from '../setup/front-ends.mjs'
import { openStamps } from '../setup/stamp.mjs'
import { checkBuilt, type Report } from './built-files.ts'
import { engines } from './compat-data.ts'
import { covers, exceptions } from './exceptions.ts'

vi.setConfig({ testTimeout: 60_000 })

const root = fileURLToPath(new URL('../..', import.meta.url))

function check(name: string, asked: Parameters<typeof checkBuilt>[1]): Report {
  const frontEnd = frontEnds.find((each) => each.name === name)
  if (!frontEnd || !isBuilt(root, frontEnd, openStamps(root).find(name))) throw new Error(`${name} is not built, or from older sources: npm run setup`)
  return checkBuilt(join(root, frontEnd.folder, 'dist'), asked)
}

/** Read once: half a megabyte of program, and all that is known of engines. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

const resident = once(() => check('resident-pwa', engines.everywhere))
const counter = once(() => check('counter-app', engines.desktop))

const tell = ({ findings }: Report) =>
  findings.filter((found) => !exceptions.some((each) => covers(each, found))).map(({ file, feature, missing }) => `${file}: ${feature} (${missing.join(', ')})`)

it('what residents are sent asks nothing of their phone that the floor does not have', () => {
  const report = resident()
  expect(tell(report)).toEqual([])
  expect(report.oddSizes).toEqual([])
  // The check itself has seen what there is to see.
  for (const kind of ['service-worker', 'index-', 'sha-', 'wasm-worker-', 'library-worker-', 'browser-check-', 'index.html']) {
    expect(report.files.some((file) => file.startsWith(kind)), kind).toBe(true)
  }
  expect(report.templates.styles).toBeGreaterThan(30)
  expect(report.templates.markup).toBeGreaterThan(100)
})

it('what a desk’s browser is sent asks nothing of it that the floor does not have', () => {
  const report = counter()
  expect(tell(report)).toEqual([])
  expect(report.oddSizes).toEqual([])
  for (const kind of ['guide-worker-', 'wasm-worker-', 'library-worker-', 'browser-check-', 'index.html']) {
    expect(report.files.some((file) => file.startsWith(kind)), kind).toBe(true)
  }
  expect(report.templates.styles).toBeGreaterThan(30)
  expect(report.templates.markup).toBeGreaterThan(150)
})

it('no exception stands without need', () => {
  const all = [...resident().findings, ...counter().findings]
  expect(exceptions.filter((each) => !all.some((found) => covers(each, found)))).toEqual([])
})
