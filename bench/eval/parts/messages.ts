// Bad or ham: short messages, beside the mail filters a user could install, taught the same texts.
import { countsOf, isBad } from '../../../src/analysis/classify/figures.ts';
import { FOLDS } from '../../../src/analysis/classify/training-data.ts';
import { isAlarm, type Judged, judgedTexts } from '../held-out.ts';
import { atLeast, atMost, type EvalPart, type Figure } from '../part.ts';
import { bogofilter } from '../rivals/bogofilter.ts';
import type { Rival } from '../rivals/rival.ts';
import { rspamd } from '../rivals/rspamd.ts';
import { spamAssassin } from '../rivals/spamassassin.ts';

const SCORES = [0.5, 0.6, 0.7, 0.8, 0.9];

export const messages: EvalPart = {
  name: 'messages',
  title: 'bad or ham: 5,557 short messages, whole analysis, digits zeroed, cross-validated in 5 parts by group',
  run: async (absent) => {
    const judged = (await judgedTexts()).filter(({ row }) => row.source === 'uci' || row.source === 'mendeley');
    const { f1, precision, recall, falseAlarms } = figuresOf(judged, isAlarm);
    const figures: Figure[] = [
      atLeast('F1', f1, 0.95),
      atMost('ham called bad', falseAlarms, 0.002, 'share'),
      { metric: 'precision', value: precision },
      { metric: 'recall', value: recall },
      ...SCORES.flatMap((score): Figure[] => {
        const at = figuresOf(judged, (one) => isAlarm(one) && one.score >= score);
        return [
          { metric: `F1 where alarms under a score of ${score} are passed over`, value: at.f1 },
          { metric: `ham called bad at a score of ${score}`, value: at.falseAlarms, as: 'share' },
        ];
      }),
    ];
    for (const rival of [bogofilter, spamAssassin, rspamd]) {
      const version = await rival.version();
      if (version === undefined) absent(rival.name);
      else figures.push(...(await rivalFigures(rival, `${rival.name} ${version}`, judged)));
    }
    return figures;
  },
};

function figuresOf(judged: readonly Judged[], said: (one: Judged) => boolean) {
  return countsOf(judged.map((one) => [isBad(one.row), said(one)]));
}

/** Taught the other four parts, asked about the fifth, five times, at its own default threshold. */
async function rivalFigures(rival: Rival, name: string, judged: readonly Judged[]): Promise<readonly Figure[]> {
  const pairs: (readonly [boolean, boolean])[] = [];
  for (let part = 0; part < FOLDS; part++) {
    const taught = judged.filter((one) => one.part !== part);
    const asked = judged.filter((one) => one.part === part);
    const texts = (bad: boolean): readonly string[] =>
      taught.filter(({ row }) => isBad(row) === bad).map(({ row }) => row.text);
    await using trained = await rival.train(texts(true), texts(false));
    const scores = await trained.scan(asked.map(({ row }) => row.text));
    for (const [at, { row }] of asked.entries()) pairs.push([isBad(row), scores[at]?.bad === true]);
  }
  const { f1, recall, falseAlarms } = countsOf(pairs);
  return [
    { metric: 'F1, default threshold', value: f1, rival: name },
    { metric: 'recall', value: recall, rival: name },
    { metric: 'ham called bad', value: falseAlarms, rival: name, as: 'share' },
  ];
}
