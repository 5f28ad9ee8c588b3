import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import AxeBuilder from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { shoot } from './film.ts'

/** A browser with a camera of its own, which plays what is put into its file. */
export interface CameraBrowser {
  readonly browser: Browser
  readonly cameraFile: string
  close(): Promise<void>
}

export interface Launcher {
  launch(args: readonly string[]): Promise<Browser>
}

/** Command line of Chromium that makes a file of JPEGs the camera. */
function fakeCamera(file: string): string[] {
  return ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`]
}

export async function openCameraBrowser({ launch }: Launcher): Promise<CameraBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'ikd-camera-'))
  const cameraFile = join(folder, 'camera.mjpeg')
  const { default: sharp } = await import('sharp')
  const dark = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#333' } }).jpeg().toBuffer()
  await shoot(cameraFile, [dark])
  const browser = await launch(fakeCamera(cameraFile))
  return {
    browser,
    cameraFile,
    async close() {
      await browser.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A cheap Android phone, narrow as a cracked old one. */
export function newPhoneContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: 'id-ID', timezoneId: 'Asia/Jakarta' })
}

/** An office PC. */
export function newDeskContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'id-ID', timezoneId: 'Asia/Jakarta' })
}

/** A page whose errors fail the test that opened it, content security policy included. */
export async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  page.on('console', (message) => {
    if (/content security policy|trusted ?type/i.test(message.text())) throw new Error(message.text())
  })
  return page
}

/** WCAG 2.2 A and AA, as far as a machine can tell. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
}
