// Whether a campaign grows, by capture time: the last stretch against the one before it.
import type { WarningPolicy } from './policy.ts';
import type { Growth } from './types.ts';
import { countBetween, type WatchState } from './watch-state.ts';

const MINUTE = 60_000;
const LONGEST_MS = 30 * MINUTE;
/** Two stretches differ when they differ by this many standard deviations of a Poisson count. */
const DEVIATIONS = 2;
/** Left again only when the difference is well below that, so that growth does not flap. */
const DEVIATIONS_TO_KEEP = 1;
const MIN_RECENT = 5;

/**
 * Compares the last stretch (half the campaign's age, 5 to 30 minutes) with the stretch before.
 * A campaign younger than two buckets is `new`.
 */
export function growthOf(state: WatchState, before: Growth | undefined, policy: WarningPolicy): Growth {
  const age = state.clockMs - state.firstMs;
  if (age < 2 * policy.bucketMs) return 'new';
  const stretch = Math.min(Math.max(age / 2, policy.bucketMs), LONGEST_MS);
  const recent = countBetween(state, state.clockMs - stretch, state.clockMs, policy.bucketMs);
  const earlier = countBetween(state, state.clockMs - 2 * stretch, state.clockMs - stretch, policy.bucketMs);
  const spread = Math.sqrt(recent + earlier + 1);
  const needed = (growth: Growth): number => (before === growth ? DEVIATIONS_TO_KEEP : DEVIATIONS) * spread;
  if (recent >= MIN_RECENT && recent - earlier > needed('growing')) return 'growing';
  if (earlier >= MIN_RECENT && earlier - recent > needed('fading')) return 'fading';
  return 'steady';
}
