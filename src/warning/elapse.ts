// What happens to a campaign's warning because nothing happens: a held alert falls due, a quiet warning ends. Folded in before
// each capture and by the clock alike, at the same capture time either way.
import { severityRank } from '../core/severity.ts';
import type { Decided } from './decide.ts';
import { DEFAULT_POLICY, type WarningPolicy } from './policy.ts';
import { spreadOf } from './propagation.ts';
import { rate } from './severity.ts';
import type { Standing, WatchState } from './watch-state.ts';

const HOUR = 3_600_000;

/** The steps that are due by `untilMs`, oldest first; none for a campaign without a warning. Pure. */
export function elapse(
  before: WatchState,
  untilMs: number,
  policy: WarningPolicy = DEFAULT_POLICY,
): readonly Decided[] {
  const steps: Decided[] = [];
  let state = before;
  for (const due of [release, end]) {
    const standing = state.standing === undefined ? undefined : due(state, state.standing, untilMs, policy);
    if (standing === undefined) continue;
    const rating = rate(state, standing.growth, standing.severity);
    const ended = standing.kind === 'all-clear';
    const hours = Math.round(policy.quietMs / HOUR);
    const decision = {
      act: ended ? 'end' : 'release',
      standing,
      notify: ended ? standing.toldMs !== undefined && severityRank(standing.severity) > 1 : true,
      because: [ended ? `no capture for ${hours} hours` : 'held back until the burst was over'],
      rating,
    } as const;
    state = { ...state, standing };
    steps.push({ state, decision });
  }
  return steps;
}

// How it spreads is said anew in both: captures since the last revision may have shown it.

/** What was held is told at the time it was held until. */
function release(state: WatchState, standing: Standing, untilMs: number): Standing | undefined {
  const { heldUntilMs, pending: _, ...rest } = standing;
  if (heldUntilMs === undefined || heldUntilMs > untilMs) return undefined;
  return {
    ...rest,
    ...spreadOf(state.propagation),
    toldMs: heldUntilMs,
    revision: rest.revision + 1,
    changedMs: heldUntilMs,
  };
}

function end(state: WatchState, standing: Standing, untilMs: number, policy: WarningPolicy): Standing | undefined {
  const changedMs = state.clockMs + policy.quietMs;
  if (standing.kind === 'all-clear' || changedMs >= untilMs) return undefined;
  const { heldUntilMs: _, urgentMs: __, ...rest } = standing;
  return {
    ...rest,
    ...spreadOf(state.propagation),
    kind: 'all-clear',
    urgency: 'past',
    growth: 'fading',
    revision: rest.revision + 1,
    changedMs,
  };
}
