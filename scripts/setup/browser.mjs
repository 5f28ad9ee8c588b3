import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { askApt, canAskApt } from './apt.mjs'
import { SetupFailure } from './failure.mjs'
import { run } from './run.mjs'

/**
 * A Chromium for the journeys: named by CHROMIUM_PATH, installed on the machine, or Playwright's own.
 *
 * @param {{ env?: NodeJS.ProcessEnv, exists?: (path: string) => boolean, playwrightsOwn?: () => string | undefined }} [from]
 * @returns {string | undefined} path of the program
 */
export function findChromium({ env = process.env, exists = existsSync, playwrightsOwn = findPlaywrightsOwn } = {}) {
  const named = env['CHROMIUM_PATH']
  if (named) return exists(named) ? named : undefined
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), '/usr/bin', '/snap/bin']
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    join(env['ProgramFiles'] ?? 'C:\\Program Files', 'Google\\Chrome\\Application\\chrome.exe'),
  ]
  const installed = candidates.find((path) => exists(path))
  if (installed !== undefined) return installed
  const own = playwrightsOwn()
  return own !== undefined && exists(own) ? own : undefined
}

/**
 * Installs one: Debian's by apt when root, else Playwright's.
 *
 * @param {string} root
 * @param {string} node the Node to run Playwright with
 * @returns {Promise<string>}
 */
export async function installChromium(root, node) {
  let output = ''
  if (canAskApt()) output += await askApt(root, ['chromium'])
  if (findChromium() === undefined) {
    const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
    output += (await run(node, [cli, 'install', 'chromium'], { cwd: root, label: 'playwright install chromium' })).output
  }
  const found = findChromium()
  if (found !== undefined) return found
  throw new SetupFailure(
    {
      id: 'Chromium tidak ditemukan dan tidak dapat dipasang: pasang Chromium atau Chrome, atau beri jalurnya dalam CHROMIUM_PATH, lalu jalankan lagi.',
      en: 'Chromium was not found and could not be installed: install Chromium or Chrome, or name it in CHROMIUM_PATH, and run this again.',
    },
    output.trim().split('\n').slice(-15).join('\n'),
  )
}

/** @returns {string | undefined} */
function findPlaywrightsOwn() {
  try {
    return createRequire(import.meta.url)('@playwright/test').chromium.executablePath()
  } catch {
    return undefined
  }
}
