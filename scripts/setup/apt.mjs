import { existsSync, readFileSync } from 'node:fs'
import { run } from './run.mjs'

/** Whether this process may install what is missing: root on Debian or its kin. */
export function canAskApt() {
  return process.getuid?.() === 0 && existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/**
 * Installs Debian's packages, and nothing that they only recommend.
 *
 * @param {string} root
 * @param {...(readonly string[])} groups all of a group or none of it, for Debian's kin lacks some
 * @returns {Promise<string>} what apt said
 */
export async function askApt(root, ...groups) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  let said = (await run('apt-get', ['update', '-qq'], { cwd: root, label: 'apt-get update', env })).output
  for (const packages of groups) {
    const label = `apt-get install ${packages.join(' ')}`
    said += (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { cwd: root, label, env })).output
  }
  return said
}
