// What happens because nothing happens: held alerts fall due, quiet warnings end.
import type { Db } from '../storage/database.ts';
import { changesOf, revisionsOf, storeRevisions } from './assess.ts';
import type { SizeOf } from './build-record.ts';
import type { Decided } from './decide.ts';
import { elapse } from './elapse.ts';
import { lockWarnings } from './lock.ts';
import { DEFAULT_POLICY, type WarningPolicy } from './policy.ts';
import type { WarningChange, WarningRecord } from './types.ts';
import type { WatchState } from './watch-state.ts';
import { loadWatches, saveWatches } from './watch-store.ts';

const MAX_AT_ONCE = 500;

/**
 * Call it now and then (some seconds apart). Tells what was held back longer than the hold-down, and ends warnings
 * without a capture for `policy.quietMs`; all-clears go to those who were told.
 * @param time up to which captures are thought to be in (`eventTime`)
 */
export async function endQuiet(
  tx: Db,
  time: Date,
  policy: WarningPolicy = DEFAULT_POLICY,
  sizeOf?: SizeOf,
): Promise<readonly WarningChange[]> {
  await lockWarnings(tx);
  const quietSince = new Date(time.getTime() - policy.quietMs);
  const rows = await tx
    .selectFrom('warning')
    .select(['campaign', 'record', 'held_until'])
    .where('open', '=', true)
    .where((eb) => eb.or([eb('held_until', '<=', time), eb('last_seen', '<', quietSince)]))
    .orderBy('campaign')
    .limit(MAX_AT_ONCE)
    .forUpdate()
    .execute();
  if (rows.length === 0) return [];
  const before = await loadWatches(
    tx,
    rows.map(({ campaign }) => campaign),
  );
  const states = new Map(before);
  const decided = new Map<string, readonly Decided[]>();
  for (const { campaign, held_until } of rows) {
    const state = before.get(campaign);
    if (state === undefined) continue;
    // What was withheld is told to nobody by the clock: its due time stands in the state alone.
    const steps = elapse(held_until === null ? withoutHold(state) : state, time.getTime(), policy);
    const last = steps.at(-1);
    if (last === undefined) continue;
    states.set(campaign, last.state);
    decided.set(campaign, steps);
  }
  await saveWatches(tx, states);
  const simulated = rows.some(({ record }) => (record as WarningRecord).simulated);
  const revisions = await revisionsOf(tx, decided, { simulated, sizeOf });
  await storeRevisions(tx, revisions);
  return changesOf(revisions, before);
}

function withoutHold(state: WatchState): WatchState {
  if (state.standing === undefined) return state;
  const { heldUntilMs: _, ...standing } = state.standing;
  return { ...state, standing };
}
