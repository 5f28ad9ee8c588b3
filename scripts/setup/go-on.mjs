import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Runs what comes after the setup, in the project's own Node: the shell of an npm script would use the one it found first.
 * It ends when this ends (`start/leash.ts`), and this ends when npm does: npm hands SIGTERM to its shell, which keeps it to itself.
 *
 * @param {string} root
 * @param {string} node
 * @param {string} script relative to the root
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
export function goOn(root, node, script, args) {
  const leash = pathToFileURL(join(root, 'scripts', 'start', 'leash.ts')).href
  const child = spawn(node, ['--import', leash, join(root, script), ...args], { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  const above = ancestors()
  const watch = setInterval(() => {
    if (ancestors() !== above) child.kill('SIGTERM')
  }, 1000)
  // A terminal sends Ctrl-C to all; the child decides when it has ended.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearInterval(watch)
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/**
 * Who stands above this process: npm's shell and, where /proc tells, npm itself. An orphan gets another parent.
 *
 * @returns {string}
 */
function ancestors() {
  try {
    // proc(5): the parent is the second field after the name, which stands in brackets.
    return `${process.ppid} ${readFileSync(`/proc/${process.ppid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[1]}`
  } catch {
    return String(process.ppid)
  }
}
