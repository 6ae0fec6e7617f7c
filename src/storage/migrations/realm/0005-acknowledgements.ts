// When a subscriber said that an alert was seen.
import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  'alter table delivery add column acked_at timestamptz',
  'create index delivery_acked on delivery (subscriber, acked_at) where acked_at is not null',
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
