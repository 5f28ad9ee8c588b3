import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../../setup/browser.mjs'
import { pageMemory } from './browser-memory.ts'
import type { BenchPage, SideName } from './browser/page.ts'
import type { SideFigures } from './node-side.ts'
import type { DecisionPictures } from './pictures.ts'
import { interleaved, megabytes } from './timing.ts'

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
}

/** Both pipelines in Chromium, a worker of one page each, in turns. Undefined where there is no Chromium. */
export async function measureChromium(pictures: readonly DecisionPictures[], rounds: number): Promise<SideFigures | undefined> {
  const executablePath = findChromium()
  if (executablePath === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'ikd-bench-face-'))
  try {
    await writeSite(folder, pictures)
    const server = await serveSite(join(folder, 'dist'))
    try {
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
      try {
        const page = await browser.newPage()
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
        await page.waitForFunction(() => document.title === 'ready')
        return await measure(browser, page, pictures, rounds)
      } finally {
        await browser.close()
      }
    } finally {
      server.close()
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function measure(browser: Browser, page: Page, pictures: readonly DecisionPictures[], rounds: number): Promise<SideFigures> {
  const start = (side: SideName) => page.evaluate((which) => (window as unknown as { bench: BenchPage }).bench.start(which), side)
  const decide = async (side: SideName, index: number, what: { frames: 'frames' | 'challenge'; reference: boolean }) => {
    const frames = pictures[index]![what.frames].map((_, i) => `/pictures/${index}-${what.frames}-${i}.jpg`)
    const asked = { frames, ...(what.reference && { reference: `/pictures/${index}-reference.jpg` }) }
    const decided = await page.evaluate(
      ([which, wanted]) => (window as unknown as { bench: BenchPage }).bench.decide(which, wanted),
      [side, asked] as const,
    )
    if (!Number.isFinite(decided.distance)) throw new Error(`${side} found no face`)
    return decided
  }
  const whole = { frames: 'frames', reference: true } as const
  const begin = async (side: SideName) => {
    const before = await pageMemory(browser)
    const [started, first] = [await start(side), await decide(side, 0, whole)]
    const after = await pageMemory(browser)
    const memory = before === undefined || after === undefined ? {} : { memoryMb: megabytes(after - before) }
    return { start: started, first: first.ms, distance: first.distance, ...memory }
  }
  const [stockBegun, oursBegun] = [await begin('stock'), await begin('ours')]
  const at = (round: number) => round % pictures.length
  // The worker keeps the reference of the decision before; any will do for the time it takes.
  const [stock, ours, cached, challenge] = await interleaved(rounds, [
    async (round) => (await decide('stock', at(round), whole)).ms,
    async (round) => (await decide('ours', at(round), whole)).ms,
    async (round) => (await decide('ours', at(round), { frames: 'frames', reference: false })).ms,
    async (round) => (await decide('ours', at(round), { frames: 'challenge', reference: false })).ms,
  ])
  return {
    stock: { ...stockBegun, decision: stock! },
    ours: { ...oursBegun, decision: ours!, cached: cached!, challenge: challenge! },
  }
}

async function writeSite(folder: string, pictures: readonly DecisionPictures[]): Promise<void> {
  const script = fileURLToPath(new URL('./browser/page.ts', import.meta.url))
  await writeFile(join(folder, 'index.html'), '<!doctype html><html lang="en"><head><title>bench</title></head><body><script type="module" src="./page.ts"></script></body></html>')
  await writeFile(join(folder, 'page.ts'), `import ${JSON.stringify(script)}\n`)
  await build({ root: folder, logLevel: 'error', configFile: false, worker: { format: 'es' }, build: { target: 'esnext' } })
  const write = async (name: string, picture: Buffer) => writeFile(join(folder, 'dist', name), picture)
  for (const [index, { reference, frames, challenge }] of pictures.entries()) {
    await write(`${index}-reference.jpg`, reference)
    for (const [i, frame] of frames.entries()) await write(`${index}-frames-${i}.jpg`, frame)
    for (const [i, frame] of challenge.entries()) await write(`${index}-challenge-${i}.jpg`, frame)
  }
}

/** The page and its pictures from a folder; weights and kernels from the installed packages, where they are. */
async function serveSite(dist: string): Promise<Server> {
  const require = createRequire(import.meta.resolve('@ikd/face'))
  const homes: readonly (readonly [under: string, folder: string])[] = [
    ['/model/', join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'model')],
    ['/wasm/', dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))],
    ['/pictures/', dist],
    ['/', dist],
  ]
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url === '/' ? '/index.html' : (request.url ?? '/'), 'http://x')
    const [under, home] = homes.find(([start]) => pathname.startsWith(start))!
    const body = await readFile(join(home, normalize(`/${pathname.slice(under.length)}`))).catch(() => undefined)
    response.writeHead(body ? 200 : 404, { 'content-type': types[extname(pathname)] ?? 'application/octet-stream' })
    response.end(body)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
