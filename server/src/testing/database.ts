import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { asAdministrator } from './postgres.ts'
import { roomyFolder } from './roomy-folder.ts'

/** An empty database, its schema in place or about to be, for one test. */
export interface TestDatabase {
  /** What `openStore` takes; on PostgreSQL as the owner, who may do everything. */
  readonly url: string
  /** On PostgreSQL as the role that a service runs as, which may not; else the same. */
  readonly serviceUrl: string
  drop(): Promise<void>
}

/** Name of the migrated database of which every test on PostgreSQL gets a copy. */
export const templateName = 'ikd_template'
/** Who the service is in those copies. */
export const serviceRole = 'ikd_service'

/**
 * A database of its own. Which kind, the environment says: `IKD_TEST_DATABASE=postgres` with the server's URL in
 * `IKD_TEST_POSTGRES` (both set by Vitest's project), else SQLite.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  return testsOnPostgres ? createPostgresDatabase() : createSqliteDatabase()
}

export const testsOnPostgres = process.env['IKD_TEST_DATABASE'] === 'postgres'

function createSqliteDatabase(): TestDatabase {
  const folder = mkdtempSync(join(roomyFolder(), 'ikd-database-'))
  const url = `sqlite:${join(folder, 'ikd.sqlite')}`
  return { url, serviceUrl: url, drop: async () => rmSync(folder, { recursive: true, force: true }) }
}

async function createPostgresDatabase(): Promise<TestDatabase> {
  const server = process.env['IKD_TEST_POSTGRES']
  if (!server) throw new Error('these tests want PostgreSQL, and nobody has started one')
  const name = `ikd_${randomBytes(8).toString('hex')}`
  await asAdministrator(server, (client) => client.query(`create database ${name} template ${templateName}`))
  const url = new URL(server)
  url.pathname = `/${name}`
  const serviceUrl = new URL(url)
  serviceUrl.username = serviceRole
  return { url: url.href, serviceUrl: serviceUrl.href, drop: () => asAdministrator(server, (client) => drop(client, name)) }
}

/** A pool says it has ended a moment before the server has seen its connections go. */
async function drop(client: pg.Client, name: string): Promise<void> {
  const objectInUse = '55006'
  for (let tries = 0; tries < 100; tries++) {
    try {
      return void (await client.query(`drop database if exists ${name}`))
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== objectInUse) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  throw new Error('a test left a connection to its database open')
}
