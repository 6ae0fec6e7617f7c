// States of campaigns under watch, read and written a batch at a time.
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { WatchState } from './watch-state.ts';

/** The states of these campaigns; a campaign that was never touched has none. */
export async function loadWatches(db: Db, campaigns: readonly string[]): Promise<ReadonlyMap<string, WatchState>> {
  const result = await sql<{ campaign: string; state: unknown }>`
    select campaign, state from warning_watch where campaign = any(${[...campaigns]}::uuid[])`.execute(db);
  // Written by this file only, from a WatchState.
  return new Map(result.rows.map(({ campaign, state }) => [campaign, state as WatchState]));
}

/** One statement for all. */
export async function saveWatches(db: Db, states: ReadonlyMap<string, WatchState>): Promise<void> {
  if (states.size === 0) return;
  const rows = [...states].map(([campaign, state]) => ({ campaign, state }));
  rows.sort((a, b) => (a.campaign < b.campaign ? -1 : 1));
  await sql`insert into warning_watch (campaign, state)
    select campaign, state from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(campaign uuid, state jsonb)
    on conflict (campaign) do update set state = excluded.state`.execute(db);
}
