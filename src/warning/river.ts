// The public river is released in batches, so that nobody learns by the clock whose message it was that just came in.
import { type TouchFacts, type TouchView, type ViewOptions, viewTouch } from './disclosure.ts';

/** A touch with the decoy it was at; the decoy is counted and never shown. */
export interface RiverTouch extends TouchFacts {
  readonly decoy: string;
}

export interface RiverPolicy {
  /** Touches of one batch come out together, after its end; 0 releases each at once. */
  readonly batchMs: number;
  /** Different decoys that a batch must hold for its unreleased touches to be shown at all. */
  readonly quorum: number;
}

/** Real decoys: batches of five minutes, and nothing from a batch that only one or two decoys were touched in. */
export const LIVE_RIVER: RiverPolicy = { batchMs: 5 * 60_000, quorum: 3 };
/** The range's decoys are nobody's secret. */
export const SIMULATED_RIVER: RiverPolicy = { batchMs: 0, quorum: 1 };

/** The touches that the public may see at `now`, newest first. */
export function releaseRiver(
  touches: readonly RiverTouch[],
  now: Date,
  policy: RiverPolicy,
  options: ViewOptions = {},
): readonly TouchView[] {
  const batchOf = (touch: RiverTouch): number =>
    policy.batchMs === 0 ? 0 : Math.floor(Date.parse(touch.at) / policy.batchMs);
  const decoys = new Map<number, Set<string>>();
  for (const touch of touches) {
    const batch = batchOf(touch);
    decoys.set(batch, (decoys.get(batch) ?? new Set()).add(`${touch.network} ${touch.decoy}`));
  }
  const views = touches.flatMap(({ decoy: _, ...touch }, at) => {
    const given = touches[at];
    if (given === undefined) return [];
    const batch = batchOf(given);
    if (policy.batchMs > 0 && (batch + 1) * policy.batchMs > now.getTime()) return [];
    const view = viewTouch(touch, 'public', now, options);
    return view.warning !== undefined || (decoys.get(batch)?.size ?? 0) >= policy.quorum ? [view] : [];
  });
  return views.sort((a, b) => b.at.localeCompare(a.at, 'en') || a.id.localeCompare(b.id, 'en'));
}
