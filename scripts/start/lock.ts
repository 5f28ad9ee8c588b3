import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartFailure } from './failure.ts'

const lockFile = 'running.json'

interface Holder {
  readonly pid: number
  readonly port: number
}

/**
 * One demo at a time on a data folder: a second one, or a `--reset`, would pull the database from under the first. The lock of
 * a process that is gone counts for nothing.
 *
 * @throws StartFailure naming the port of the demo that runs
 */
export function lockFolder(path: string, port: number, isAlive: (pid: number) => boolean = runs): () => void {
  const file = join(path, lockFile)
  const holder = readHolder(file)
  if (holder && holder.pid !== process.pid && isAlive(holder.pid)) {
    throw new StartFailure({
      id: `Folder data ${path} sedang dipakai IKD yang berjalan (porta ${holder.port}): hentikan dulu dengan Ctrl-C, atau pilih folder lain dengan --data.`,
      en: `The data folder ${path} is in use by an IKD that runs (port ${holder.port}): end that one with Ctrl-C first, or choose another with --data.`,
    })
  }
  writeFileSync(file, JSON.stringify({ pid: process.pid, port } satisfies Holder), { mode: 0o600 })
  return () => rmSync(file, { force: true })
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is a process.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
