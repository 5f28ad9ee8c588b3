import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A terminal sends Ctrl-C to everybody, and each ends as it likes; who has not ended then has not heard of it. */
const forThoseWhoHeard = 4000
/** A demo ends its children within six seconds. */
const patience = 9000

/**
 * Runs what comes after the setup, in the project's own Node: the shell of an npm script would use the one it found first.
 * It ends when this ends (`start/leash.ts`).
 *
 * @param {string} root
 * @param {string} node
 * @param {string} script relative to the root
 * @param {readonly string[]} args
 * @returns {{ ended: Promise<number>, end: (signal: 'SIGINT' | 'SIGTERM') => void }} its exit code; and how it is made to end
 */
export function goOn(root, node, script, args) {
  const leash = pathToFileURL(join(root, 'scripts', 'start', 'leash.ts')).href
  const child = spawn(node, ['--import', leash, join(root, script), ...args], { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
  return {
    ended,
    end(signal) {
      setTimeout(() => child.kill('SIGTERM'), signal === 'SIGINT' ? forThoseWhoHeard : 0).unref()
      // What that one has started ends with it.
      setTimeout(() => child.kill('SIGKILL'), patience).unref()
    },
  }
}
