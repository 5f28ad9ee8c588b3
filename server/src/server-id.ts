import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The name this data folder's server goes by among several; made on the first start. */
export function openServerId(dataDirectory: string): string {
  const path = join(dataDirectory, 'server-id')
  try {
    // Of two processes on one folder the first one names it for both.
    writeFileSync(path, randomUUID(), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(path, 'utf8').trim()
}
