import { type Kysely, sql } from 'kysely'

/**
 * Failures are counted where they come from, with pauses that grow; and a second factor knows where it was added, whether
 * its owner has said that it is theirs, and from when it is good enough for a second person's word.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await run(`alter table sign_in_failure add column pauses integer not null default 0`)
  // Counted under other rules.
  await run(`delete from sign_in_failure`)
  await run(`alter table staff add column failures_at bigint`)
  await run(`update staff set failures_row = 0 where locked_at is null`)
  await run(`create index staff_session_key on staff_session (jkt)`)

  await run(`alter table staff_session add column factor_id text`)
  await run(`alter table staff_factor add column approves_from bigint not null default 0`)
  await run(`alter table staff_factor add column added_in text references staff_session (id)`)
  await run(`alter table staff_factor add column acknowledged_at bigint`)
  await run(`update staff_factor set acknowledged_at = confirmed_at`)
  // Begun without a proof of an old one.
  await run(`delete from staff_factor where confirmed_at is null`)

  await run(`alter table staff add column new_factors_wait integer not null default 0`)
  await run(`update staff set new_factors_wait = 1 where id in (select staff_id from staff_factor)
    or id in (select subject_id from audit_entry where action in ('staff.factors-reset', 'staff.readmitted'))`)
}
