// Checks the installed weights against the manifest. Plain JavaScript for any Node from 18.3 on: setup runs it before there is a
// Node 24, and a weight that changed on disk changes who is recognised.
//
//   node models/verify.mjs        takes no arguments; exit code 1 and one sentence when something differs
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * @param {string} root the repository's folder
 * @returns {Promise<number>} how many files were checked
 * @throws {Error} one sentence that names the first file that is missing or different
 */
export async function verifyWeights(root) {
  const manifest = JSON.parse(await readFile(join(root, 'models', 'manifest.json'), 'utf8'))
  const require = createRequire(join(resolve(root), 'models', 'package.json'))
  let checked = 0
  for (const { package: name, version, files } of manifest.packages) {
    const folder = packageFolder(require, name)
    const installed = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).version
    if (installed !== version) throw new Error(`${name} is ${installed}, the face engine was measured with ${version}.`)
    for (const { file, sha256 } of files) {
      const bytes = await readFile(join(folder, file)).catch(() => undefined)
      if (bytes === undefined) throw new Error(`${name}/${file} is missing: run npm ci.`)
      const actual = createHash('sha256').update(bytes).digest('hex')
      if (actual !== sha256)
        throw new Error(`${name}/${file} is not the file on record: its SHA-256 is ${actual}, not ${sha256}.`)
      checked++
    }
  }
  return checked
}

/**
 * @param {NodeRequire} require
 * @param {string} name
 */
function packageFolder(require, name) {
  try {
    const file = require.resolve(`${name}/package.json`)
    // Node remembers where it found a module, even after it has gone.
    if (existsSync(file)) return dirname(file)
  } catch {
    // Not found at all: the same sentence.
  }
  throw new Error(`${name} is not installed: run npm ci.`)
}

const self = fileURLToPath(import.meta.url)
if (process.argv[1] !== undefined && resolve(process.argv[1]) === self) {
  const [word] = process.argv.slice(2)
  if (word === '--help' || word === '-h') {
    console.log('node models/verify.mjs\n\nMemeriksa berkas model wajah. · Checks the installed weights against models/manifest.json; exit code 1 when one differs.')
  } else if (word !== undefined) {
    console.error(`${word} tidak dikenal. Lihat: node models/verify.mjs --help\n${word} means nothing here. See: node models/verify.mjs --help`)
    process.exitCode = 2
  } else try {
    console.log(`${await verifyWeights(join(dirname(self), '..'))} face model files are as recorded`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
