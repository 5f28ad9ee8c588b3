import { readFileSync } from 'node:fs'

/**
 * Calls once when whoever started this process is gone, killed or not; holds nothing up.
 *
 * Linux and macOS give an orphan another parent. Windows does not, but it takes a killed Node's own children along, npm's shell
 * among them, so that the parent's number leads nowhere.
 *
 * @param {() => void} act
 */
export function whenOrphaned(act) {
  const above = ancestors()
  const watch = setInterval(() => {
    if (ancestors() === above && (process.platform !== 'win32' || isAlive(process.ppid))) return
    clearInterval(watch)
    act()
  }, 500)
  watch.unref()
}

/** For what runs long by itself: a program that npm started ends when npm does. */
export function endWithNpm() {
  if (process.env['npm_lifecycle_event'] !== undefined) whenOrphaned(() => process.kill(process.pid, 'SIGTERM'))
}

/**
 * Who stands above this process. Where npm's shell stayed in between, npm itself counts too, as far as /proc tells.
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

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
