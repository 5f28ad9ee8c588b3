import { type Kysely, sql } from 'kysely'

/**
 * Captures handed in during a visit, failures to acquire among them: after so many the supervisor's path opens. And what a
 * photograph can carry: the day it was taken, where the register knows it, and how good it is, found out with its template.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await run('alter table desk_case add column capture_attempts integer not null default 0')
  await run('alter table resident_reference add column taken_on text')
  await run(`alter table resident_reference add column quality text check (quality in ('good', 'poor'))`)
}
