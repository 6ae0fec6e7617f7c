import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { campaignDetail } from './campaign-detail.ts';
import { relationsOfCampaign, wordingsOfCampaign } from './campaign-history-store.ts';
import { findCampaign, indicatorsOfCampaigns, listCampaigns, restoreCampaigns } from './campaign-store.ts';
import { findIndicator } from './indicator-store.ts';
import { recordKnowledge } from './record.ts';
import { sightingsOfThreat } from './sighting-store.ts';
import { analysed, campaignId } from './testing/analysed.ts';

const plain = (exact: string) => ({ exact, words: new Uint32Array(), links: [] });

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  const { db } = database;
  for (const table of [
    'campaign',
    'campaign_decoy',
    'campaign_sender',
    'campaign_relation',
    'campaign_wording',
    'campaign_indicator',
    'indicator',
    'threat_sighting',
  ] as const) {
    await db.deleteFrom(table).execute();
  }
});

describe('recording a batch', () => {
  test('counts captures, senders and decoys of a campaign exactly, over batches', async () => {
    const { db } = database;
    await recordKnowledge(db, [analysed(), analysed(), analysed({ decoy: 'max@decoys.example', peer: 'b' })]);
    await recordKnowledge(db, [
      analysed({ peer: 'b' }),
      analysed({ decoy: 'ida@decoys.example', at: '2026-01-05T09:00:00.000Z' }),
    ]);
    expect(await findCampaign(db, campaignId('one'))).toMatchObject({
      captures: 5,
      senders: 2,
      decoys: 3,
      firstSeen: '2026-01-05T09:00:00.000Z',
      lastSeen: '2026-01-05T10:00:00.000Z',
      title: 'Worm on XMPP: link to an executable posing as a picture',
    });
  });

  test('tells for each touch whether its decoy and its sender are new', async () => {
    const { db } = database;
    await recordKnowledge(db, [analysed()]);
    const touched = await recordKnowledge(db, [
      analysed(),
      analysed({ decoy: 'max' }),
      analysed({ decoy: 'max', peer: 'c' }),
    ]);
    const flags = touched.get(campaignId('one'))?.map(({ newDecoy, newSender }) => [newDecoy, newSender]);
    expect(flags).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ]);
  });

  test('the same decoy name on two networks is two decoys', async () => {
    await recordKnowledge(database.db, [analysed({ decoy: 'dora' }), analysed({ decoy: 'dora', network: 'irc' })]);
    const campaign = await findCampaign(database.db, campaignId('one'));
    expect(campaign).toMatchObject({ decoys: 2, networks: ['xmpp', 'irc'] });
  });

  test('keeps the worst severity with its class, and every threat once', async () => {
    const { db } = database;
    await recordKnowledge(db, [analysed({ analysis: { severity: 'low', class: 'spam', threats: ['a'] } })]);
    await recordKnowledge(db, [
      analysed({ analysis: { severity: 'critical', class: 'exploit', threats: ['a', 'b'] } }),
    ]);
    await recordKnowledge(db, [analysed({ analysis: { severity: 'low', class: 'spam' } })]);
    const campaign = await findCampaign(db, campaignId('one'));
    expect(campaign).toMatchObject({ severity: 'critical', class: 'exploit', threats: ['a', 'b'] });
  });

  test('captures without a campaign still count for indicators and threats', async () => {
    const { db } = database;
    const touched = await recordKnowledge(db, [analysed({ campaign: '', analysis: { threats: ['im.kelvir.msn'] } })]);
    expect(touched.size).toBe(0);
    expect(await findIndicator(db, { type: 'domain', value: 'evil.example' })).toMatchObject({ captures: 1 });
    expect(await sightingsOfThreat(db, 'im.kelvir.msn')).toMatchObject([
      { network: 'xmpp', day: '2026-01-05', captures: 1 },
    ]);
  });

  test('knows how many decoys saw an indicator, up to three', async () => {
    const { db } = database;
    for (const decoy of ['a', 'b', 'a']) await recordKnowledge(db, [analysed({ decoy })]);
    const own = { indicators: [{ type: 'url', value: 'http://evil.example/?to=c' }] as const };
    await recordKnowledge(db, [analysed({ decoy: 'c', analysis: own })]);
    const found = (await indicatorsOfCampaigns(db, [campaignId('one')])).get(campaignId('one'));
    expect(found).toEqual([
      { type: 'url', value: 'http://evil.example/photo.scr', decoys: 2 },
      { type: 'domain', value: 'evil.example', decoys: 2 },
      { type: 'url', value: 'http://evil.example/?to=c', decoys: 1 },
    ]);
  });

  test('the template is what the texts of several decoys share', async () => {
    const { db } = database;
    await recordKnowledge(db, [
      analysed({ decoy: 'dora@d.example', text: 'hi dora look at my photo http://x.example/a.scr?u=dora' }),
    ]);
    await recordKnowledge(db, [
      analysed({ decoy: 'max@d.example', text: 'hi max look at my photo http://x.example/a.scr?u=max' }),
    ]);
    const campaign = await findCampaign(db, campaignId('one'));
    expect(campaign?.template).toBe('hi … look at my photo http://x.example/a.scr?u=…');
  });

  test('fingerprints come back as they were, oldest first, the newest twelve of a campaign', async () => {
    const { db } = database;
    const words = Uint32Array.from([16, 0xffffffff, 23]);
    await recordKnowledge(db, [
      analysed({ campaign: 'late', at: '2026-01-06T00:00:00.000Z', analysis: { fingerprint: plain('e2') } }),
      analysed({ campaign: 'early', analysis: { fingerprint: { exact: 'e1', words, shape: 7, links: ['file:a'] } } }),
    ]);
    const [early, late] = await restoreCampaigns(db, 10);
    expect(early).toMatchObject({ campaign: campaignId('early'), captures: 1 });
    expect(early?.members).toEqual([{ exact: 'e1', words, shape: 7, links: ['file:a'] }]);
    expect(late).toMatchObject({ campaign: campaignId('late'), lastMs: Date.parse('2026-01-06T00:00:00.000Z') });
    for (let at = 0; at < 14; at++) {
      await recordKnowledge(db, [analysed({ campaign: 'late', analysis: { fingerprint: plain(`m${at}`) } })]);
    }
    const again = (await restoreCampaigns(db, 1))[0]?.members.map(({ exact }) => exact);
    expect(again).toEqual(['e2', ...Array.from({ length: 11 }, (_value, at) => `m${at}`)]);
  });

  test('keeps merges and splits with their time, and lets a merged campaign live on under the older id', async () => {
    const { db } = database;
    await recordKnowledge(db, [analysed({ campaign: 'old' }), analysed({ campaign: 'young' })]);
    const item = analysed({ campaign: 'old', at: '2026-01-07T00:00:00.000Z' });
    const cluster = { campaign: campaignId('old'), created: false, merged: campaignId('young') };
    await recordKnowledge(db, [{ ...item, cluster }]);
    const split = { campaign: campaignId('part'), created: true, splitFrom: campaignId('old') };
    await recordKnowledge(db, [{ ...analysed(), cluster: split }]);
    expect(await relationsOfCampaign(db, campaignId('old'))).toMatchObject([
      { kind: 'merged-into', campaign: campaignId('young'), other: campaignId('old'), at: '2026-01-07T00:00:00.000Z' },
      { kind: 'split-from', campaign: campaignId('part'), other: campaignId('old') },
    ]);
    const ids = (await restoreCampaigns(db, 10)).map(({ campaign }) => campaign);
    expect(ids.filter((id) => id === campaignId('old'))).toHaveLength(2);
  });

  test('counts the first wordings of a campaign from its second capture on', async () => {
    const { db } = database;
    await recordKnowledge(db, [analysed({ created: true })]);
    const wordings = Array.from({ length: 40 }, (_value, at) =>
      analysed({ analysis: { fingerprint: plain(`w${at}`) } }),
    );
    await recordKnowledge(db, wordings.slice(0, 20));
    await recordKnowledge(db, wordings.slice(0, 1));
    await recordKnowledge(db, wordings.slice(20));
    await recordKnowledge(db, wordings.slice(30));
    const found = await wordingsOfCampaign(db, campaignId('one'));
    expect(found[0]).toMatchObject({ captures: 2 });
    expect(found).toHaveLength(32);
  });

  test('an analyst sees template, wordings and no decoy', async () => {
    const { db } = database;
    const given = Array.from({ length: 12 }, (_value, at) => {
      const lure = ['somebody posted a picture of you', 'is this you in the clip', 'your profile came up'][at % 3];
      const text = `hi dora, ${lure}, log in at, http://evil${at}.example/${at}`;
      return analysed({ created: at === 0, text, analysis: { fingerprint: plain(`w${at % 3}`) } });
    });
    await recordKnowledge(db, given);
    const campaign = await findCampaign(db, campaignId('one'));
    if (campaign === undefined) throw new Error('no campaign');
    const detail = await campaignDetail(db, campaign);
    expect(detail.wordings.map(({ captures }) => captures)).toEqual([4, 4, 3]);
    expect(detail.inferred?.text).toContain('{one of: is this you in the clip|');
    expect(JSON.stringify(detail)).not.toContain('dora');
  });

  test('hostile values are stored: NUL, lone surrogates, very long indicators', async () => {
    const { db } = database;
    const value = `http://evil.example/\u0000\ud800${'a'.repeat(100_000)}`;
    const text = `x\u0000\udc00${'y'.repeat(100_000)}`;
    await recordKnowledge(db, [analysed({ text, analysis: { indicators: [{ type: 'url', value }] } })]);
    expect((await findIndicator(db, { type: 'url', value }))?.value.length).toBe(2048);
    expect((await findCampaign(db, campaignId('one')))?.samples[0]?.length).toBe(2000);
  });

  test('lists by network, class and time with a total', async () => {
    const { db } = database;
    await recordKnowledge(db, [
      analysed({ campaign: 'a', network: 'irc' }),
      analysed({ campaign: 'b', at: '2026-01-06T00:00:00.000Z', analysis: { class: 'spam' } }),
    ]);
    expect((await listCampaigns(db, { network: 'irc' })).campaigns.map(({ id }) => id)).toEqual([campaignId('a')]);
    expect((await listCampaigns(db, { class: 'spam' })).total).toBe(1);
    expect((await listCampaigns(db, { since: '2026-01-05T12:00:00.000Z' })).total).toBe(1);
    expect(await listCampaigns(db, { limit: 1, offset: 1 })).toMatchObject({
      total: 2,
      campaigns: [{ id: campaignId('a') }],
    });
  });

  test('an empty batch does nothing', async () => {
    expect((await recordKnowledge(database.db, [])).size).toBe(0);
  });
});
