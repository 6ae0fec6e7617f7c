import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Analysed } from '../analysis/types.ts';
import { recordKnowledge } from '../knowledge/record.ts';
import { seedThreats } from '../knowledge/seed.ts';
import { analysed, type Given } from '../knowledge/testing/analysed.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { assessWarnings } from './assess.ts';
import { endQuiet } from './end-quiet.ts';
import { networkLevels, updateLevels } from './level-store.ts';
import type { WarningChange } from './types.ts';
import { countWarnings, findWarning, listWarningRevisions, listWarnings } from './warning-store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await seedThreats(database.db, new Date());
});
afterAll(() => database.close());
beforeEach(async () => {
  const { db } = database;
  for (const table of [
    'warning',
    'warning_watch',
    'network_level',
    'campaign',
    'campaign_decoy',
    'campaign_sender',
    'campaign_indicator',
    'indicator',
  ] as const) {
    await db.deleteFrom(table).execute();
  }
});

const at = (minute: number): string => new Date(Date.parse('2026-01-05T10:00:00.000Z') + minute * 60_000).toISOString();
const worm = (minute: number, decoy: string, given: Given = {}): Analysed =>
  analysed({ at: at(minute), decoy, peer: `from-${decoy}`, ...given });
const phish = { class: 'phishing', severity: 'medium' } as const;

async function feed(items: readonly Analysed[]): Promise<readonly WarningChange[]> {
  return await database.db.transaction().execute(async (tx) => {
    const touched = await recordKnowledge(tx, items);
    return await assessWarnings(tx, touched, { simulated: false });
  });
}

describe('assessing a batch', () => {
  test('raises an advance notice, then an advisory, with everything an alert needs', async () => {
    const [notice] = await feed([worm(0, 'dora@d.example', { analysis: { threats: ['im.kelvir.msn'] } })]);
    expect(notice).toMatchObject({ change: 'raised', notify: false, record: { kind: 'advance-notice', revision: 1 } });
    const [advisory] = await feed([worm(1, 'max@d.example')]);
    expect(advisory).toMatchObject({
      change: 'raised',
      notify: true,
      record: {
        id: notice?.record.id,
        revision: 2,
        kind: 'advisory',
        title: 'Worm on XMPP: link to an executable posing as a picture',
        at: at(0),
        updatedAt: at(1),
        decoys: 2,
        senders: 2,
        captures: 2,
        template: 'look at this photo http://evil.example/photo.scr',
        indicators: [{ type: 'url' }, { type: 'domain' }],
        spread: [2, 2],
        threat: { id: 'im.kelvir.msn', name: 'Kelvir' },
      },
    });
  });

  test('one batch or many: the same revisions at the same capture times', async () => {
    const items = [0, 1, 2, 20, 40, 41, 90].map((minute) => [minute, `d${minute % 5}@d.example`] as const);
    const build = (campaign: string): Analysed[] => items.map(([minute, decoy]) => worm(minute, decoy, { campaign }));
    const [whole] = await feed(build('whole'));
    let split: readonly WarningChange[] = [];
    for (const item of build('split')) split = [...split, ...(await feed([item]))];
    const times = async (id: string): Promise<unknown> =>
      (await listWarningRevisions(database.db, id)).map(
        ({ revision, at: time, record: { kind, severity, growth, decoys } }) => [
          revision,
          time,
          kind,
          severity,
          growth,
          decoys,
        ],
      );
    expect(await times(whole?.record.id ?? '')).toEqual(await times(split[0]?.record.id ?? ''));
    expect(split.length).toBeGreaterThan(1);
  });

  test('keeps counts up to date without a revision', async () => {
    const [raised] = await feed([worm(0, 'a@d.example'), worm(1, 'b@d.example')]);
    expect(await feed([worm(2, 'b@d.example'), worm(3, 'b@d.example')])).toEqual([]);
    const stored = await findWarning(database.db, raised?.record.id ?? '');
    expect(stored).toMatchObject({ revision: raised?.record.revision, captures: 4 });
  });

  test('chatter makes no warning however many decoys hear it', async () => {
    const items = ['a', 'b', 'c', 'd'].map((decoy, minute) =>
      worm(minute, decoy, { analysis: { class: 'benign', severity: 'info' } }),
    );
    expect(await feed(items)).toEqual([]);
    expect((await listWarnings(database.db)).warnings).toEqual([]);
  });

  test('an indicator that names a decoy does not get into the record', async () => {
    const indicators = [{ type: 'url', value: 'http://evil.example/?to=dora@d.example' }] as const;
    await feed([
      worm(0, 'dora@d.example', { analysis: { indicators } }),
      worm(1, 'max@d.example', { analysis: { indicators } }),
    ]);
    const { warnings } = await listWarnings(database.db);
    expect(warnings).toMatchObject([{ indicators: [] }]);
    expect(JSON.stringify(warnings)).not.toContain('dora');
  });
});

describe('what quiet brings', () => {
  test('a held advisory is told after the hold-down, once', async () => {
    await feed([worm(0, 'a@d.example', { analysis: phish }), worm(1, 'b@d.example', { analysis: phish })]);
    expect(await endQuiet(database.db, new Date(at(5)))).toEqual([]);
    expect(await endQuiet(database.db, new Date(at(6)))).toMatchObject([
      { change: 'raised', notify: true, record: { updatedAt: at(6) } },
    ]);
    expect(await endQuiet(database.db, new Date(at(7)))).toEqual([]);
  });

  test('a warning ends a day after its last capture, is told to those who were told, and can come back', async () => {
    const [raised] = await feed([worm(0, 'a@d.example'), worm(1, 'b@d.example')]);
    expect(await endQuiet(database.db, new Date(at(1 + 24 * 60)))).toEqual([]);
    const [ended] = await endQuiet(database.db, new Date(at(10_000)));
    expect(ended).toMatchObject({
      change: 'ended',
      notify: true,
      record: { kind: 'all-clear', updatedAt: at(1 + 24 * 60) },
    });
    expect(await endQuiet(database.db, new Date(at(10_001)))).toEqual([]);
    const [again] = await feed([worm(20_000, 'c@d.example')]);
    expect(again).toMatchObject({ notify: true, record: { id: raised?.record.id, kind: 'advisory' } });
    expect(again?.record.reasons).toContain('change: it came back');
  });

  test('an advance notice ends in silence', async () => {
    await feed([worm(0, 'a@d.example')]);
    expect(await endQuiet(database.db, new Date(at(10_000)))).toMatchObject([{ change: 'ended', notify: false }]);
  });
});

describe('lists and levels', () => {
  test('pages through warnings, newest change first, filtered', async () => {
    const items = [0, 1, 2, 3, 4].flatMap((n) =>
      ['a', 'b'].map((decoy) => worm(n, `${decoy}@d.example`, { campaign: `c${n}`, network: n % 2 ? 'irc' : 'xmpp' })),
    );
    await feed(items);
    const first = await listWarnings(database.db, { limit: 3 });
    const second = await listWarnings(database.db, {
      limit: 3,
      ...(first.next === undefined ? {} : { before: first.next }),
    });
    expect([...first.warnings, ...second.warnings].map(({ updatedAt }) => updatedAt)).toEqual([4, 3, 2, 1, 0].map(at));
    expect(second.next).toBeUndefined();
    expect((await listWarnings(database.db, { network: 'irc' })).warnings).toHaveLength(2);
    expect((await listWarnings(database.db, { severity: 'critical' })).warnings).toHaveLength(0);
    expect((await listWarnings(database.db, { since: at(3) })).warnings).toHaveLength(2);
    expect(await countWarnings(database.db, at(1))).toBe(4);
    expect(await findWarning(database.db, 'W-nonsense')).toBeUndefined();
  });

  test('a network’s level rises with its warning and falls again by event time', async () => {
    await feed([worm(0, 'a@d.example'), worm(1, 'b@d.example')]);
    const changed = await updateLevels(database.db, new Date(at(1)));
    expect(changed).toMatchObject([{ network: 'xmpp', level: 'orange', warnings24h: 1, since: at(1) }]);
    expect(await updateLevels(database.db, new Date(at(2)))).toEqual([]);
    expect((await networkLevels(database.db, new Date(at(2)), ['xmpp', 'irc'])).map(({ level }) => level)).toEqual([
      'orange',
      'green',
    ]);
    await updateLevels(database.db, new Date(at(13 * 60)));
    expect(await updateLevels(database.db, new Date(at(13 * 60 + 31)))).toMatchObject([
      { network: 'xmpp', level: 'green' },
    ]);
  });
});
