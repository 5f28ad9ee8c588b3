import { type Kysely, sql } from 'kysely'

/** How often somebody has asked for something in this minute and the one before: one row for all servers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table rate_window (
    subject text primary key, started bigint not null, hits bigint not null, hits_before bigint not null)`.execute(db)
  await sql`create index rate_window_age on rate_window (started)`.execute(db)
}
