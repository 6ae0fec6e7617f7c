// What is remembered of a campaign, folded over its captures in the order they were recorded. Bounded, plain JSON.
import type { Network } from '../core/network.ts';
import type { Severity } from '../core/severity.ts';
import type { VerdictClass } from '../core/verdict.ts';
import type { CampaignTouch } from '../knowledge/types.ts';
import { HARMFUL, type WarningPolicy } from './policy.ts';
import { addToPropagation, type PropagationState } from './propagation.ts';
import type { RaisingRule } from './rules.ts';
import type { Growth, Propagation, Urgency, WarningKind } from './types.ts';

/** A warning as it stands: what the last revision said, and when subscribers were last told. */
export interface Standing {
  readonly revision: number;
  readonly kind: WarningKind;
  /** That raised or promoted it; absent in states of versions that did not say. */
  readonly rule?: RaisingRule;
  /** Absent as the rule; `urgentMs` is when it was last called immediate. */
  readonly urgency?: Urgency;
  readonly urgentMs?: number;
  readonly severity: Severity;
  readonly growth: Growth;
  readonly propagation?: Propagation;
  readonly networks: number;
  /** Captures at the last revision: ten times as many is news. */
  readonly captures: number;
  readonly atMs: number;
  readonly changedMs: number;
  /** Capture time at which subscribers were told last. */
  readonly toldMs?: number;
  /** There is news that subscribers will be told when the next update is due. */
  readonly pending?: boolean;
  /** Updates told so far; sets the distance to the next. */
  readonly updates: number;
  /** Capture time until which an untold change is held, when one is. */
  readonly heldUntilMs?: number;
}

export interface WatchState {
  readonly captures: number;
  readonly senders: number;
  readonly decoys: number;
  readonly networks: readonly Network[];
  /** Captures by class, and by severity from `info` to `critical`. */
  readonly classes: Readonly<Partial<Record<VerdictClass, number>>>;
  readonly severities: readonly number[];
  readonly harm: boolean;
  readonly known: boolean;
  readonly reasons: readonly string[];
  readonly firstMs: number;
  /** Latest capture time seen: the campaign's clock; a late capture does not turn it back. */
  readonly clockMs: number;
  /** [start, captures], oldest first. */
  readonly buckets: readonly (readonly [number, number])[];
  /** Absent in states of versions that did not tell contagion. */
  readonly propagation?: PropagationState;
  readonly standing?: Standing;
}

const MAX_REASONS = 5;
const SEVERITY_ORDER: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** The state before the first capture. */
export function emptyState(touch: CampaignTouch): WatchState {
  return {
    captures: 0,
    senders: 0,
    decoys: 0,
    networks: [],
    classes: {},
    severities: [0, 0, 0, 0, 0],
    harm: false,
    known: false,
    reasons: [],
    firstMs: touch.atMs,
    clockMs: touch.atMs,
    buckets: [],
  };
}

/** Adds one capture; `standing` stays as it is. */
export function addTouch(state: WatchState, touch: CampaignTouch, policy: WarningPolicy): WatchState {
  const reasons = state.reasons.length >= MAX_REASONS ? state.reasons : merge(state.reasons, touch.reasons);
  const severity = SEVERITY_ORDER.indexOf(touch.severity);
  return {
    ...state,
    captures: state.captures + 1,
    senders: state.senders + (touch.newSender ? 1 : 0),
    decoys: state.decoys + (touch.newDecoy ? 1 : 0),
    networks: state.networks.includes(touch.network) ? state.networks : [...state.networks, touch.network],
    classes: { ...state.classes, [touch.class]: (state.classes[touch.class] ?? 0) + 1 },
    severities: state.severities.map((count, at) => (at === severity ? count + 1 : count)),
    harm: state.harm || touch.unambiguousHarm,
    known: state.known || touch.known,
    reasons,
    firstMs: Math.min(state.firstMs, touch.atMs),
    clockMs: Math.max(state.clockMs, touch.atMs),
    buckets: addToBuckets(state.buckets, touch.atMs, policy),
    propagation: addToPropagation(state.propagation, touch),
  };
}

/** Captures with a time in (from, to], buckets that lie partly inside counted in part. */
export function countBetween(state: WatchState, fromMs: number, toMs: number, bucketMs: number): number {
  let count = 0;
  for (const [start, captures] of state.buckets) {
    // The newest bucket is still filling: what it holds came before the clock.
    const end = Math.max(Math.min(start + bucketMs, state.clockMs), start + 1);
    const overlap = Math.min(end, toMs) - Math.max(start, fromMs);
    if (overlap > 0) count += (captures * overlap) / (end - start);
  }
  return count;
}

/** The class of most captures; harmful ones come before the rest when they are a fifth or more. */
export function classOf(state: WatchState): VerdictClass {
  const counts = Object.entries(state.classes) as [VerdictClass, number][];
  const harmful = counts.filter(([one, count]) => HARMFUL.includes(one) && (state.harm || count * 5 >= state.captures));
  const from = harmful.length > 0 ? harmful : counts;
  const [best] = from.sort(([a, m], [b, n]) => n - m || a.localeCompare(b, 'en'));
  return best?.[0] ?? 'unknown';
}

function addToBuckets(
  buckets: WatchState['buckets'],
  atMs: number,
  policy: WarningPolicy,
): readonly (readonly [number, number])[] {
  const start = Math.floor(atMs / policy.bucketMs) * policy.bucketMs;
  const at = buckets.findLastIndex(([one]) => one <= start);
  const found = buckets[at];
  if (found !== undefined && found[0] === start) return buckets.with(at, [start, found[1] + 1]);
  return buckets.toSpliced(at + 1, 0, [start, 1]).slice(-policy.maxBuckets);
}

function merge(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].slice(0, MAX_REASONS);
}
