// A warning: something new is spreading. One per campaign; every change is a revision.
import type { Network } from '../core/network.ts';
import type { Severity } from '../core/severity.ts';
import type { Indicator, VerdictClass } from '../core/verdict.ts';
import type { Decision } from '../knowledge/retraction.ts';
import type { RuleStatement } from './rules.ts';

export const WARNING_KINDS = ['advance-notice', 'advisory', 'priority', 'update', 'all-clear', 'correction'] as const;
export type WarningKind = (typeof WARNING_KINDS)[number];

export const GROWTHS = ['new', 'growing', 'steady', 'fading'] as const;
export type Growth = (typeof GROWTHS)[number];

export const PROPAGATIONS = ['self-propagating', 'broadcast'] as const;
/** Whether whoever is hit hits others in turn, or few work through lists. */
export type Propagation = (typeof PROPAGATIONS)[number];

/** A median with the 5th and 95th percentile. */
export interface ForecastInterval {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}
/** How soon to act, in the words of CAP 1.2: for machines. */
export const URGENCIES = ['immediate', 'expected', 'future', 'past'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** How many captures of the campaign, from its first on, are thought to come. */
export interface WarningForecast {
  /** RFC 3339, capture time: of the capture that it was made at, and of the one at which contagion was told. */
  readonly madeAt: string;
  readonly alarmAt: string;
  /** Growth an hour at that time: captures ∝ e^(rate × hours). */
  readonly rate: number;
  /** Captures when it was made. */
  readonly hits: number;
  /** When most are thought to come, with its 90 % interval. */
  readonly peakAt: string;
  readonly peakFrom?: string;
  readonly peakTo?: string;
  /** Captures in all when it is over. */
  readonly final?: ForecastInterval;
  /** Accounts of the service, where its size and the decoys' contact lists are known: now, and when it is over. */
  readonly infected?: { readonly population: number; readonly now: ForecastInterval; readonly final: ForecastInterval };
  readonly outlooks: readonly ForecastOutlook[];
}

/** Captures in all by then: median, 5th and 95th percentile. */
export interface ForecastOutlook extends ForecastInterval {
  readonly at: string;
  readonly aheadMin: number;
  readonly infected?: ForecastInterval;
}

export interface WarningRecord {
  /** `W-` and a short Crockford base32 id with a check character. */
  readonly id: string;
  readonly revision: number;
  readonly kind: WarningKind;
  readonly title: string;
  /** RFC 3339: capture time of the first cause, and of the last change. */
  readonly at: string;
  readonly updatedAt: string;
  readonly networks: readonly Network[];
  readonly severity: Severity;
  readonly class: VerdictClass;
  readonly reasons: readonly string[];
  readonly growth: Growth;
  readonly propagation?: Propagation;
  /** Absent in records of versions that did not say. */
  readonly urgency?: Urgency;
  /** The rules that it rests on; the same. */
  readonly rules?: readonly RuleStatement[];
  /** Of contagion, as it stood at this revision; for operators. */
  readonly forecast?: WarningForecast;
  /** What to do, one sentence each. */
  readonly advice: readonly string[];
  /** Text common to the campaign, per-target tokens cut; not yet defanged. */
  readonly template: string;
  readonly indicators: readonly Indicator[];
  /** Number of different decoys that saw each indicator, 3 standing for 3 or more; parallel to `indicators`. */
  readonly spread?: readonly number[];
  readonly threat?: { readonly id: string; readonly name: string };
  readonly campaign: string;
  /** Exact counts, for operators; outputs band them. */
  readonly decoys: number;
  readonly senders: number;
  readonly captures: number;
  readonly unambiguousHarm: boolean;
  readonly simulated: boolean;
  /** Joined in by reads, never stored with the warning: that it was taken back as a whole, and which indicators were. */
  readonly retracted?: Decision;
  readonly withdrawn?: readonly Indicator[];
}

/** What the pipeline hands to alerts and to the live stream after a batch. */
export interface WarningChange {
  readonly change: 'raised' | 'updated' | 'ended' | 'corrected';
  readonly record: WarningRecord;
  /** Whether subscribers are to be told of this change (fatigue rules; the tier decides to whom). */
  readonly notify: boolean;
}
