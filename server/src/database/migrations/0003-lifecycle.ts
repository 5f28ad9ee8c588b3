import { randomBytes } from 'node:crypto'
import { type Kysely, PostgresAdapter, sql } from 'kysely'
import { randomReadable } from '../../security/random.ts'

const kinds = (names: readonly string[]) => `kind in (${names.map((name) => `'${name}'`).join(', ')})`
const oldKinds = kinds(['activation', 'rebinding', 'service'])
const newKinds = kinds(['activation', 'rebinding', 'service', 'block', 'unblock', 'contact'])

interface Present {
  registration: { id: string; email: string; receipt_code: string }
  activation: { registration_id: string; email: string; created_at: number }
}

/** Suspending, blocking, unblocking and changing a contact. */
export async function up(db: Kysely<Present>): Promise<void> {
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter
  const bytes = postgres ? 'bytea' : 'blob'
  const run = (statement: string) => sql.raw(statement).execute(db)

  if (postgres) {
    await run('alter table desk_case drop constraint desk_case_kind_check')
    await run(`alter table desk_case add constraint desk_case_kind_check check (${newKinds})`)
  } else await widenKindsOnSqlite(db)
  await run('alter table desk_case add column binding_id text references binding (id)')
  await run('alter table desk_case add column block_reason text')

  await run('alter table binding add column suspended_at bigint')
  await run(`alter table binding add column suspended_by text check (suspended_by in ('resident', 'not-me'))`)
  // What was issued or shown before then is dead, whatever its own lifetime says.
  await run('alter table binding add column valid_from bigint not null default 0')

  // Codes of forty bits could be found by trying; from here on a receipt code suspends.
  for (const { id } of await db.selectFrom('registration').select('id').execute()) {
    await db.updateTable('registration').set({ receipt_code: randomReadable(16, randomBytes) }).where('id', '=', id).execute()
  }
  await run('create unique index registration_receipt on registration (receipt_code)')
  await run('create index registration_nik on registration (nik)')
  // The address on file is the registration's: a desk's corrections come home to it.
  for (const { registration_id: id, email } of await db.selectFrom('activation').select(['registration_id', 'email']).orderBy('created_at').execute()) {
    await db.updateTable('registration').set({ email }).where('id', '=', id).execute()
  }

  await run(`create table cap (key text primary key, uses text not null, last_at bigint not null)`)
  await run(`create index cap_age on cap (last_at)`)

  await run(`create table suspension_request (id text primary key, nik ${bytes} not null, created_at bigint not null)`)
  await run(`create table suspension_link (
    id text primary key, purpose text not null check (purpose in ('asked', 'not-me')),
    binding_id text references binding (id), case_id text references desk_case (id), addressee ${bytes} not null,
    token_hash text not null unique, created_at bigint not null, expires_at bigint not null, used_at bigint,
    check ((binding_id is null) <> (case_id is null)))`)
  await run(`create index suspension_link_age on suspension_link (expires_at)`)
  await run(`create table resumption (
    id text primary key, binding_id text not null references binding (id), code_hash text not null, tries integer not null,
    mail_id text not null references outbox (id), created_at bigint not null, expires_at bigint not null, ended_at bigint)`)
  // The newest code alone counts.
  await run(`create unique index resumption_open on resumption (binding_id) where ended_at is null`)

  await run(`create table contact_change (
    id text primary key, binding_id text not null references binding (id), case_id text references desk_case (id),
    kind text not null check (kind in ('email', 'phone')), new_value ${bytes} not null,
    old_code_hash text, new_code_hash text, old_mail_id text references outbox (id), new_mail_id text references outbox (id),
    token_hash text unique, sends integer not null, tries integer not null, old_confirmed_at bigint, new_confirmed_at bigint,
    created_at bigint not null, expires_at bigint not null, ended_at bigint,
    outcome text check (outcome in ('changed', 'cancelled', 'expired', 'exhausted')),
    check ((ended_at is null) = (outcome is null)))`)
  // One change at a time.
  await run(`create unique index contact_change_open on contact_change (binding_id) where ended_at is null`)
  await run(`create index contact_change_case on contact_change (case_id)`)
}

/**
 * SQLite changes no constraint in place: the table is made anew beside and takes the old one's name
 * (https://sqlite.org/lang_altertable.html §7). In one transaction, and without the foreign keys that would empty
 * what refers to it; they are checked before the commit.
 */
async function widenKindsOnSqlite(db: Kysely<Present>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db)
  const { rows: definitions } = await sql<{ type: string; sql: string }>`
    select type, sql from sqlite_master where tbl_name = 'desk_case' and sql is not null`.execute(db)
  const table = definitions.find(({ type }) => type === 'table')?.sql
  if (!table?.includes(oldKinds)) throw new Error('desk_case is not as it was made')
  await run('pragma foreign_keys = off')
  await run('begin immediate')
  try {
    await run(table.replace('desk_case', 'desk_case_wider').replace(oldKinds, newKinds))
    await run('insert into desk_case_wider select * from desk_case')
    await run('drop table desk_case')
    await run('alter table desk_case_wider rename to desk_case')
    for (const index of definitions.filter(({ type }) => type === 'index')) await run(index.sql)
    const { rows: broken } = await sql`pragma foreign_key_check`.execute(db)
    if (broken.length > 0) throw new Error('cases and what refers to them have come apart')
    await run('commit')
  } catch (error) {
    await run('rollback')
    throw error
  } finally {
    await run('pragma foreign_keys = on')
  }
}
