import { sql } from 'kysely'
import type { Queries, Store } from './store.ts'
import { transact } from './transact.ts'

/**
 * What the service's role may do on PostgreSQL, table by table. Whoever takes the service over can then read and write what
 * it does, but not rewrite what was recorded, nor change the schema, the role's rights or the settings.
 */
type Right = 'select' | 'insert' | 'update' | 'delete'

const usual: readonly Right[] = ['select', 'insert', 'update', 'delete']
/** Records: written once. */
const recorded: readonly Right[] = ['select', 'insert']

const exceptions: Readonly<Record<string, readonly Right[]>> = {
  audit_entry: recorded,
  // Erasable, so that the chain outlives what it must not keep; never rewritten.
  audit_detail: ['select', 'insert', 'delete'],
  scan: recorded,
  scan_leaf: recorded,
  log_head: recorded,
  kysely_migration: ['select'],
  kysely_migration_lock: ['select'],
}

/** Tables whose rows the service can add to and never change. */
export const recordTables: readonly string[] = Object.keys(exceptions).filter((table) => exceptions[table] === recorded)

/** The statements, for a database whose schema is in place; applying them again changes nothing. */
export async function grantStatements(owned: Queries & Pick<Store, 'introspection'>, role: string): Promise<string[]> {
  const tables = (await owned.introspection.getTables({ withInternalKyselyTables: true })).filter(({ isView }) => !isView).map(({ name }) => name)
  const to = quote(role)
  return [
    `revoke all on schema public from ${to}`,
    `grant usage on schema public to ${to}`,
    ...tables.flatMap((table) => [`revoke all on table ${quote(table)} from ${to}`, `grant ${(exceptions[table] ?? usual).join(', ')} on table ${quote(table)} to ${to}`]),
  ]
}

// Any constant: servers that start together give the rights one after another.
const grantLock = 735_006

/** Gives the role its rights in one transaction: it is never without them while servers run. */
export async function grantService(owned: Store, role: string): Promise<void> {
  await transact(owned, async (work) => {
    await sql`select pg_advisory_xact_lock(${grantLock})`.execute(work)
    for (const statement of await grantStatements(work, role)) await sql.raw(statement).execute(work)
  })
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
