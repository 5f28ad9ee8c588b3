import { sql } from 'kysely'
import { grantService } from '../database/grants.ts'
import { openStore } from '../database/store.ts'
import { serviceRole, templateName } from './database.ts'
import { startPostgres } from './postgres.ts'

/** For the length of a test run: a PostgreSQL, and in it the migrated database that tests are given copies of. */
export async function setup(): Promise<() => Promise<void>> {
  const postgres = await startPostgres(process.env['IKD_POSTGRES_PROGRAMS'] ?? '')
  const store = await openStore(await postgres.createDatabase(templateName))
  await sql`create role ${sql.id(serviceRole)} login`.execute(store)
  await grantService(store, serviceRole)
  await store.destroy()
  process.env['IKD_TEST_POSTGRES'] = postgres.url('postgres')
  return () => postgres.stop()
}
