import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from 'vite'
import { browserFiles } from '../../browser-files.mjs'
import type { FrameMeasure } from '../measure.ts'
import { deskFrame } from '../testing/sample-faces.ts'

// The page a counter site would serve: its own bundle, the files of the list, the strictest policy of the design.
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types ikd"
const page = `<!doctype html><html lang="en"><head><title>guide</title></head><body><script type="module" src="./page.ts"></script></body></html>`
const script = `
  import { createGuide } from '${fileURLToPath(new URL('./index.ts', import.meta.url))}'
  const policy = trustedTypes.createPolicy('ikd', { createScriptURL: (url) => url })
  const guide = await createGuide({
    modelBaseUrl: '/face/model', wasmBaseUrl: '/face/wasm',
    trustedWorkerUrl: (url) => policy.createScriptURL(url.href),
  })
  window.measure = async (path) => guide.measure(await createImageBitmap(await (await fetch(path)).blob()))
  document.title = 'ready'
`
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
}

let folder: string
let server: Server
let browser: Browser
let tab: Page
const refusals: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'face-guide-'))
  await writeFile(join(folder, 'index.html'), page)
  await writeFile(join(folder, 'page.ts'), script)
  await build({ root: folder, logLevel: 'error', configFile: false, build: { target: 'esnext' } })
  const require = createRequire(import.meta.url)
  for (const { from, to } of browserFiles) {
    const place = join(folder, 'dist', 'face', to)
    await mkdir(dirname(place), { recursive: true })
    await cp(require.resolve(from), place)
  }
  await writeFile(join(folder, 'dist', 'good.jpg'), await deskFrame(6, { left: 820, top: 140, width: 480 }))
  await writeFile(join(folder, 'dist', 'empty.jpg'), await deskFrame(5, { left: 0, top: 0, width: 120 }))
  server = createServer(async (request, response) => {
    const path = request.url === '/' ? '/index.html' : new URL(request.url ?? '/', 'http://x').pathname
    const body = await readFile(join(folder, 'dist', path)).catch(() => undefined)
    response.writeHead(body ? 200 : 404, {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    })
    response.end(body)
  }).listen(0, '127.0.0.1')
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
  browser = await chromium.launch({ executablePath: installed, args: ['--no-sandbox', '--disable-gpu'] })
  tab = await browser.newPage()
  tab.on('console', (message) => message.type() === 'error' && refusals.push(message.text()))
  await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await tab.waitForFunction(() => document.title === 'ready', undefined, { timeout: 20_000 })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
  if (folder) await rm(folder, { recursive: true })
})

const measure = (path: string) =>
  tab.evaluate((one) => (window as unknown as { measure(p: string): Promise<FrameMeasure> }).measure(one), path)

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
})
