// Another network and language, few labels: Russian and English groups, with letters mixed of two scripts.
import { countsOf, isBad } from '../../../src/analysis/classify/figures.ts';
import { isAlarm, judgedTexts } from '../held-out.ts';
import { atLeast, type EvalPart } from '../part.ts';

export const telegram: EvalPart = {
  name: 'telegram',
  title: 'spam or ham: 283 messages of Telegram groups, Russian and English, cross-validated by group',
  run: async () => {
    const judged = (await judgedTexts()).filter(({ row }) => row.source === 'tg-spam');
    const { f1, precision, recall, falseAlarms } = countsOf(judged.map((one) => [isBad(one.row), isAlarm(one)]));
    return [
      atLeast('F1', f1, 0.9),
      { metric: 'precision', value: precision },
      { metric: 'recall', value: recall },
      { metric: 'ham called spam', value: falseAlarms, as: 'share' },
    ];
  },
};
