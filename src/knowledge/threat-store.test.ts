import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SundewError } from '../core/error.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { recordKnowledge } from './record.ts';
import { seedThreats } from './seed.ts';
import { analysed } from './testing/analysed.ts';
import { addThreat, findThreat, listRevisions, reviseThreat, searchThreats, threatNames } from './threat-store.ts';
import type { ThreatEntry } from './types.ts';

let database: TestDatabase;
const NOW = new Date('2026-01-05T10:00:00.000Z');
beforeAll(async () => {
  database = await testDatabase();
  await seedThreats(database.db, NOW);
});
afterAll(() => database.close());
const names = async (query: Parameters<typeof searchThreats>[1]): Promise<readonly string[]> =>
  (await searchThreats(database.db, query)).threats.map(({ entry }) => entry.name);
async function entryOf(id: string): Promise<ThreatEntry> {
  const found = await findThreat(database.db, id);
  if (found === undefined) throw new Error(`${id} is missing`);
  return found.entry;
}

describe('searching', () => {
  test('finds by name, alias and words of the text', async () => {
    expect((await names({ q: 'kelvir' }))[0]).toBe('Kelvir');
    expect(await names({ q: 'Serflog' })).toContain('Sumom');
    expect(await names({ q: 'roast chicken' })).toEqual(['Bropia.F', 'Bropia']);
  });
  test('forgives a typing mistake', async () => {
    expect(await names({ q: 'kelvri' })).toContain('Kelvir');
    expect(await names({ q: 'brophia' })).toContain('Bropia');
  });
  test('of what resembles a mistyped name, what bears that name comes first', async () => {
    const { threats } = await searchThreats(database.db, { q: 'kelvirr' });
    expect(threats[0]?.entry.name).toBe('Kelvir');
    expect(threats.length).toBeGreaterThan(1);
  });

  test('filters by type, network and severity, and pages with the whole total', async () => {
    const { total } = await searchThreats(database.db, { type: 'irc-worm' });
    expect(total).toBe(3);
    const xmpp = await searchThreats(database.db, { network: 'xmpp', type: 'spim-campaign' });
    expect(xmpp.threats.map(({ id }) => id)).toEqual([
      'spim.debian-xmpp-invitations.xmpp',
      'spim.xmpp-in-band-registration-spam.xmpp',
      'spim.40tman-roster-flood.xmpp',
    ]);
    const msn = await searchThreats(database.db, { network: 'msn' });
    expect((await searchThreats(database.db, { network: 'msnp' })).total).toBeGreaterThanOrEqual(msn.total);
    expect((await searchThreats(database.db, { network: 'constructor' })).total).toBe(0);
    const critical = await searchThreats(database.db, { severity: 'critical', limit: 2, offset: 7 });
    expect(critical.total).toBe(8);
    expect(critical.threats).toHaveLength(1);
    expect((await searchThreats(database.db, { severity: 'critical', offset: 50 })).total).toBe(8);
  });
  test('counts sightings of a threat', async () => {
    await recordKnowledge(database.db, [analysed({ analysis: { threats: ['im.bropia.msn'] } })]);
    expect((await searchThreats(database.db, { q: 'bropia' })).threats[0]).toMatchObject({ sightings: 1 });
  });
  test.each(["'; drop table threat; --", '%%%', '\\', '!!!', '\u0000', 'a'.repeat(100_000), '(((((', '💥'])(
    'hostile query %#',
    async (q) => {
      const { total } = await searchThreats(database.db, { q });
      expect(total).toBeLessThan(443);
    },
  );
});

describe('revisions', () => {
  test('each edit is kept with its author and reason', async () => {
    const entry = { ...(await entryOf('im.choke.msn')), notes: 'seen again' };
    const stored = await reviseThreat(database.db, 'im.choke.msn', {
      revision: 1,
      entry,
      author: 'ann',
      reason: 'seen',
      now: NOW,
    });
    expect(stored).toMatchObject({ revision: 2, entry: { notes: 'seen again' } });
    const list = await listRevisions(database.db, 'im.choke.msn');
    expect(list.map(({ revision, author }) => [revision, author])).toEqual([
      [2, 'ann'],
      [1, 'Sundew'],
    ]);
  });
  test('of two edits of the same revision the second is a conflict and changes nothing', async () => {
    const entry = await entryOf('im.bizex.icq');
    const edit = (author: string): Promise<unknown> =>
      reviseThreat(database.db, 'im.bizex.icq', {
        revision: 1,
        entry: { ...entry, notes: author },
        author,
        reason: 'x',
        now: NOW,
      });
    const results = await Promise.allSettled([edit('ann'), edit('bob')]);
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toBeInstanceOf(SundewError);
    expect(refused[0]).toMatchObject({ code: 'THREAT_CONFLICT' });
    expect(await listRevisions(database.db, 'im.bizex.icq')).toHaveLength(2);
  });
  test('an unknown threat cannot be edited', async () => {
    const edit = { revision: 1, entry: await entryOf('im.bizex.icq'), author: 'a', reason: 'r', now: NOW };
    await expect(reviseThreat(database.db, 'im.none.msn', edit)).rejects.toMatchObject({ code: 'THREAT_UNKNOWN' });
  });
  test('a new entry is found, and its id is taken from then on', async () => {
    const given = {
      entry: { ...(await entryOf('im.bizex.icq')), name: 'Zorblax' },
      author: 'a',
      reason: 'new',
      now: NOW,
    };
    await addThreat(database.db, 'im.zorblax.xmpp', given);
    expect(await names({ q: 'zorblax' })).toEqual(['Zorblax']);
    expect(await threatNames(database.db, ['im.zorblax.xmpp', 'im.none.msn'])).toEqual(
      new Map([['im.zorblax.xmpp', 'Zorblax']]),
    );
    await expect(addThreat(database.db, 'im.zorblax.xmpp', given)).rejects.toMatchObject({ code: 'THREAT_CONFLICT' });
  });
});
