import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type Browser, type Page } from '@playwright/test'
import { launchCounter } from '../../../counter-app/e2e/electron-double/launch.ts'
import type { PageCamera } from '../../demo/turning-head/page-camera.ts'
import { newDeskContext, openPage } from './browsers.ts'
import type { Stage } from './stage.ts'

/** Where the counter's renderer runs: the browser host, Electron's own code under a double of its module, or real Electron. */
export type DeskHost = 'browser' | 'electron-double' | 'electron'

export interface OpenedDesk {
  /** Stands at the enrolment screen, its code filled in. */
  readonly page: Page
  close(): Promise<void>
}

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Electron's binary, when it has been fetched; asking the package itself would fetch it. */
export function findElectron(): string | undefined {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const note = join(folder, 'path.txt')
  const path = existsSync(note) ? join(folder, 'dist', readFileSync(note, 'utf8')) : undefined
  return path && existsSync(path) ? path : undefined
}

export async function openDeskAt(host: DeskHost, stage: Stage, browser: Browser, camera: PageCamera): Promise<OpenedDesk> {
  const enrolmentCode = stage.enrolmentCode('madiun')
  if (host === 'browser') {
    const page = await openPage(await newDeskContext(browser))
    await camera.install(page)
    await page.goto(`${stage.counterUrl}/#enrol=${enrolmentCode}`)
    return { page, close: () => page.context().close() }
  }
  const userData = await mkdtemp(join(tmpdir(), 'ikd-desk-'))
  const args = [`--server=${stage.url}`, `--enrol=${enrolmentCode}`]
  const forget = () => rm(userData, { recursive: true, force: true })
  if (host === 'electron-double') {
    const { page, close } = await launchCounter({ browser, port: stage.doublePort, userData, args })
    await camera.install(page)
    return { page, close: () => close().then(forget) }
  }
  const executablePath = findElectron()
  if (!executablePath) throw new Error('Electron’s binary is not on this machine')
  const app = await _electron.launch({
    executablePath,
    args: [root, `--user-data-dir=${userData}`, ...args, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  const page = await app.firstWindow()
  await camera.install(page)
  return { page, close: () => app.close().then(forget) }
}
