import { type Kysely, PostgresAdapter, sql } from 'kysely'

const day = 86_400_000

/**
 * What happens to a phone happens to it one at a time; codes are kept as keyed hashes or not at all; and what a phone
 * submitted is kept for a stated time.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const bytes = db.getExecutor().adapter instanceof PostgresAdapter ? 'bytea' : 'blob'
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

  // Codes that stand here in the clear are hashed by the service at its start, for a migration has no key; this index finds
  // them without reading the rest. They were random and are shown again, so they stay, sealed.
  await run('alter table registration rename column receipt_code to receipt_hash')
  await run(`alter table registration add column receipt_sealed ${bytes}`)
  await run('create index registration_receipt_clear on registration (id) where length(receipt_hash) < 64')

  // A desk's code is derived from its case and stands nowhere.
  await run('update desk_case set confirmation_code = null')
  await run('alter table desk_case drop column confirmation_code')

  // Null: as long as its phone is bound.
  await run('alter table registration add column kept_until bigint')
  await run('alter table registration add column forgotten_at bigint')
  await run(`update registration set kept_until = expires_at + ${10 * day} where not exists (select 1 from binding where binding.registration_id = registration.id)`)
  await run(`update registration set kept_until = (select ended_at from binding where binding.registration_id = registration.id) + ${90 * day}
    where exists (select 1 from binding where binding.registration_id = registration.id and binding.state in ('blocked', 'released'))`)
  await run(`update registration set nik = '' where exists (select 1 from binding where binding.registration_id = registration.id)`)
  await run('create index registration_age on registration (kept_until)')
  await run(`create index activation_address on activation (approval_expires_at) where email <> ''`)
}
