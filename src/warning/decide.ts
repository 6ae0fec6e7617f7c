// Whether a capture makes a warning, or changes one. Pure: state in, decision out; every time is capture time.
import { type Severity, severityRank } from '../core/severity.ts';
import type { CampaignTouch } from '../knowledge/types.ts';
import { growthOf } from './growth.ts';
import { DEFAULT_POLICY, HARMFUL, type WarningPolicy } from './policy.ts';
import { propagationOf, spreadOf } from './propagation.ts';
import { raisingRule } from './rules.ts';
import { type Rating, rate, urgencyOf } from './severity.ts';
import type { Growth, WarningKind } from './types.ts';
import { addTouch, classOf, emptyState, type Standing, type WatchState } from './watch-state.ts';

export type Decision =
  | { readonly act: 'none' }
  | {
      /** `release` and `end` come of time alone (elapse.ts). */
      readonly act: 'raise' | 'update' | 'release' | 'end';
      readonly standing: Standing;
      readonly notify: boolean;
      /** What is new, for the revision. */
      readonly because: readonly string[];
      readonly rating: Rating;
    };

/** A decision with the state it was made on. */
export interface Step {
  readonly state: WatchState;
  readonly decision: Decision;
  /** The capture that it was made at; none for what time alone brought. */
  readonly touch?: CampaignTouch;
}

/** A step that changed a warning. */
export type Decided = Step & { readonly decision: Exclude<Decision, { readonly act: 'none' }> };

const HIGH = severityRank('high');
const MEDIUM = severityRank('medium');
const KIND_RANK: Readonly<Record<WarningKind, number>> = {
  'advance-notice': 1,
  advisory: 2,
  priority: 3,
  update: 2,
  'all-clear': 0,
  correction: 0,
};

/** Adds a capture and decides. Folding touches one at a time makes batches of any size give the same warnings. */
export function stepWatch(
  before: WatchState | undefined,
  touch: CampaignTouch,
  policy: WarningPolicy = DEFAULT_POLICY,
): Step {
  const state = addTouch(before ?? emptyState(touch), touch, policy);
  const decision = decide(state, state.standing, policy);
  return { state: decision.act === 'none' ? state : { ...state, standing: decision.standing }, decision, touch };
}

/** What a campaign in this state calls for, given the warning that stands. */
export function decide(
  state: WatchState,
  previous: Standing | undefined,
  policy: WarningPolicy = DEFAULT_POLICY,
): Decision {
  const growth = growthOf(state, previous?.growth, policy);
  const rating = rate(state, growth, previous?.severity);
  const kind = kindOf(state, growth, rating.severity, policy);
  if (kind === undefined) return { act: 'none' };
  if (previous === undefined) return raise(state, kind, growth, rating, policy);
  return update(state, previous, { kind, growth, rating }, policy);
}

/** Which kind of warning the evidence carries; `undefined` for none. */
export function kindOf(
  state: WatchState,
  growth: Growth,
  severity: Severity,
  policy: WarningPolicy,
): 'advance-notice' | 'advisory' | 'priority' | undefined {
  const verdict = classOf(state);
  const harmful = HARMFUL.includes(verdict);
  if (state.decoys < policy.minDecoys[verdict] && !(harmful && state.harm))
    return harmful ? 'advance-notice' : undefined;
  if (!harmful) return 'advisory';
  const bad = severityRank(severity) >= HIGH;
  const spreads = state.decoys >= 10 || (state.decoys >= 3 && (growth === 'growing' || state.networks.length > 1));
  return bad && (spreads || (severity === 'critical' && state.decoys >= 2)) ? 'priority' : 'advisory';
}

function raise(state: WatchState, kind: WarningKind, growth: Growth, rating: Rating, policy: WarningPolicy): Decision {
  const tellable = KIND_RANK[kind] >= KIND_RANK.advisory;
  const notify = tellable && severityRank(rating.severity) >= HIGH;
  const standing: Standing = {
    ...facts(state, kind, growth, rating, undefined),
    rule: raisingRule(kind, { class: classOf(state), decoys: state.decoys }, policy),
    revision: 1,
    atMs: state.clockMs,
    updates: 0,
    ...(notify ? { toldMs: state.clockMs } : {}),
    ...(tellable && !notify ? { heldUntilMs: state.clockMs + policy.holdDownMs } : {}),
  };
  return { act: 'raise', standing, notify, because: ['new campaign'], rating };
}

function update(
  state: WatchState,
  previous: Standing,
  next: { readonly kind: WarningKind; readonly growth: Growth; readonly rating: Rating },
  policy: WarningPolicy,
): Decision {
  const promoted = KIND_RANK[next.kind] > KIND_RANK[previous.kind];
  const kind = promoted ? next.kind : previous.kind;
  const because = news(state, previous, { ...next, kind }, promoted);
  const tell = timing(state, previous, { ...next, kind }, { promoted, because, policy });
  const [writeEvery = 0] = policy.updateSpacingMs;
  const write = because.length > 0 && state.clockMs - previous.changedMs >= writeEvery;
  if (!tell.notify && !write && !(promoted && tell.tellable)) return { act: 'none' };
  const { toldMs, updates } = previous;
  const holds = tell.tellable && !tell.notify && toldMs === undefined;
  const pending = !tell.notify && (previous.pending === true || because.some(({ told }) => told));
  const called = { class: classOf(state), decoys: state.decoys };
  const rule = promoted ? raisingRule(kind, called, policy) : previous.rule;
  const standing: Standing = {
    ...facts(state, kind, next.growth, next.rating, previous),
    ...(rule === undefined ? {} : { rule }),
    revision: previous.revision + 1,
    atMs: previous.atMs,
    updates: updates + (tell.notify && toldMs !== undefined ? 1 : 0),
    ...(tell.notify ? { toldMs: state.clockMs } : toldMs === undefined ? {} : { toldMs }),
    ...(pending ? { pending } : {}),
    ...(holds ? { heldUntilMs: previous.heldUntilMs ?? state.clockMs + policy.holdDownMs } : {}),
  };
  return {
    act: 'update',
    standing,
    notify: tell.notify,
    because: because.map(({ text }) => text),
    rating: next.rating,
  };
}

/** Whether subscribers are told now: at once what is urgent, the rest when the hold-down or the distance is over. */
function timing(
  state: WatchState,
  previous: Standing,
  next: { readonly kind: WarningKind; readonly growth: Growth; readonly rating: Rating },
  on: { readonly promoted: boolean; readonly because: readonly News[]; readonly policy: WarningPolicy },
): { readonly tellable: boolean; readonly notify: boolean } {
  const tellable = KIND_RANK[next.kind] >= KIND_RANK.advisory;
  const rank = severityRank(next.rating.severity);
  const worsened = rank > severityRank(previous.severity);
  const bad = rank >= HIGH && (on.promoted || worsened || previous.toldMs === undefined);
  const urgent = bad || (rank >= MEDIUM && becameContagious(state, previous));
  const held = previous.heldUntilMs !== undefined && state.clockMs >= previous.heldUntilMs;
  const worth = previous.pending === true || on.because.some(({ told }) => told);
  const spaced =
    previous.toldMs !== undefined && state.clockMs - previous.toldMs >= spacing(previous, next.growth, on.policy);
  return { tellable, notify: tellable && (urgent || held || (worth && spaced)) };
}

interface News {
  readonly text: string;
  /** False for what is written down but told to nobody: de-escalation, steadiness. */
  readonly told: boolean;
}

function news(
  state: WatchState,
  previous: Standing,
  next: { readonly kind: WarningKind; readonly growth: Growth; readonly rating: Rating },
  promoted: boolean,
): readonly News[] {
  const all: News[] = [];
  const [was, is] = [severityRank(previous.severity), severityRank(next.rating.severity)];
  if (previous.kind === 'all-clear') all.push({ text: 'it came back', told: true });
  else if (promoted) all.push({ text: `now ${next.kind}`, told: true });
  if (is !== was)
    all.push({ text: `severity ${is > was ? 'raised' : 'lowered'} to ${next.rating.severity}`, told: is > was });
  if (state.networks.length > previous.networks) all.push({ text: 'reached another network', told: true });
  if (state.captures >= previous.captures * 10) all.push({ text: 'ten times as many captures', told: true });
  if (next.growth !== previous.growth) all.push({ text: next.growth, told: next.growth === 'growing' });
  if (becameContagious(state, previous)) {
    all.push({ text: 'spreads by itself', told: true });
  }
  return all;
}

const becameContagious = (state: WatchState, previous: Standing): boolean =>
  propagationOf(state.propagation) === 'self-propagating' && previous.propagation !== 'self-propagating';

/** Least time since subscribers were told last. */
function spacing(previous: Standing, growth: Growth, policy: WarningPolicy): number {
  const [first = 0] = policy.updateSpacingMs;
  if (growth === 'growing') return first;
  return policy.updateSpacingMs[Math.min(previous.updates, policy.updateSpacingMs.length - 1)] ?? first;
}

function facts(
  state: WatchState,
  kind: WarningKind,
  growth: Growth,
  rating: Rating,
  previous: Standing | undefined,
): Omit<Standing, 'revision' | 'rule' | 'atMs' | 'toldMs' | 'pending' | 'updates' | 'heldUntilMs'> {
  const { captures, clockMs, harm: certain } = state;
  const { severity } = rating;
  const spreads = spreadOf(state.propagation);
  const before = previous?.urgency === undefined ? undefined : { ...previous, urgency: previous.urgency };
  const asked = { kind, impact: severityRank(severity), growth, propagation: spreads.propagation, certain };
  const { urgency, urgentMs } = urgencyOf(asked, clockMs, before);
  const urgent = { urgency, ...(urgentMs === undefined ? {} : { urgentMs }) };
  const networks = state.networks.length;
  return { kind, severity, ...urgent, growth, ...spreads, networks, captures, changedMs: clockMs };
}
