// Who had the decoy on its contact list before it wrote: in the store, in the order of captures, whatever the borders of batches.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Analysed } from '../analysis/types.ts';
import type { Capture } from '../core/capture.ts';
import { uuidOf } from '../core/capture-id.ts';
import { seededRandom } from '../core/seeded-random.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { findCampaign } from './campaign-store.ts';
import { CONTACT_AGE_MS } from './contact-batch.ts';
import { recordKnowledge } from './record.ts';
import { analysed, campaignId, type Given } from './testing/analysed.ts';

const START = Date.parse('2026-03-02T00:00:00.000Z');
const HOUR = 3_600_000;
const timeOf = (hour: number): string => new Date(START + hour * HOUR).toISOString();

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => sql`truncate campaign, campaign_decoy, campaign_sender, contact`.execute(database.db));

const said = (hour: number, given: Given = {}): Analysed => analysed({ at: timeOf(hour), ...given });

/** A capture that forms no campaign. */
function told(hour: number, kind: Capture['kind'], meta: Capture['meta'] = {}, given: Given = {}): Analysed {
  const item = said(hour, { ...given, campaign: '' });
  return { ...item, capture: { ...item.capture, kind, meta } };
}

const list = (hour: number, contacts: unknown): Analysed =>
  told(hour, 'service-notice', { event: 'contact-list', contacts }, { peer: 'decoys.example' });

/** `contact` of every touch of the first campaign. */
async function contactsOf(...batches: readonly (readonly Analysed[])[]): Promise<readonly (true | undefined)[]> {
  const found: (true | undefined)[] = [];
  for (const batch of batches) {
    const touched = await recordKnowledge(database.db, batch);
    found.push(...(touched.get(campaignId('one')) ?? []).map(({ contact }) => contact));
  }
  return found;
}

describe('a sender had the decoy on its contact list', () => {
  test.each<[string, Analysed[], true | undefined]>([
    ['when it asked a day before', [told(0, 'contact-request'), said(24)], true],
    [
      'when the server told of its adding the decoy',
      [told(0, 'contact-change', { event: 'added-you' }), said(25)],
      true,
    ],
    ['when the list at sign-on names it', [list(0, ['a@x.example', 'bot7@spam.example']), said(30)], true],
    ['since the first capture that says so', [told(20, 'contact-request'), told(0, 'contact-request'), said(25)], true],
  ])('%s', async (_name, items, contact) => {
    expect(await contactsOf(items)).toEqual([contact]);
    await sql`truncate campaign, campaign_decoy, campaign_sender, contact`.execute(database.db);
    expect(await contactsOf(...items.map((item) => [item]))).toEqual([contact]);
  });

  test.each<[string, Analysed[]]>([
    ['nobody said so', [said(30)]],
    ['it asked less than a day before', [told(0.01, 'contact-request'), said(24)]],
    ['it asked after it had written', [said(30), told(0, 'contact-request')]],
    ['another decoy was asked', [told(0, 'contact-request', {}, { decoy: 'max@decoys.example' }), said(30)]],
    ['another network was asked', [told(0, 'contact-request', {}, { network: 'msnp' }), said(30)]],
    ['another sender asked', [told(0, 'contact-request', {}, { peer: 'b@spam.example' }), said(30)]],
    ['another change was told', [told(0, 'contact-change', { event: 'granted' }), said(30)]],
    ['a server says something else', [told(0, 'service-notice', { contacts: ['bot7@spam.example'] }), said(30)]],
    ['a list is none', [list(0, 'bot7@spam.example'), list(0, [7, null, {}, '', 'x'.repeat(5000)]), said(30)]],
    [
      'a list is longer than a notice may be',
      [list(0, [...Array(256).keys()].map(String).concat('bot7@spam.example')), said(30)],
    ],
    [
      'it has taken the decoy off',
      [told(0, 'contact-request'), told(1, 'contact-change', { event: 'removed-you' }), said(30)],
    ],
  ])('not when %s', async (_name, items) => {
    expect(await contactsOf(items)).toEqual([undefined]);
    await sql`truncate campaign, campaign_decoy, campaign_sender, contact`.execute(database.db);
    expect(await contactsOf(...items.map((item) => [item]))).toEqual([undefined]);
  });

  test('again when it took the decoy off and added it later: since then', async () => {
    const items = [told(0, 'contact-request'), told(1, 'contact-change', { event: 'removed-you' })];
    const again = [told(10, 'contact-request'), said(30), said(40, { peer: 'b' }), said(34, { campaign: 'two' })];
    await contactsOf([...items, ...again]);
    const { rows } = await sql<{ since: Date }>`select since from contact`.execute(database.db);
    expect(rows.map(({ since }) => since.toISOString())).toEqual([timeOf(10)]);
    expect((await findCampaign(database.db, campaignId('one')))?.contacts).toBe(0);
    expect((await findCampaign(database.db, campaignId('two')))?.contacts).toBe(1);
  });

  test('told of the first touch of a campaign by a sender only, and counted', async () => {
    const asked = ['dora@decoys.example', 'max@decoys.example'].map((decoy) =>
      told(0, 'contact-request', {}, { decoy }),
    );
    expect(
      await contactsOf(asked, [said(30), said(31), said(32, { decoy: 'max@decoys.example' }), said(33, { peer: 'b' })]),
    ).toEqual([true, undefined, undefined, undefined]);
    expect(await findCampaign(database.db, campaignId('one'))).toMatchObject({ senders: 2, contacts: 1 });
  });

  test('rows hold a UUID of the sender, not its address', async () => {
    await contactsOf([told(0, 'contact-request')]);
    const { rows } = await sql`select * from contact`.execute(database.db);
    expect(rows).toEqual([
      {
        ...{ network: 'xmpp', decoy: 'dora@decoys.example', since: new Date(START) },
        sender: uuidOf('sender', 'xmpp', 'bot7@spam.example'),
      },
    ]);
  });
});

/** Some senders and decoys that add, remove, are listed and write, at times that run mostly forward. */
function story(seed: number): readonly Analysed[] {
  const random = seededRandom(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  return Array.from({ length: 80 }, (_value, at) => {
    const hour = at * 3 - Math.floor(random() * 6);
    const given = {
      peer: pick(['a', 'b', 'c']),
      decoy: pick(['dora', 'max']),
      campaign: pick(['one', 'two', 'three', 'four']),
    };
    const make = pick([
      () => told(hour, 'contact-request', {}, given),
      () => told(hour, 'contact-change', { event: pick(['added-you', 'removed-you', 'granted']) }, given),
      () =>
        told(
          hour,
          'service-notice',
          { event: 'contact-list', contacts: ['a', pick(['b', 'c'])] },
          { ...given, peer: 'server' },
        ),
      () => said(hour, { ...given, campaign: `${given.campaign}${Math.floor(at / 20)}` }),
      () => said(hour, given),
    ]);
    return make();
  });
}

/** What one capture after another says, by the plainest reading. */
function expected(items: readonly Analysed[]): readonly string[] {
  const since = new Map<string, number>();
  const written = new Set<string>();
  return items.flatMap(({ capture, cluster }) => {
    const { decoy, peer, kind, meta } = capture;
    const at = Date.parse(capture.at);
    const listed = kind === 'service-notice' ? (meta.contacts as string[]) : [peer.id];
    for (const one of listed) {
      const key = `${one} ${decoy}`;
      if (meta.event === 'removed-you') since.delete(key);
      else if (kind !== 'message' && meta.event !== 'granted') since.set(key, Math.min(at, since.get(key) ?? at));
    }
    if (cluster === undefined) return [];
    const isNew = !written.has(`${cluster.campaign} ${peer.id}`);
    written.add(`${cluster.campaign} ${peer.id}`);
    const long = at - (since.get(`${peer.id} ${decoy}`) ?? at) >= CONTACT_AGE_MS;
    return [`${cluster.campaign} ${capture.at} ${isNew && long}`];
  });
}

test.each([1, 2, 3])('batches of any size tell the same as one capture after another (%i)', async (seed) => {
  const items = story(seed);
  const wanted = [...expected(items)].sort();
  expect(wanted.some((line) => line.endsWith('true'))).toBe(true);
  for (const size of [1, 7, 23, items.length]) {
    await sql`truncate campaign, campaign_decoy, campaign_sender, contact`.execute(database.db);
    const found: string[] = [];
    for (let from = 0; from < items.length; from += size) {
      const touched = await recordKnowledge(database.db, items.slice(from, from + size));
      for (const [campaign, touches] of touched)
        for (const { atMs, contact } of touches)
          found.push(`${campaign} ${new Date(atMs).toISOString()} ${contact === true}`);
    }
    expect(found.sort()).toEqual(wanted);
  }
});
