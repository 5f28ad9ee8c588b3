import { type Kysely, sql } from 'kysely'

/** Purposes an institution registered; its systems with their keys; a write's proof in the row of its idempotency key. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db)

  // What was registered before purposes were: one that says no more than a scan does by itself.
  await run(`alter table institution add column purposes text not null default '["Verifikasi identitas"]'`)
  await run(`create table institution_system (
    id text primary key, institution_id text not null references institution (id), client_id text not null unique,
    name text not null, keys text not null, registered_at bigint not null, revoked_at bigint)`)
  await run(`create table client_assertion (
    client_id text not null, jti text not null, expires_at bigint not null, primary key (client_id, jti))`)
  await run(`create index client_assertion_expiry on client_assertion (expires_at)`)
  await run(`alter table scan add column system_id text references institution_system (id)`)
  await run(`create index scan_system on scan (system_id, at)`)

  await run(`alter table idempotency add column jkt text`)
  await run(`alter table idempotency add column jti text`)
  // A proof names its method and address, so one that made a row here could be shown again on the same route only.
  await run(`create unique index idempotency_proof on idempotency (jkt, jti)`)
}
