import { type Kysely, sql } from 'kysely'

/** How many workers in a row a mail has lost: one that kills whoever touches it must not do so for ever. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table outbox add column lost_workers integer not null default 0`.execute(db)
}
