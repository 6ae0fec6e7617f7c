// How bad, and how urgent, as data: conditions and what they count. Of each part the first rule that holds counts; impact on
// people is the sum of the points, rounded, from 1 to 5 (severity `info` to `critical`). Urgency for machines is the first that holds,
// in the words of CAP.
import type { VerdictClass } from '../core/verdict.ts';
import type { Growth, Propagation, Urgency, WarningKind } from './types.ts';

/** What rules ask of. */
export interface SeverityFacts {
  /** 1 to 5: worst severity that a fifth of the captures have, or any when one capture is proof enough. */
  readonly harm: number;
  readonly certain: boolean;
  readonly decoys: number;
  readonly networks: number;
  readonly growth: Growth;
  readonly known: boolean;
  readonly class: VerdictClass;
}

/** What urgency is asked of. */
export interface UrgencyFacts {
  readonly kind: WarningKind;
  readonly impact: number;
  readonly growth: Growth;
  readonly propagation: Propagation | undefined;
  readonly certain: boolean;
}

type Condition<Facts> = {
  readonly [Key in keyof Facts]?: Facts[Key] extends number
    ? { readonly from?: number; readonly below?: number }
    : Facts[Key];
};

export const SEVERITY_PARTS = ['harm', 'reach', 'places', 'velocity', 'novelty', 'confidence'] as const;
export interface SeverityRule {
  readonly part: (typeof SEVERITY_PARTS)[number];
  readonly when: Condition<SeverityFacts>;
  readonly points: number;
  readonly says?: string;
}

export const SEVERITY_RULES: readonly SeverityRule[] = [
  { part: 'harm', when: { harm: { from: 5 } }, points: 5 },
  { part: 'harm', when: { harm: { from: 4 } }, points: 4 },
  { part: 'harm', when: { harm: { from: 3 } }, points: 3 },
  { part: 'harm', when: { harm: { from: 2 } }, points: 2 },
  { part: 'harm', when: {}, points: 1 },
  { part: 'reach', when: { decoys: { from: 30 } }, points: 0.75 },
  { part: 'reach', when: { decoys: { from: 10 } }, points: 0.5 },
  { part: 'reach', when: { decoys: { from: 3 } }, points: 0.25 },
  { part: 'places', when: { networks: { from: 2 } }, points: 0.5 },
  {
    part: 'velocity',
    when: { growth: 'growing' },
    points: 0.5,
    says: 'velocity: clearly more captures than just before',
  },
  { part: 'velocity', when: { growth: 'fading' }, points: -0.5, says: 'velocity: clearly fewer captures than before' },
  { part: 'novelty', when: { known: true }, points: 0, says: 'novelty: a known threat' },
  { part: 'novelty', when: {}, points: 0.1, says: 'novelty: not seen before' },
  {
    part: 'confidence',
    when: { decoys: { below: 2 }, certain: false },
    points: -0.5,
    says: 'confidence: one decoy only',
  },
];

/** The most that a class counts, whatever its points. */
export const IMPACT_CAPS: Readonly<Partial<Record<VerdictClass, number>>> = { spam: 3 };
/** A rating is left downwards only when the points lie this far below its border (a fifth of a step). */
export const IMPACT_HYSTERESIS = 0.2;

export const URGENCY_RULES: readonly { readonly when: Condition<UrgencyFacts>; readonly urgency: Urgency }[] = [
  { when: { kind: 'all-clear' }, urgency: 'past' },
  { when: { kind: 'advance-notice' }, urgency: 'future' },
  { when: { impact: { from: 5 } }, urgency: 'immediate' },
  { when: { impact: { from: 3 }, growth: 'growing' }, urgency: 'immediate' },
  { when: { impact: { from: 3 }, propagation: 'self-propagating' }, urgency: 'immediate' },
  { when: { impact: { from: 4 }, certain: true }, urgency: 'immediate' },
  { when: { impact: { from: 2 } }, urgency: 'expected' },
  { when: {}, urgency: 'future' },
];
/** What was immediate stays so this long after it was last called for. */
export const URGENCY_HOLD_MS = 30 * 60_000;

/** Whether all conditions hold. */
export function holds<Facts extends object>(when: Condition<Facts>, facts: Facts): boolean {
  return (Object.keys(when) as (keyof Facts)[]).every((key) => {
    const [wanted, is] = [when[key], facts[key]];
    if (typeof is !== 'number' || typeof wanted !== 'object' || wanted === null) return wanted === is;
    const { from, below } = wanted as { readonly from?: number; readonly below?: number };
    return (from === undefined || is >= from) && (below === undefined || is < below);
  });
}
