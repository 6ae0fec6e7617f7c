// The warnings of given campaigns: what touches and captures are shown with.
import { sql } from 'kysely';
import type { Indicator } from '../core/verdict.ts';
import { indicatorIdOf } from '../knowledge/indicator-store.ts';
import type { Db } from '../storage/database.ts';
import { heedRetractions } from './heed-retractions.ts';
import type { WarningRecord } from './types.ts';

/** Campaigns with a warning that an indicator was seen in. */
export async function warnedCampaigns(db: Db, indicator: Indicator): Promise<readonly string[]> {
  const { rows } = await sql<{ campaign: string }>`
    select w.campaign from campaign_indicator ci join warning w on w.campaign = ci.campaign
    where ci.indicator = ${indicatorIdOf(indicator)} order by w.campaign`.execute(db);
  return rows.map(({ campaign }) => campaign);
}

/** Campaign → its warning, for those that have one. */
export async function warningsOfCampaigns(
  db: Db,
  campaigns: readonly string[],
): Promise<ReadonlyMap<string, WarningRecord>> {
  if (campaigns.length === 0) return new Map();
  const { rows } = await sql<{ record: WarningRecord }>`
    select record from warning where campaign = any(${[...campaigns]}::uuid[])`.execute(db);
  const records = await heedRetractions(
    db,
    rows.map(({ record }) => record),
  );
  return new Map(records.map((record) => [record.campaign, record]));
}
