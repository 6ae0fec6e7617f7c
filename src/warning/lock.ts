// Who changes warnings does it alone: a decision rests on the revision before it.
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';

/** Waits until no other transaction of this realm changes warnings; held until this one ends. */
export async function lockWarnings(tx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('warnings of ' || current_schema(), 0))`.execute(tx);
}
