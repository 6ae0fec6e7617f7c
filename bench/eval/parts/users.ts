// What a user notices: false alerts in a month, and how much of the bad is caught.
import { isBad } from '../../../src/analysis/classify/figures.ts';
import { isAlarm, judgedTexts } from '../held-out.ts';
import type { EvalPart, Figure } from '../part.ts';

const DAYS = 30;
/** Messages a day that decoys in a few busy channels, and twenty decoy accounts, overhear or are sent by honest people. */
const CHANNEL_LINES = 1000;
const PERSONAL_MESSAGES = 50;

export const users: EvalPart = {
  name: 'users',
  title: `a month of ordinary traffic, ${CHANNEL_LINES.toLocaleString('en-GB')} channel lines and ${PERSONAL_MESSAGES} personal messages a day (cross-validated)`,
  run: async () => {
    const judged = await judgedTexts();
    const rate = (sources: readonly string[], bad: boolean): number => {
      const some = judged.filter(({ row }) => sources.includes(row.source) && isBad(row) === bad);
      return some.filter(isAlarm).length / Math.max(1, some.length);
    };
    const month = DAYS * (CHANNEL_LINES * rate(['irc'], false) + PERSONAL_MESSAGES * rate(['uci', 'mendeley'], false));
    const figures: Figure[] = [
      { metric: 'honest messages called bad in that month (false alerts)', value: Math.round(month), as: 'count' },
      { metric: 'of so many honest messages', value: DAYS * (CHANNEL_LINES + PERSONAL_MESSAGES), as: 'count' },
      {
        metric: 'bad texts that are caught, of SMS and Telegram',
        value: rate(['uci', 'mendeley', 'tg-spam'], true),
        as: 'share',
      },
    ];
    return figures;
  },
};
