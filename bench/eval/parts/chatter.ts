// False alarms on everyday talk of a help channel.
import { isAlarm, judgedTexts } from '../held-out.ts';
import { atMost, type EvalPart } from '../part.ts';

export const chatter: EvalPart = {
  name: 'chatter',
  title:
    'harmless lines of an IRC channel called bad: 18,306 lines of 72 days, each day judged by a model that never saw it',
  run: async () => {
    const judged = (await judgedTexts()).filter(({ row }) => row.source === 'irc');
    const share = (of: (typeof judged)[number]['class']): number =>
      judged.filter(({ class: said }) => said === of).length / judged.length;
    return [
      atMost('lines called bad', judged.filter(isAlarm).length / judged.length, 0.001, 'share'),
      { metric: 'lines called unknown', value: share('unknown'), as: 'share' },
      { metric: 'lines called recon (such as "!ping")', value: share('recon'), as: 'share' },
    ];
  },
};
