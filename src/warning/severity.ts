// How bad a campaign is: a score of harm, reach, velocity, novelty and confidence, with the reasons said.
import { SEVERITIES, type Severity, severityRank } from '../core/severity.ts';
import { band } from './band.ts';
import type { Growth } from './types.ts';
import { classOf, type WatchState } from './watch-state.ts';

export interface Rating {
  readonly severity: Severity;
  readonly reasons: readonly string[];
}

/** A campaign's severity is left downwards only when the score lies this far below the border (a fifth of a step). */
const HYSTERESIS = 0.2;
const SPAM_CAP = 3;

/** Rates a campaign; `before` is its severity so far, for hysteresis. */
export function rate(state: WatchState, growth: Growth, before: Severity | undefined): Rating {
  const parts = [harm(state), reach(state), velocity(growth), novelty(state), confidence(state)];
  const cap = classOf(state) === 'spam' ? SPAM_CAP : SEVERITIES.length;
  const score = Math.min(
    Math.max(
      parts.reduce((sum, part) => sum + part.points, 0),
      1,
    ),
    cap,
  );
  const reasons = parts.flatMap((part) => part.reason ?? []);
  const rank = Math.round(score);
  const held = before === undefined ? 0 : severityRank(before);
  const kept = held > rank && score > held - 0.5 - HYSTERESIS ? held : rank;
  return { severity: SEVERITIES[kept - 1] ?? 'info', reasons };
}

interface Part {
  readonly points: number;
  readonly reason?: string;
}

/** The worst severity that at least a fifth of the captures have, or any when one capture is proof enough. */
function harm(state: WatchState): Part {
  let seen = 0;
  for (let at = SEVERITIES.length - 1; at >= 0; at -= 1) {
    seen += state.severities[at] ?? 0;
    if (seen * 5 >= state.captures || (state.harm && seen > 0)) {
      const certain = state.harm ? ', and one capture alone is proof' : '';
      return { points: at + 1, reason: `harm: single captures are rated ${SEVERITIES[at]}${certain}` };
    }
  }
  return { points: 1 };
}

function reach({ decoys, senders, networks }: WatchState): Part {
  const wide = decoys >= 30 ? 0.75 : decoys >= 10 ? 0.5 : decoys >= 3 ? 0.25 : 0;
  const several = networks.length > 1 ? 0.5 : 0;
  const over = networks.length > 1 ? ` on ${networks.length} networks` : '';
  return { points: wide + several, reason: `reach: ${band(decoys)} decoys, ${band(senders)} senders${over}` };
}

function velocity(growth: Growth): Part {
  if (growth === 'growing') return { points: 0.5, reason: 'velocity: clearly more captures than just before' };
  return growth === 'fading' ? { points: -0.5, reason: 'velocity: clearly fewer captures than before' } : { points: 0 };
}

function novelty({ known }: WatchState): Part {
  return known ? { points: 0, reason: 'novelty: a known threat' } : { points: 0.1, reason: 'novelty: not seen before' };
}

function confidence({ decoys, harm: certain }: WatchState): Part {
  return decoys < 2 && !certain ? { points: -0.5, reason: 'confidence: one decoy only' } : { points: 0 };
}
