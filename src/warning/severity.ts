// How bad a campaign is, and how urgent: the table of severity-rules.ts applied to its state, with the reasons said.
import { SEVERITIES, type Severity, severityRank } from '../core/severity.ts';
import { band } from './band.ts';
import {
  holds,
  IMPACT_CAPS,
  IMPACT_HYSTERESIS,
  SEVERITY_PARTS,
  SEVERITY_RULES,
  type SeverityFacts,
  URGENCY_HOLD_MS,
  URGENCY_RULES,
  type UrgencyFacts,
} from './severity-rules.ts';
import type { Growth, Urgency } from './types.ts';
import { classOf, type WatchState } from './watch-state.ts';

export interface Rating {
  readonly severity: Severity;
  readonly reasons: readonly string[];
}

/** Urgency, with the capture time at which it was last called immediate. */
export interface Urgent {
  readonly urgency: Urgency;
  readonly urgentMs?: number;
}

/** Rates a campaign by SEVERITY_RULES; `before` is its severity so far, for hysteresis. */
export function rate(state: WatchState, growth: Growth, before: Severity | undefined): Rating {
  const facts = severityFacts(state, growth);
  const rules = SEVERITY_PARTS.flatMap(
    (part) => SEVERITY_RULES.find((rule) => rule.part === part && holds(rule.when, facts)) ?? [],
  );
  const points = rules.reduce((sum, rule) => sum + rule.points, 0);
  const score = Math.min(Math.max(points, 1), IMPACT_CAPS[facts.class] ?? SEVERITIES.length);
  const rank = Math.round(score);
  const held = before === undefined ? 0 : severityRank(before);
  const kept = held > rank && score > held - 0.5 - IMPACT_HYSTERESIS ? held : rank;
  const reasons = [harmWords(facts), reachWords(state), ...rules.flatMap(({ says }) => says ?? [])];
  return { severity: SEVERITIES[kept - 1] ?? 'info', reasons };
}

/** How soon machines should act, by URGENCY_RULES; what was immediate stays so for a while. */
export function urgencyOf(facts: UrgencyFacts, nowMs: number, before: Urgent | undefined): Urgent {
  const urgency = URGENCY_RULES.find(({ when }) => holds(when, facts))?.urgency ?? 'future';
  const kept =
    before?.urgency === 'immediate' && urgency === 'expected' && nowMs - (before.urgentMs ?? 0) < URGENCY_HOLD_MS;
  if (kept) return before;
  return urgency === 'immediate' ? { urgency, urgentMs: nowMs } : { urgency };
}

function severityFacts(state: WatchState, growth: Growth): SeverityFacts {
  const { decoys, networks, known, harm: certain } = state;
  return { harm: harmOf(state), certain, decoys, networks: networks.length, growth, known, class: classOf(state) };
}

function harmOf(state: WatchState): number {
  let seen = 0;
  for (let at = SEVERITIES.length - 1; at >= 0; at -= 1) {
    seen += state.severities[at] ?? 0;
    if (seen * 5 >= state.captures || (state.harm && seen > 0)) return at + 1;
  }
  return 1;
}

function harmWords({ harm, certain }: SeverityFacts): string {
  return `harm: single captures are rated ${SEVERITIES[harm - 1]}${certain ? ', and one capture alone is proof' : ''}`;
}

function reachWords({ decoys, senders, networks }: WatchState): string {
  const over = networks.length > 1 ? ` on ${networks.length} networks` : '';
  return `reach: ${band(decoys)} decoys, ${band(senders)} senders${over}`;
}
