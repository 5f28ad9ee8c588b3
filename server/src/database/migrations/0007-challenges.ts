import { type Kysely, sql } from 'kysely'

/** What the resident was asked to do before the camera: kept with the order, so that any server can judge the answer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // An order of an older server asks for nothing, and is not taken any more.
  await sql`alter table capture add column challenge text not null default '[]'`.execute(db)
}
