// Ham, spam or smishing (phishing and scam of the analysis together).
import type { VerdictClass } from '../../../src/core/verdict.ts';
import { type Judged, judgedTexts } from '../held-out.ts';
import { atLeast, type EvalPart, type Figure } from '../part.ts';

const KINDS = ['ham', 'spam', 'smishing'] as const;

export const types: EvalPart = {
  name: 'types',
  title:
    'ham, spam or smishing: 2,883 short messages of the Mendeley set, cross-validated by group; kinds of our own phrases',
  run: async () => {
    const judged = await judgedTexts();
    const some = judged.filter(({ row }) => row.source === 'mendeley');
    const scores = KINDS.map((kind) => f1Of(some, kind));
    const own = judged.filter(({ row }) => row.source === 'phrases');
    const unknown = some.filter(({ class: said }) => said === 'unknown').length / some.length;
    return [
      atLeast('mean F1 of the three', scores.reduce((sum, score) => sum + score, 0) / KINDS.length, 0.87),
      ...KINDS.map((kind, at): Figure => ({ metric: `F1 of ${kind}`, value: scores[at] ?? 0 })),
      { metric: 'plain texts called unknown', value: unknown, as: 'share' },
      ...(['worm', 'phishing', 'scam', 'spam'] as const).map((label): Figure => {
        const caught = own.filter(({ row, class: said }) => row.label === label && kindOf(said) !== 'ham');
        const right = caught.filter(({ class: said }) => said === label).length / Math.max(1, caught.length);
        return {
          metric: `our own ${label} phrases of unseen templates called so, of those caught`,
          value: right,
          as: 'share',
        };
      }),
    ];
  },
};

function kindOf(said: VerdictClass): (typeof KINDS)[number] {
  if (said === 'spam') return 'spam';
  return said === 'benign' || said === 'unknown' || said === 'recon' ? 'ham' : 'smishing';
}

function f1Of(judged: readonly Judged[], kind: string): number {
  let [hits, said, labelled] = [0, 0, 0];
  for (const one of judged) {
    const [is, does] = [one.row.label === kind, kindOf(one.class) === kind];
    if (is && does) hits++;
    if (does) said++;
    if (is) labelled++;
  }
  return (2 * hits) / Math.max(1, said + labelled);
}
