import { type Kysely, sql } from 'kysely'

/** What makes a second person one: their own approval PIN, what they have looked at, and who may not be it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db)

  await run(`create table approval_pin (
    staff_id text primary key references staff (id), pin_hash text not null, set_at bigint not null,
    failures integer not null, failures_row integer not null, paused_until bigint)`)
  // One row a sitting: an approval's ticket, or a session of the supervisor's own, and the case as it stood.
  await run(`create table approval_look (
    sitting text not null, case_id text not null references desk_case (id), version integer not null,
    supervisor_id text not null references staff (id), capture_id text, seen_at bigint not null,
    primary key (sitting, case_id, version))`)
  await run(`create index approval_look_seen on approval_look (seen_at)`)
  // Whoever had a case before its present officer: no way leads from there to being its second person.
  await run(`create table former_officer (
    case_id text not null references desk_case (id), staff_id text not null references staff (id), left_at bigint not null,
    primary key (case_id, staff_id))`)
  // Who asked for an order: a case that changes hands takes nobody's count with it.
  await run('alter table capture add column asked_by text references staff (id)')
}
