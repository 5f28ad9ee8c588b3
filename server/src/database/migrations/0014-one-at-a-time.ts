import { type Kysely, sql } from 'kysely'

/** What happens to a phone happens to it one at a time: guesses at its PIN, and the grants of its unlocks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db)

  // The guess that is being looked at, and until when the others wait for it.
  await run('alter table binding add column pin_guess text')
  await run('alter table binding add column pin_guess_until bigint')

  // Of a binding's grants the newest alone lives; before, a later one moved the end of the earlier, by its own server's clock.
  await run('alter table presentation_grant add column ended_at bigint')
  await run(`update presentation_grant set ended_at = expires_at where exists (
    select 1 from presentation_grant newer where newer.binding_id = presentation_grant.binding_id
    and (newer.created_at > presentation_grant.created_at or (newer.created_at = presentation_grant.created_at and newer.handle > presentation_grant.handle)))`)
  await run('create unique index presentation_grant_living on presentation_grant (binding_id) where ended_at is null')
}
