import { type Kysely, PostgresAdapter, sql } from 'kysely'

/** Sealed evidence of face results; scans as leaves of signed batches instead of entries of the chain. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const bytes = db.getExecutor().adapter instanceof PostgresAdapter ? sql`bytea` : sql`blob`
  const run = (statement: string) => sql.raw(statement).execute(db)

  // A case's frames are sealed under a key of its own: without that row they are noise, in every backup as well.
  await sql`create table evidence_key (
    case_id text primary key references desk_case (id), sealed_key ${bytes} not null, created_at bigint not null)`.execute(db)
  await sql`create table evidence (
    capture_id text not null references capture (id), position integer not null check (position between 0 and 2),
    case_id text not null references evidence_key (case_id), sealed ${bytes} not null, primary key (capture_id, position))`.execute(db)
  await run(`create index evidence_case on evidence (case_id)`)
  await run(`alter table activity add column officer text`)

  // Insert and select only, like audit_entry and scan.
  await run(`create table scan_leaf (
    server_id text not null, seq bigint not null, scan_id text not null unique references scan (id), hash text not null,
    primary key (server_id, seq))`)
  await run(`create table log_head (
    log text not null, number bigint not null, from_seq bigint not null, to_seq bigint not null, at bigint not null,
    root text not null, previous_hash text not null, kid text not null, signature text not null, primary key (log, number))`)
  // Scans that wait for their batch: inserted with the scan, deleted with the batch.
  await run(`create table scan_pending (scan_id text primary key references scan (id), server_id text not null, at bigint not null)`)
  await run(`create index scan_pending_server on scan_pending (server_id, at)`)
  // Scans of before have their entries in the chain; from here on a batch holds them as well.
  await run(`insert into scan_pending (scan_id, server_id, at) select id, 'before', at from scan`)
}
