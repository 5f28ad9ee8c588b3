import { existsSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/**
 * Where a test's database lies: memory where there is plenty of it, for every commit is synced, and the file system of the
 * reference machine needs 2–4 ms for one. That a commit is synced is checked at every connection; whether the disk then holds
 * it is no question for a test that loses no power.
 */
export function roomyFolder(): string {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= 2 ** 30 ? memory : tmpdir()
}
