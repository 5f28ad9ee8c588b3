import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from './ports.ts'

/** A PostgreSQL of its own for a test, on loopback, thrown away after it. */
export interface Postgres {
  createDatabase(name: string): string
  stop(): void
}

/** Folder of PostgreSQL's programs as Debian lays them, or of those on the path; undefined when there are none. */
export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(':')]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')))
}

export async function startPostgres(programs: string): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'ikd-postgres-'))
  const data = join(folder, 'data')
  const port = await findFreePort()
  // initdb refuses root: there, the package's own user does it.
  const asRoot = process.getuid?.() === 0
  if (asRoot) {
    chmodSync(folder, 0o777)
  }
  const run = (command: string): void => {
    const { status, stderr } = asRoot
      ? spawnSync('su', ['postgres', '-c', command], { encoding: 'utf8' })
      : spawnSync('sh', ['-c', command], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`PostgreSQL: ${stderr}`)
  }
  run(`${programs}/initdb -D ${data} -U postgres -A trust >/dev/null`)
  run(`${programs}/pg_ctl -D ${data} -o '-p ${port} -k ${folder}' -l ${folder}/log -w start >/dev/null`)
  return {
    createDatabase(name) {
      run(`${programs}/createdb -h ${folder} -p ${port} -U postgres ${name}`)
      return `postgres://postgres@127.0.0.1:${port}/${name}`
    },
    stop() {
      run(`${programs}/pg_ctl -D ${data} stop -m fast >/dev/null`)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
