// A dozen of history's families, one or two for each network that has any, as lures through the range: `npm run
// eval:history` plays them all (docs/range.md).
import { expect, test } from 'vitest';
import { readHistory } from '../../bench/history/families.ts';
import { judge, type Outcome } from '../../bench/history/judge.ts';
import { playHistory } from '../../bench/history/play.ts';
import { chosen } from '../../bench/history/print.ts';
import { openSite } from '../../bench/history/site.ts';

const DOZEN = [
  'irc.dmsetup.irc',
  'blended.loveletter.multi',
  'blended.goner.multi',
  'im.henpeck.msn',
  'blended.aplore.multi',
  'im.bropia.msn',
  'im.pipeline.multi',
  'im.giftcom.multi',
  'im.sohanad.multi',
  'phish.msn-contact-checker-spim.msn',
  'im.koobface.multi',
  'im.dorkbot-on-skype.multi',
  'nuisance.project-upstream-bots.aim',
];
const PLAY = { gapMs: 150, pauseMs: 250, patienceMs: 60_000, held: false };

test('lures of history are recognised, warned of and told as they come over their networks; a relay bot is left alone', async () => {
  const families = chosen(await readHistory(), DOZEN);
  await using site = await openSite();
  const outcomes = judge(families, await playHistory(site, families, PLAY), PLAY.held);
  const shown = ({ family, classes, told, captured, touches }: Outcome) => [
    family.id,
    classes,
    told,
    captured,
    touches,
  ];
  expect(outcomes.filter(({ missed }) => missed).map(shown)).toEqual([]);
  expect(outcomes.filter(({ told }) => told !== undefined).map(({ family }) => family.id)).toEqual(
    families.filter(({ harmless }) => !harmless).map(({ id }) => id),
  );
  const named = outcomes.filter((one) => one.named).map(({ family }) => family.id);
  expect(named).toEqual(expect.arrayContaining(['blended.loveletter.multi', 'blended.goner.multi', 'im.henpeck.msn']));
});
