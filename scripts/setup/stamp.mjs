import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/**
 * What was done for which input: `{ "dependencies": "<sha256>", … }`. It stands inside `node_modules`, so that who deletes the
 * dependencies forgets the stamps too.
 *
 * @param {string} root
 */
export function openStamps(root) {
  const file = join(root, 'node_modules', '.ikd-setup.json')
  /** @returns {Record<string, string>} */
  const read = () => {
    try {
      return JSON.parse(readFileSync(file, 'utf8'))
    } catch {
      return {}
    }
  }
  return {
    /** @param {string} name */
    find: (name) => read()[name],
    /**
     * @param {string} name
     * @param {string} value
     */
    set: (name, value) => writeFileSync(file, `${JSON.stringify({ ...read(), [name]: value }, undefined, 2)}\n`),
  }
}

const ignored = new Set(['node_modules', 'dist', 'out', '.vite', 'e2e', 'test-results'])

/**
 * SHA-256 over names and contents, tests left out. Contents and not times: a checkout renews every time, and reading a few
 * hundred small files takes some 20 ms.
 *
 * @param {string} root
 * @param {readonly string[]} paths files and folders, relative to the root; those that do not exist count as absent
 * @returns {string}
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((path) => filesUnder(join(root, path))).sort()) {
    hash.update(`${relative(root, file).split(sep).join('/')}\0`)
    hash.update(readFileSync(file))
    hash.update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return /\.(test|spec)\.ts$/.test(path) ? [] : [path]
  return readdirSync(path)
    .filter((name) => !ignored.has(name))
    .flatMap((name) => filesUnder(join(path, name)))
}
