// The revision that says a warning, or a part of it, was wrong; and the one that says it stands after all.
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import { lockWarnings } from './lock.ts';
import type { WarningChange, WarningRecord } from './types.ts';
import { saveRevisions } from './warning-store.ts';
import { loadWatches, saveWatches } from './watch-store.ts';

export interface Correction {
  readonly now: Date;
  /** `retracted`: the whole was wrong; `part`: an indicator was; `stands`: what was taken back counts again. */
  readonly what: 'retracted' | 'part' | 'stands';
  /** What we say now, one sentence each. */
  readonly said: readonly string[];
}

/**
 * Writes it; the numbering of the campaign's later revisions goes on behind it.
 * @returns what those who were told are to hear; undefined when the campaign has no warning
 */
export async function correctWarning(
  tx: Db,
  campaign: string,
  { now, what, said }: Correction,
): Promise<WarningChange | undefined> {
  await lockWarnings(tx);
  const row = await tx
    .selectFrom('warning')
    .select(['record', 'revision', 'last_seen', 'held_until', 'open'])
    .where('campaign', '=', campaign)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const state = (await loadWatches(tx, [campaign])).get(campaign);
  const standing = state?.standing;
  const revision = Math.max(row.revision, standing?.revision ?? 0) + 1;
  if (state !== undefined && standing !== undefined)
    await saveWatches(tx, new Map([[campaign, { ...state, standing: { ...standing, revision } }]]));
  const current = row.record as WarningRecord;
  const base = what === 'stands' ? ((await beforeCorrections(tx, campaign)) ?? current) : current;
  // A correction is told by when it was made: no capture caused it.
  const record = { ...withCounts(base, current), revision, updatedAt: now.toISOString() };
  await saveRevisions(tx, [
    {
      record: what === 'retracted' ? { ...record, kind: 'correction', reasons: said } : record,
      change: 'corrected',
      notify: true,
      lastSeenMs: row.last_seen.getTime(),
      heldUntilMs: what === 'retracted' ? undefined : row.held_until?.getTime(),
      open: row.open,
    },
  ]);
  return { change: 'corrected', notify: true, record: { ...record, kind: 'correction', reasons: said } };
}

/** The newest revision that captures or the clock made. */
async function beforeCorrections(tx: Db, campaign: string): Promise<WarningRecord | undefined> {
  const { rows } = await sql<{ record: WarningRecord }>`
    select record from warning_revision where campaign = ${campaign} and record ->> 'kind' <> 'correction'
    order by revision desc limit 1`.execute(tx);
  return rows[0]?.record;
}

function withCounts(record: WarningRecord, { captures, senders, decoys }: WarningRecord): WarningRecord {
  return { ...record, captures, senders, decoys };
}
