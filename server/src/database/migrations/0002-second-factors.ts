import { type Kysely, PostgresAdapter, sql } from 'kysely'

/** Second factors, setup codes, locks, idle sessions, what an office's workstations may be given, and alerts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const bytes = db.getExecutor().adapter instanceof PostgresAdapter ? sql`bytea` : sql`blob`
  const run = (statement: string) => sql.raw(statement).execute(db)

  await run(`alter table office add column powers text`)
  await run(`alter table workstation_enrolment add column id text`)
  await run(`create unique index workstation_enrolment_id on workstation_enrolment (id)`)

  await run(`alter table staff add column failures_row integer not null default 0`)
  await run(`alter table staff add column locked_at bigint`)

  await run(`alter table staff_session add column factor text not null default 'none'
    check (factor in ('none', 'setup-code', 'totp', 'passkey'))`)
  await run(`alter table staff_session add column last_used_at bigint not null default 0`)
  // Opened with a password alone: what this migration is to end.
  await run(`update staff_session set ended_at = started_at where ended_at is null`)

  await sql`create table staff_factor (
    id text primary key, staff_id text not null references staff (id), kind text not null check (kind in ('totp', 'passkey')),
    label text not null, secret ${bytes}, credential_id text unique, public_key text, transports text,
    last_counter bigint not null, added_at bigint not null, confirmed_at bigint, last_used_at bigint,
    check ((kind = 'totp') = (secret is not null)),
    check ((kind = 'passkey') = (credential_id is not null)), check ((kind = 'passkey') = (public_key is not null)))`.execute(db)
  await run(`create index staff_factor_staff on staff_factor (staff_id)`)
  await run(`create table staff_setup_code (
    id text primary key, staff_id text not null references staff (id), code_hash text not null unique,
    made_at bigint not null, expires_at bigint not null, used_at bigint)`)
  await run(`create index staff_setup_code_staff on staff_setup_code (staff_id)`)
  await run(`create table ticket_spent (id text primary key, expires_at bigint not null)`)

  await run(`create table alert (
    id text primary key, office_id text not null references office (id), kind text not null, at bigint not null,
    staff_id text references staff (id), workstation_id text references workstation (id),
    seen_at bigint, seen_by text references staff (id))`)
  await run(`create index alert_office on alert (office_id, at)`)
}
