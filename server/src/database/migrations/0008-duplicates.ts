import { type Kysely, PostgresAdapter, sql } from 'kysely'

/** Templates of the faces phones were bound on, and the search of each new one among them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const bytes = db.getExecutor().adapter instanceof PostgresAdapter ? sql`bytea` : sql`blob`
  const run = (statement: string) => sql.raw(statement).execute(db)

  // Written with the capture; searched among others from its case's approval on; gone with the binding it led to.
  await sql`create table face_template (
    capture_id text primary key references capture (id), case_id text not null references desk_case (id),
    resident_id text not null references resident (id), model text not null, sealed ${bytes} not null, created_at bigint not null,
    enrolled_at bigint, bound_at bigint)`.execute(db)
  await run(`create index face_template_case on face_template (case_id)`)
  await run(`create index face_template_resident on face_template (resident_id)`)
  await run(`create index face_template_unbound on face_template (created_at) where bound_at is null`)
  // In the order of the commits: whoever has read up to a number has missed nothing before it.
  await run(`create table template_change (seq bigint primary key, template_id text not null, at bigint not null)`)

  await run(`create table duplicate_search (
    case_id text primary key references desk_case (id), template_id text not null,
    state text not null check (state in ('waiting', 'clear', 'held', 'released', 'refused', 'ended')),
    asked_at bigint not null, attempts integer not null, next_attempt_at bigint not null, claimed_until bigint, failure text,
    stuck_at bigint, finished_at bigint, compared bigint, not_comparable bigint, decided_at bigint,
    decided_by text references staff (id), reason text)`)
  await run(`create index duplicate_search_waiting on duplicate_search (next_attempt_at) where state = 'waiting'`)
  await run(`create table duplicate_hit (
    id text primary key, case_id text not null references duplicate_search (case_id), template_id text not null,
    other_case_id text not null references desk_case (id), other_template_id text not null,
    other_resident_id text not null references resident (id), strength text not null check (strength in ('strong', 'weak')),
    distance integer not null, found_at bigint not null, seen_at bigint, seen_by text references staff (id),
    outcome text check (outcome in ('different', 'same')), reason text, decided_at bigint, decided_by text references staff (id),
    unique (case_id, other_template_id))`)
  await run(`create index duplicate_hit_other on duplicate_hit (other_case_id)`)
  await run(`create index duplicate_hit_open on duplicate_hit (found_at) where outcome is null`)
}
