// A signal: something that captures together say, beside the warnings of single campaigns. For operators.
import type { Network } from '../../core/network.ts';
import type { VerdictClass } from '../../core/verdict.ts';

/** `link-down` is read off the decoys that run, and is in no table. */
export const SIGNAL_RULES = [
  'outbreak',
  'silence',
  'link-down',
  'first-touch',
  'first-class',
  'first-family',
  'family-jump',
  'family-revival',
  'campaign-jump',
  'campaign-revival',
] as const;
export type SignalRule = (typeof SIGNAL_RULES)[number];

export interface Signal {
  /** UUID of rule, subject and time: found again, it is the same. */
  readonly id: string;
  readonly rule: SignalRule;
  /** The series, source, family or campaign that it is about. */
  readonly subject: string;
  readonly network?: Network;
  readonly class?: VerdictClass;
  readonly threat?: string;
  /** RFC 3339, capture time: of the capture, or the beginning of the step; of `link-down` the wall clock's. */
  readonly at: string;
  /** Touches counted: in the step, or before the silence. */
  readonly count: number;
  readonly expected?: number;
  /** Chance of a count as high, or a silence as long, where nothing is the matter. */
  readonly p?: number;
  readonly reason: string;
  /** Campaigns concerned, at most MAX_CAMPAIGNS. */
  readonly campaigns: readonly string[];
}

export const MAX_CAMPAIGNS = 5;
