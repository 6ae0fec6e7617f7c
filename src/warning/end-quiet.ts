// What happens because nothing happens: held alerts fall due, quiet warnings end.

import { severityRank } from '../core/severity.ts';
import type { Db } from '../storage/database.ts';
import { lockWarnings } from './lock.ts';
import { DEFAULT_POLICY, type WarningPolicy } from './policy.ts';
import type { WarningChange, WarningRecord } from './types.ts';
import { type NewRevision, saveRevisions } from './warning-store.ts';
import type { Standing, WatchState } from './watch-state.ts';
import { loadWatches, saveWatches } from './watch-store.ts';

const MAX_AT_ONCE = 500;

/**
 * Call it now and then (some seconds apart). Tells what was held back longer than the hold-down, and ends warnings
 * without a capture for `policy.quietMs`; all-clears go to those who were told.
 */
export async function endQuiet(
  tx: Db,
  now: Date,
  policy: WarningPolicy = DEFAULT_POLICY,
): Promise<readonly WarningChange[]> {
  await lockWarnings(tx);
  const quietSince = new Date(now.getTime() - policy.quietMs);
  const rows = await tx
    .selectFrom('warning')
    .select(['campaign', 'record', 'held_until', 'last_seen'])
    .where('open', '=', true)
    .where((eb) => eb.or([eb('held_until', '<=', now), eb('last_seen', '<', quietSince)]))
    .orderBy('campaign')
    .limit(MAX_AT_ONCE)
    .forUpdate()
    .execute();
  const states = new Map(
    await loadWatches(
      tx,
      rows.map(({ campaign }) => campaign),
    ),
  );
  const revisions: NewRevision[] = [];
  for (const row of rows) {
    const state = states.get(row.campaign);
    if (state?.standing === undefined) continue;
    const quiet = row.last_seen < quietSince;
    const standing = quiet ? ended(state.standing, row.last_seen, policy) : released(state.standing);
    states.set(row.campaign, { ...state, standing });
    revisions.push(revisionOf(row.record as WarningRecord, state, standing, quiet));
  }
  await saveWatches(tx, states);
  await saveRevisions(tx, revisions);
  return revisions.map(({ record, change, notify }) => ({ record, change, notify }));
}

/** Times are the campaign's own, not those of this call: it may come late. */
function ended(standing: Standing, lastSeen: Date, policy: WarningPolicy): Standing {
  const { heldUntilMs: _, ...rest } = standing;
  const changedMs = lastSeen.getTime() + policy.quietMs;
  return { ...rest, kind: 'all-clear', growth: 'fading', revision: rest.revision + 1, changedMs };
}

function released(standing: Standing): Standing {
  const { heldUntilMs, ...rest } = standing;
  const toldMs = heldUntilMs ?? rest.changedMs;
  return { ...rest, toldMs, revision: rest.revision + 1, changedMs: toldMs };
}

function revisionOf(record: WarningRecord, state: WatchState, standing: Standing, quiet: boolean): NewRevision {
  const wasTold = state.standing?.toldMs !== undefined;
  const { revision, kind, growth, changedMs } = standing;
  return {
    record: { ...record, revision, kind, growth, updatedAt: new Date(changedMs).toISOString() },
    change: quiet ? 'ended' : wasTold ? 'updated' : 'raised',
    notify: quiet ? wasTold && severityRank(record.severity) > 1 : true,
    lastSeenMs: state.clockMs,
    heldUntilMs: undefined,
    open: !quiet,
  };
}
