import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import manifest from '@ikd/face/manifest.json' with { type: 'json' }
import { makeSite } from '@ikd/face/testing/site'
import { chromium, type Browser, type Page } from '@playwright/test'
import { findChromium } from '../../setup/browser.mjs'
import { pageMemory } from './browser-memory.ts'
import type { BenchPage, SideName } from './browser/page.ts'
import type { SideFigures } from './node-side.ts'
import type { DecisionPictures } from './pictures.ts'
import { interleaved, megabytes } from './timing.ts'

/** What face-api needs as it comes, and no page of ours allows. */
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
/** The thorough detector's and the matcher's as well. */
const allWeights = manifest.packages.flatMap(({ package: name, files }) =>
  files.filter(({ file }) => file.startsWith('model/')).map(({ file }) => ({ from: `${name}/${file}`, to: file })),
)

/** Both pipelines in Chromium, a worker of one page each, in turns. Undefined where there is no Chromium. */
export async function measureChromium(pictures: readonly DecisionPictures[], rounds: number): Promise<SideFigures | undefined> {
  const executablePath = findChromium()
  if (executablePath === undefined) return undefined
  const site = await makeSite(`import ${JSON.stringify(fileURLToPath(new URL('./browser/page.ts', import.meta.url)))}`, policy, allWeights)
  try {
    await writePictures(site.folder, pictures)
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
    try {
      const page = await browser.newPage()
      await page.goto(site.url)
      await page.waitForFunction(() => document.title === 'ready')
      return await measure(browser, page, pictures, rounds)
    } finally {
      await browser.close()
    }
  } finally {
    await site.close()
  }
}

async function measure(browser: Browser, page: Page, pictures: readonly DecisionPictures[], rounds: number): Promise<SideFigures> {
  const start = (side: SideName) => page.evaluate((which) => (window as unknown as { bench: BenchPage }).bench.start(which), side)
  const decide = async (side: SideName, index: number, what: { frames: 'frames' | 'challenge'; reference: boolean }) => {
    const frames = pictures[index]![what.frames].map((_, i) => `/${index}-${what.frames}-${i}.jpg`)
    const asked = { frames, ...(what.reference && { reference: `/${index}-reference.jpg` }) }
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

async function writePictures(folder: string, pictures: readonly DecisionPictures[]): Promise<void> {
  const write = async (name: string, picture: Buffer) => writeFile(join(folder, name), picture)
  for (const [index, { reference, frames, challenge }] of pictures.entries()) {
    await write(`${index}-reference.jpg`, reference)
    for (const [i, frame] of frames.entries()) await write(`${index}-frames-${i}.jpg`, frame)
    for (const [i, frame] of challenge.entries()) await write(`${index}-challenge-${i}.jpg`, frame)
  }
}
