// The rules by which warnings are raised and signals given, and which of them a warning rests on.
import type { VerdictClass } from '../core/verdict.ts';
import { HARMFUL, type WarningPolicy } from './policy.ts';
import { RULE_STATEMENTS } from './rule-statements.ts';
import type { SignalRule } from './signals/types.ts';
import type { WarningKind } from './types.ts';
import type { Standing } from './watch-state.ts';

/** By which a campaign's warning is raised or promoted. */
export const RAISING_RULES = ['first-harm', 'proof', 'two-decoys', 'three-decoys', 'spread'] as const;
export type RaisingRule = (typeof RAISING_RULES)[number];

/** What else a warning may rest on. */
export type WarningRule = RaisingRule | 'contagion' | 'quiet';
export type RuleId = WarningRule | SignalRule;

/** A rule as it is stated with what it raised. */
export interface RuleStatement {
  readonly id: RuleId;
  readonly says: string;
  /** How often it is wrong, in words with the figure. */
  readonly wrong: string;
  /** What that was measured on. */
  readonly data: string;
}

/** The rule by which a campaign calls for a warning of this kind. */
export function raisingRule(
  kind: WarningKind,
  of: { readonly class: VerdictClass; readonly decoys: number },
  policy: WarningPolicy,
): RaisingRule {
  if (kind === 'advance-notice') return 'first-harm';
  if (kind === 'priority') return 'spread';
  if (!HARMFUL.includes(of.class)) return 'three-decoys';
  return of.decoys >= policy.minDecoys[of.class] ? 'two-decoys' : 'proof';
}

/** What a warning that stands so rests on. */
export function statementsOf({ kind, rule, propagation }: Standing): readonly RuleStatement[] {
  const ids: readonly RuleId[] = [
    ...(kind === 'all-clear' ? (['quiet'] as const) : rule === undefined ? [] : [rule]),
    ...(propagation === 'self-propagating' ? (['contagion'] as const) : []),
  ];
  return ids.map(ruleStatement);
}

export function ruleStatement(id: RuleId): RuleStatement {
  return { id, ...RULE_STATEMENTS[id] };
}
