// Rules that content is held against, and what a match means.
import { VERDICT_CLASSES, type VerdictClass } from '../../../core/verdict.ts';
import { type Finding, RANKS, type Rank } from '../types.ts';

/** A file of rules. */
export interface RuleSource {
  /** For messages; a path of the user's or a name of ours. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** What a match says, by the rule's metadata: `class`, `rank` and `description`; ours and the user's alike. */
export function findingOf(rule: string, meta: Readonly<Record<string, unknown>>): Finding {
  const description = typeof meta.description === 'string' ? meta.description.slice(0, 160) : 'no description';
  const rank: Rank = RANKS.find((one) => one === meta.rank) ?? 'bad';
  const verdict: VerdictClass | undefined = VERDICT_CLASSES.find((one) => one === meta.class);
  return {
    rank,
    says: `rule ${rule.slice(0, 80)}: ${description}`,
    ...(verdict === undefined ? {} : { class: verdict }),
  };
}
