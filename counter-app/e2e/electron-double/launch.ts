import { resolve } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { createElectronDouble, type ElectronRecord } from './electron.ts'
import { Loopback } from './loopback.ts'
import { requireUnderDouble } from './require.ts'
import type { StorageBackend } from './safe-storage.ts'

const main = resolve(import.meta.dirname, '../../.vite/build/main.cjs')

export interface LaunchedCounter {
  readonly page: Page
  readonly record: ElectronRecord
  close(): Promise<void>
}

/**
 * Starts the built counter app, main and preload as they are, under the double; its renderer runs in a real Chromium.
 *
 * @param options.port the loopback port the renderer is served on: its origin must be one the server lets in
 */
export async function launchCounter(options: {
  browser: Browser
  port: number
  userData: string
  /** Command line, e.g. `--server=http://localhost:3000`. */
  args: readonly string[]
  keyStore?: StorageBackend
  hasSecondDisplay?: boolean
}): Promise<LaunchedCounter> {
  const loopback = await Loopback.listen(options.port)
  const context = await options.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'id-ID', timezoneId: 'Asia/Jakarta' })
  const { module, record } = createElectronDouble({
    context,
    loopback,
    userData: options.userData,
    keyStore: options.keyStore ?? 'gnome_libsecret',
    hasSecondDisplay: options.hasSecondDisplay ?? false,
  })
  const close = async () => {
    await context.close()
    await loopback.close()
  }
  try {
    runMain(module, record, options.args)
    // `start` runs in the continuation of `whenReady`.
    await new Promise((done) => setImmediate(done))
    const desk = record.windows[0]
    if (!desk) throw new Error(`main opened no window: ${record.errors.join(' ')}`)
    await desk.loaded
    return { page: desk.contents.page, record, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Main reads its arguments when Electron becomes ready, so they stay in place until then. */
function runMain(module: object, record: ElectronRecord, args: readonly string[]): void {
  const argv = process.argv
  process.argv = ['electron', '.', ...args]
  requireUnderDouble(main, module)
  record.becomeReady()
  setImmediate(() => {
    process.argv = argv
  })
}
