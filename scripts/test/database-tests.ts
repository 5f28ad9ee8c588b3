import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './workspaces.ts'

/** What a test imports when it is given its database by the environment. */
const harness = /from '(\.\.?\/)+testing\/(core|app|database|rows)\.ts'/

/** The server's tests that touch a database, relative to the root: they run on SQLite and on PostgreSQL. */
export function databaseTests(): string[] {
  return readdirSync(join(root, 'server/src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `server/src/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.test.ts') && !path.endsWith('.faults.test.ts') && harness.test(readFileSync(join(root, path), 'utf8')))
    .sort()
}
