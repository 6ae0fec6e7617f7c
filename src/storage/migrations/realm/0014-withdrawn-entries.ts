// Entries that were withdrawn with a retraction, with the TLP that each had: undoing it gives that back.
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table retraction add column entries jsonb not null default '[]'`.execute(db);
}
