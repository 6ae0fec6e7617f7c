// Quiet replays: what they cause is recorded and told to nobody, also not later by the clock.
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';

/** Takes the due time off alerts that are held for these campaigns. The next live capture may cause one again. */
export async function withholdAlerts(tx: Db, campaigns: readonly string[]): Promise<void> {
  if (campaigns.length === 0) return;
  await sql`update warning set held_until = null where campaign = any(${[...campaigns]}::uuid[]) and held_until is not null`.execute(
    tx,
  );
}
