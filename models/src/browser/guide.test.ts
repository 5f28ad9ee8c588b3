import { cp, readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserFiles } from '../../browser-files.mjs'
import type { BackendsAnswer } from '../testing/backends-worker.ts'
import { deskFrame } from '../testing/sample-faces.ts'
import { makeSite, type Site } from '../testing/site.ts'
import type { GuideMeasure } from './guide.ts'

// The page a counter site would serve: its own bundle, the files of the list, the strictest policy of the design.
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types ikd"
const place = (path: string) => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)))
const script = `
  import { createGuide } from ${place('./index.ts')}
  import backendsUrl from ${JSON.stringify(`${fileURLToPath(new URL('../testing/backends-worker.ts', import.meta.url))}?worker&url`)}
  const policy = trustedTypes.createPolicy('ikd', { createScriptURL: (url) => url })
  const picture = async (path) => createImageBitmap(await (await fetch(path)).blob())
  const start = (models) => createGuide({ modelBaseUrl: models, wasmBaseUrl: '/face/wasm', trustedWorkerUrl: (url) => policy.createScriptURL(url.href) })
  let guide, worker
  window.openGuide = async (models) => {
    guide = await start(models)
    return { backend: guide.backend, trials: guide.trials }
  }
  window.measure = async (path) => guide.measure(await picture(path))
  window.startOn = (backend) => {
    worker = new Worker(policy.createScriptURL(new URL(backendsUrl, document.baseURI).href), { type: 'module' })
    return ask({ start: { modelBaseUrl: location.origin + '/face/model/', wasmBaseUrl: location.origin + '/face/wasm/' }, backend })
  }
  window.measureThere = async (path, lose) => ask({ picture: await picture(path), lose })
  const ask = (request) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage(request)
  })
  document.title = 'ready'
`
type Window = {
  openGuide(models: string): Promise<{ backend: string; trials: unknown[] }>
  measure(path: string): Promise<GuideMeasure>
  startOn(backend: string): Promise<BackendsAnswer>
  measureThere(path: string, lose: boolean): Promise<BackendsAnswer>
}

let site: Site
let browser: Browser
let tab: Page
let opened: { backend: string; trials: unknown[] }
const refusals: string[] = []

beforeAll(async () => {
  site = await makeSite(script, policy)
  await writeFile(join(site.folder, 'good.jpg'), await deskFrame(6, { left: 820, top: 140, width: 480 }))
  await writeFile(join(site.folder, 'empty.jpg'), await deskFrame(5, { left: 0, top: 0, width: 120 }))
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
  // WebGL and WebGPU are there, both drawn by the processor.
  const args = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']
  browser = await chromium.launch({ executablePath: installed, args })
  tab = await browser.newPage()
  tab.on('console', (message) => message.type() === 'error' && refusals.push(message.text()))
  await tab.goto(site.url)
  await tab.waitForFunction(() => document.title === 'ready', undefined, { timeout: 20_000 })
  opened = await tab.evaluate(() => (window as unknown as Window).openGuide('/face/model'))
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const measure = (path: string) => tab.evaluate((one) => (window as unknown as Window).measure(one), path)

describe('the guide in a browser under the strict policy', () => {
  test('measures a face and finds nothing wrong with a good picture', async () => {
    const seen = await measure('/good.jpg')
    expect(seen.frame).toEqual({ width: 640, height: 480 })
    expect(seen.face?.landmarks).toHaveLength(68)
    expect(seen.problems).toEqual([])
  })

  test('says that there is no face where there is none', async () => {
    expect(await measure('/empty.jpg')).toEqual({ frame: { width: 640, height: 480 }, faces: 0, problems: ['no-face'], hints: [] })
  })

  test('answers fast enough to guide, and breaks no rule of the policy', async () => {
    const began = performance.now()
    for (let i = 0; i < 5; i++) await measure('/good.jpg')
    expect((performance.now() - began) / 5).toBeLessThan(1000)
    expect(refusals.filter((text) => !text.includes('favicon'))).toEqual([])
  })

  test('does not try what the processor would draw in a graphics card’s place', () => {
    expect(opened).toEqual({ backend: 'wasm', trials: [] })
  })

  test.each(browserFiles.filter(({ to }) => to.startsWith('model/')).map(({ to }) => to.slice('model/'.length)))(
    'refuses %s with one byte changed',
    async (file) => {
      const folder = join(site.folder, 'changed', file)
      await cp(join(site.folder, 'face/model'), folder, { recursive: true })
      const bytes = await readFile(join(folder, file))
      // Another weight, or another digit of what one is worth: nothing but the digest can tell.
      const at = file.endsWith('.json') ? bytes.lastIndexOf('0.') + 4 : bytes.length >> 1
      bytes[at]! ^= 1
      await writeFile(join(folder, file), bytes)
      const opening = tab.evaluate((models) => (window as unknown as Window).openGuide(models), `/changed/${file}`)
      await expect(opening).rejects.toThrow(`${file} is not the file on record`)
    },
  )
})

// WebGPU drawn by the processor takes half a minute to compile: `npm run test:full`.
describe.each(process.env['IKD_FULL'] === undefined ? (['webgl'] as const) : (['webgl', 'webgpu'] as const))('on %s', (backend) => {
  let there: BackendsAnswer
  const measureThere = (path: string, lose = false) =>
    tab.evaluate(([one, take]) => (window as unknown as Window).measureThere(one, take), [path, lose] as const)

  beforeAll(async () => {
    there = await tab.evaluate((name) => (window as unknown as Window).startOn(name), backend)
  }, 60_000)

  test('the same face is seen as on WebAssembly, and as much is said of it', async () => {
    expect(there).toEqual({ chosen: backend })
    const answer = await measureThere('/good.jpg')
    if (!('measure' in answer)) throw new Error(JSON.stringify(answer))
    const [seen, sure] = [answer.measure, await measure('/good.jpg')]
    seen.face!.landmarks.forEach(([x, y], i) => {
      const [sureX, sureY] = sure.face!.landmarks[i]!
      expect(Math.hypot(x - sureX, y - sureY)).toBeLessThan(0.5)
    })
    expect({ ...seen, face: undefined }).toEqual({ ...sure, face: undefined })
  }, 90_000)

  test('a look that it is taken away from is answered, and so are those that follow', async () => {
    const sure = await measure('/good.jpg')
    expect(await measureThere('/good.jpg', true)).toEqual({ measure: sure })
    expect(await measureThere('/good.jpg')).toEqual({ measure: sure })
  })
})
