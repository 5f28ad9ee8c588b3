import { chromium, type Page } from '@playwright/test'
import type { Measured } from '../bench.ts'
import type { benches } from '../command-line/commands.mjs'
import type { Values } from '../command-line/read.mjs'
import { findChromium } from '../setup/browser.mjs'
import { quantile } from './lookup/statistics.ts'
import { makeDeskPage } from './preview/desk-page.ts'

/** What the page noted down: when each look at a picture began and ended, and the tasks of its main thread over 50 ms. */
interface Noted {
  looks: { began: number; ms: number }[]
  longTasks: { at: number; ms: number }[]
  ready: { chosen: string; trials: { backend: string; ms: number }[] } | undefined
  readyAt: number
  /** From the worker's making to its being ready, networks and choice and all, ms. */
  startMs: number
  /** When the button was pressed, and when the frames were as they would be sent. */
  capture: { began: number; ended: number }
}

/**
 * The desk's live guidance in Chromium, without a graphics card, before a camera that plays a face: how long the guide takes to
 * start, looks a second, how long each takes in the worker, and the longest task of the page's main thread once the guide is there,
 * and while a capture takes, encodes and writes its frames (Long Tasks API: those over 50 ms).
 */
export async function run({ seconds }: Values<typeof benches.preview>): Promise<Measured> {
  const site = await makeDeskPage()
  try {
    const browser = await chromium.launch({
      ...executable(),
      args: [
        '--no-sandbox', '--disable-gpu', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${site.cameraFile}`,
      ],
    })
    try {
      const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
      return figuresOf(await watch(page, site.url, seconds), seconds)
    } finally {
      await browser.close()
    }
  } finally {
    await site.close()
  }
}

function executable(): { executablePath?: string } {
  const executablePath = findChromium()
  return executablePath === undefined ? {} : { executablePath }
}

async function watch(page: Page, url: string, seconds: number): Promise<Noted> {
  await page.addInitScript(() => {
    const noted: Noted = { looks: [], longTasks: [], ready: undefined, readyAt: 0, startMs: 0, capture: { began: 0, ended: 0 } }
    Object.assign(window, { noted })
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) noted.longTasks.push({ at: startTime, ms: duration })
    }).observe({ type: 'longtask', buffered: true })
    const asked: number[] = []
    const post = Worker.prototype.postMessage
    Worker.prototype.postMessage = function (this: Worker, ...message: Parameters<Worker['postMessage']>) {
      if (asked.length === 0 && noted.ready === undefined && noted.looks.length === 0) {
        this.addEventListener('message', ({ data }) => {
          const began = asked.shift() ?? 0
          const now = performance.now()
          if (data.ready) Object.assign(noted, { ready: data.ready, readyAt: now, startMs: now - began })
          if (data.measure) noted.looks.push({ began, ms: now - began })
        })
      }
      asked.push(performance.now())
      return post.apply(this, message)
    } as Worker['postMessage']
  })
  await page.goto(url)
  await page.waitForFunction(() => (window as unknown as { noted: Noted }).noted.looks.length > 0, undefined, { timeout: 60_000 })
  await page.waitForTimeout(1000 * seconds)
  await page.evaluate(async () => {
    const { noted } = window as unknown as { noted: Noted }
    noted.capture.began = performance.now()
    await document.querySelector<HTMLElement & { capture(): Promise<void> }>('face-capture')!.capture()
    noted.capture.ended = performance.now()
  })
  return page.evaluate(() => (window as unknown as { noted: Noted }).noted)
}

function figuresOf({ looks, longTasks, ready, readyAt, startMs, capture }: Noted, seconds: number): Measured {
  // The first second is the camera's and the page's; what comes after it is the preview.
  const [from, until] = [readyAt + 1000, readyAt + 1000 * seconds]
  const within = looks.filter(({ began }) => began >= from && began < until)
  const long = longTasks.filter(({ at }) => at >= from && at < until)
  const longInCapture = longTasks.filter(({ at }) => at >= capture.began && at < capture.ended)
  const aSecond = within.length / ((until - from) / 1000)
  const ms = within.map((look) => look.ms)
  const figures = {
    start_ms: Math.round(startMs),
    fps: round(aSecond),
    look_ms: round(quantile(ms, 0.5)),
    look_p95_ms: round(quantile(ms, 0.95)),
    long_tasks: long.length,
    longest_task_ms: longest(long),
    capture_s: round((capture.ended - capture.began) / 1000),
    long_tasks_in_capture: longInCapture.length,
    longest_in_capture_ms: longest(longInCapture),
    long_tasks_at_start: longTasks.filter(({ at }) => at < from).length,
    backend: ready?.chosen ?? '–',
    trials: (ready?.trials ?? []).map(({ backend, ms: median }) => `${backend} ${round(median)} ms`).join(', '),
  }
  return { rows: [figures], figures }
}

function longest(tasks: Noted['longTasks']): number {
  return Math.round(Math.max(0, ...tasks.map(({ ms }) => ms)))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
