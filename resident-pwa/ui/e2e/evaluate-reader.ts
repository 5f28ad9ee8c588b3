/**
 * How many photographed QR codes does the reader read? `node e2e/evaluate-reader.ts FOLDER`, where pictures lie beside a `.txt` of
 * the same name with the expected text. Prints one line for zxing-wasm and one for the library; never part of the test suite.
 */
import { chromium } from '@playwright/test'
import { existsSync, statSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildSite, policy, serveSite } from './site-server.ts'

const mediaTypes: Record<string, string> = { '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.webp': 'image/webp' }
const usage = 'node e2e/evaluate-reader.ts FOLDER'
const folder = readFolder()

const names = (await readdir(folder, { recursive: true })).filter((name) => extname(name) in mediaTypes).sort()
const built = await mkdtemp(join(tmpdir(), 'ikd-ui-'))
await buildSite(built)
const debian = '/usr/bin/chromium'
const browser = await chromium.launch({
  ...(existsSync(debian) ? { executablePath: debian } : {}),
  args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
})
const policies = { 'zxing-wasm': policy, '@zxing/library': policy.map((line) => line.replace(" 'wasm-unsafe-eval'", '')) }
for (const [decoder, csp] of Object.entries(policies)) {
  const site = await serveSite(built, 0, csp)
  const page = await browser.newPage()
  await page.goto(site.url)
  const missed: string[] = []
  const times: number[] = []
  for (const name of names) {
    const path = join(folder, name)
    const expected = await readFile(join(path, '..', `${basename(name, extname(name))}.txt`), 'utf8').catch(() => undefined)
    const source = `data:${mediaTypes[extname(name)]};base64,${(await readFile(path)).toString('base64')}`
    const { text, ms } = await page.evaluate(async (source) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d') as OffscreenCanvasRenderingContext2D
      context.drawImage(image, 0, 0)
      const pixels = context.getImageData(0, 0, image.width, image.height)
      const start = performance.now()
      return { text: await window.ui.decodeQr(pixels), ms: performance.now() - start }
    }, source)
    times.push(ms)
    if (text === undefined || (expected !== undefined && text.trim() !== expected.trim())) missed.push(name)
  }
  times.sort((a, b) => a - b)
  const median = (times[Math.floor(times.length / 2)] ?? 0).toFixed(0)
  process.stdout.write(`${decoder}: ${names.length - missed.length} of ${names.length}, median ${median} ms; missed: ${missed.join(' ') || 'none'}\n`)
  await site.close()
}
await browser.close()
await rm(built, { recursive: true, force: true })

/** The one word of the command line; whoever asks for something else is told, and nothing is done. */
function readFolder(): string {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } })
    if (values.help) {
      console.log(usage)
      process.exit(0)
    }
    const [named, ...more] = positionals
    if (named === undefined || more.length > 0) throw new Error('name one folder of pictures')
    if (!statSync(named, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`there is no folder ${named}`)
    return named
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exit(2)
  }
}
