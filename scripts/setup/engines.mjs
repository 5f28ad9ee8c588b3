import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { askApt } from './apt.mjs'

/**
 * The programs WebKitGTK is driven with.
 *
 * @typedef {{ driver: string, python: string, display: string }} WebKitPrograms
 */

const webkit = ['webkit2gtk-driver', 'xvfb', 'gir1.2-webkit2-4.1', 'python3-gi']
const firefox = ['firefox-esr']

/**
 * A Firefox: named by FIREFOX_PATH, or installed on the machine.
 *
 * @param {{ env?: NodeJS.ProcessEnv, exists?: (path: string) => boolean }} [from]
 * @returns {string | undefined}
 */
export function findFirefox({ env = process.env, exists = existsSync } = {}) {
  const named = env['FIREFOX_PATH']
  if (named) return exists(named) ? named : undefined
  return findProgram(['firefox-esr', 'firefox'], { env, exists }) ?? ['/Applications/Firefox.app/Contents/MacOS/firefox'].find(exists)
}

/**
 * WebKitGTK's driver, the Python that opens its window (the system's: its bindings are of no use to any other) and a screen to open it on.
 *
 * @param {{ env?: NodeJS.ProcessEnv, exists?: (path: string) => boolean, bindings?: (python: string) => boolean }} [from]
 * @returns {WebKitPrograms | undefined} undefined when one of them is missing
 */
export function findWebKit({ env = process.env, exists = existsSync, bindings = hasBindings } = {}) {
  const driver = findProgram(['WebKitWebDriver'], { env, exists })
  const display = findProgram(['Xvfb'], { env, exists })
  const python = '/usr/bin/python3'
  if (driver === undefined || display === undefined || !exists(python) || !bindings(python)) return undefined
  return { driver, python, display }
}

/**
 * Installs Debian's. Without them the story is told in Chromium only, which is worth saying and no reason to stop.
 *
 * @param {string} root
 */
export async function installEngines(root) {
  const output = await askApt(root, webkit, firefox)
  if (findFirefox() !== undefined && findWebKit() !== undefined) return
  console.log(output.trim().split('\n').slice(-15).join('\n'))
  console.log('  WebKitGTK atau Firefox tidak dapat dipasang: ceritanya dilewati di sana. · WebKitGTK or Firefox could not be installed: the story is skipped in it.')
}

/**
 * @param {readonly string[]} names
 * @param {{ env: NodeJS.ProcessEnv, exists: (path: string) => boolean }} from
 * @returns {string | undefined}
 */
function findProgram(names, { env, exists }) {
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), '/usr/bin']
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => exists(path))
}

/** @param {string} python */
function hasBindings(python) {
  return spawnSync(python, ['-c', 'import gi; gi.require_version("Gtk", "3.0"); gi.require_version("WebKit2", "4.1"); from gi.repository import WebKit2']).status === 0
}
