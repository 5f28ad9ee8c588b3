import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { askApt } from './apt.mjs'

/**
 * Folder of PostgreSQL's programs: as Debian lays them (newest first), or one on the path.
 *
 * @param {{ env?: NodeJS.ProcessEnv, debian?: string }} [from]
 * @returns {string | undefined} undefined when there are none
 */
export function findPostgres({ env = process.env, debian = '/usr/lib/postgresql' } = {}) {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(env['PATH'] ?? '').split(delimiter).filter(Boolean)]
  return folders.find((folder) => ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))))
}

/**
 * Installs Debian's. Without PostgreSQL only half of the tests run, which is worth saying and no reason to stop.
 *
 * @param {string} root
 */
export async function installPostgres(root) {
  const output = await askApt(root, ['postgresql'])
  if (findPostgres() !== undefined) return
  console.log(output.trim().split('\n').slice(-15).join('\n'))
  console.log('  PostgreSQL tidak dapat dipasang: separuh pengujian dilewati. · PostgreSQL could not be installed: its half of the tests is skipped.')
}
