// The warnings of given campaigns: what touches and captures are shown with.
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { WarningRecord } from './types.ts';

/** Campaign → its warning, for those that have one. */
export async function warningsOfCampaigns(
  db: Db,
  campaigns: readonly string[],
): Promise<ReadonlyMap<string, WarningRecord>> {
  if (campaigns.length === 0) return new Map();
  const { rows } = await sql<{ campaign: string; record: WarningRecord }>`
    select campaign, record from warning where campaign = any(${[...campaigns]}::uuid[])`.execute(db);
  return new Map(rows.map(({ campaign, record }) => [campaign, record]));
}
