import { expect, test } from 'vitest';
import { testDatabase } from '../storage/testing/test-database.ts';
import { wordingsOfCampaign } from './campaign-history-store.ts';
import { findCampaign } from './campaign-store.ts';
import { forgetText } from './forget-store.ts';
import { recordKnowledge } from './record.ts';
import { analysed, campaignId } from './testing/analysed.ts';

test('a text is taken out of the examples of its campaign and of the one that it was merged into', async () => {
  await using database = await testDatabase();
  const { db } = database;
  const said = (text: string, campaign: string, decoy: string) =>
    analysed({
      ...{ text, campaign, decoy, created: false },
      analysis: { fingerprint: { exact: text, words: new Uint32Array(), links: [] } },
    });
  await recordKnowledge(db, [said('private words', 'young', 'a'), said('other words', 'young', 'b')]);
  await recordKnowledge(db, [said('private words', 'old', 'a'), said('words of many', 'old', 'b')]);
  await recordKnowledge(db, [said('words of many', 'old', 'c')]);
  const cluster = { campaign: campaignId('old'), created: false, merged: campaignId('young') };
  await recordKnowledge(db, [{ ...said('a later one', 'old', 'd'), cluster }]);

  for (const text of ['private words', 'words of many']) await forgetText(db, campaignId('young'), text);
  const samples = async (name: string) => (await findCampaign(db, campaignId(name)))?.samples;
  expect(await samples('young')).toEqual(['other words']);
  expect(await samples('old')).toEqual(['a later one']);
  const wordings = await wordingsOfCampaign(db, campaignId('old'));
  expect(wordings.map(({ sample }) => sample)).toEqual(expect.arrayContaining(['words of many', 'a later one']));
  expect(wordings.map(({ sample }) => sample)).not.toContain('private words');
});
