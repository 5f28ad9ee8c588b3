import { existsSync, readFileSync, statSync } from 'node:fs'
import { delimiter, join, sep } from 'node:path'
import { diagnose } from './failure.mjs'
import { run } from './run.mjs'
import { fingerprint } from './stamp.mjs'

const windows = process.platform === 'win32'

/**
 * Whether `node_modules` is what the lock file asks for. Without a fitting stamp, npm's own record of what it installed decides:
 * somebody may have run `npm ci` by hand, or the lock file changed in a way that asks for no other packages.
 *
 * @param {string} root
 * @param {string | undefined} stamp
 */
export function dependenciesInstalled(root, stamp) {
  const recorded = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(recorded)) return false
  if (stamp === lockFingerprint(root)) return true
  return sameVersions(readFileSync(join(root, 'package-lock.json'), 'utf8'), readFileSync(recorded, 'utf8'))
}

/** @param {string} root */
export function lockFingerprint(root) {
  return fingerprint(root, ['package-lock.json'])
}

/**
 * @param {string} lock text of `package-lock.json`
 * @param {string} installed text of `node_modules/.package-lock.json`
 * @returns {boolean} whether every package that must be there is there in its version
 */
export function sameVersions(lock, installed) {
  /** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }>} Packages */
  /** @type {Packages} */
  const wanted = JSON.parse(lock).packages
  /** @type {Packages} */
  const present = JSON.parse(installed).packages
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') || entry.link || entry.optional || entry.devOptional || entry.peer) return true
    return present[path]?.version === entry.version
  })
}

/**
 * `npm ci` with the Node that runs npm, never the one inside `node_modules`, which this replaces.
 *
 * @param {string} root
 */
export async function installDependencies(root) {
  const npm = npmCommand(root)
  const { code, output } = await run(npm.command, [...npm.args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    label: 'npm ci',
    env: environmentOutside(root),
    shell: npm.shell,
  })
  if (code !== 0) {
    throw diagnose(output, {
      id: 'npm tidak dapat memasang ketergantungan: baca pesan di bawah, hapus folder node_modules, lalu jalankan lagi.',
      en: 'npm could not install the dependencies: read its message below, delete node_modules and run this again.',
    })
  }
}

/**
 * The Node 24 that the package `node` puts into `node_modules`.
 *
 * @param {string} root
 * @returns {string | undefined} its path, when the file is there and whole
 */
export function findOwnNode(root) {
  const file = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')
  const linked = join(root, 'node_modules', '.bin', windows ? 'node.cmd' : 'node')
  return existsSync(linked) && existsSync(file) && statSync(file).size > 1_000_000 ? file : undefined
}

/**
 * Fetches that binary again, where install scripts were switched off or were interrupted.
 *
 * @param {string} root
 * @returns {Promise<string>}
 */
export async function repairOwnNode(root) {
  const npm = npmCommand(root)
  const { output } = await run(npm.command, [...npm.args, 'rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'], {
    cwd: root,
    label: 'Node 24',
    env: environmentOutside(root),
    shell: npm.shell,
  })
  const node = findOwnNode(root)
  if (node === undefined) {
    throw diagnose(output, {
      id: 'Node 24 milik proyek ini tidak dapat diunduh: periksa jaringan, hapus folder node_modules, lalu jalankan lagi.',
      en: 'The project’s own Node 24 could not be fetched: check the network, delete node_modules and run this again.',
    })
  }
  return node
}

/**
 * A Node outside `node_modules`, for work that replaces the one inside.
 *
 * @param {string} root
 * @returns {string | undefined}
 */
export function findOutsideNode(root) {
  const name = windows ? 'node.exe' : 'node'
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))
  const candidates = [process.env['npm_node_execpath'], process.execPath, ...onPath]
  return candidates.find((path) => path !== undefined && !isInside(root, path) && existsSync(path))
}

/**
 * @param {string} root
 * @param {string} path
 */
export function isInside(root, path) {
  return path.startsWith(join(root, 'node_modules') + sep)
}

/** @param {string} root */
function npmCommand(root) {
  const cli = process.env['npm_execpath']
  const node = findOutsideNode(root)
  if (cli?.endsWith('.js') && existsSync(cli) && node) return { command: node, args: [cli], shell: false }
  return { command: 'npm', args: [], shell: windows }
}

/**
 * @param {string} root
 * @returns {NodeJS.ProcessEnv} the environment without this project's programs on the path
 */
function environmentOutside(root) {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !isInside(root, folder + sep))
  return { ...process.env, PATH: path.join(delimiter) }
}
