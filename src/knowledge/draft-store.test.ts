import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { type DraftFacts, draftEntryOf, draftIdOf } from './draft-entry.ts';
import { dismissDraft, editDraft, findDraft, listDrafts, publishDraft, saveDrafts } from './draft-store.ts';
import { campaignId } from './testing/analysed.ts';
import { findThreat } from './threat-store.ts';

let database: TestDatabase;
const NOW = new Date('2026-01-05T10:00:00.000Z');
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

function facts(given: Partial<DraftFacts> = {}): DraftFacts {
  return {
    campaign: campaignId('draft'),
    title: 'Worm on XMPP: link to an executable',
    class: 'worm',
    severity: 'high',
    networks: ['xmpp'],
    template: 'look at this …',
    indicators: [{ type: 'url', value: 'http://evil.example/photo.scr' }],
    reasons: ['harm'],
    advice: ['Do not open it.'],
    firstSeen: '2026-01-05T10:00:00.000Z',
    lastSeen: '2026-01-05T11:00:00.000Z',
    decoys: '3-9',
    senders: '3-9',
    captures: '10-29',
    ...given,
  };
}

describe('a draft', () => {
  test('is filled from captures: template, hosts, reach as bands, timeline; unconfirmed and not for everybody', () => {
    expect(draftEntryOf(facts())).toMatchObject({
      type: 'im-worm',
      vectors: ['url'],
      lure: 'look at this …',
      summary: 'Worm on XMPP: link to an executable. 10-29 captures at 3-9 decoys from 3-9 senders.',
      confirmed: false,
      tlp: 'amber',
      status: 'emerging',
      detection: [
        { kind: 'lure', text: 'look at this …' },
        { kind: 'filter', text: 'url http://evil.example/photo.scr' },
      ],
      timeline: [{ at: '2026-01-05T10:00:00.000Z' }, { at: '2026-01-05T11:00:00.000Z' }],
    });
  });
  test.each([
    [{ networks: ['msnp'] }, /^im\.campaign-[0-9a-f]{8}\.msn$/],
    [{ networks: ['gnutella'] }, /^p2p\.campaign-[0-9a-f]{8}\.gnutella$/],
    [{ networks: ['xmpp', 'irc'] }, /^im\.campaign-[0-9a-f]{8}\.multi$/],
  ] as const)('proposes an id for %j', (given, id) => {
    expect(draftIdOf(facts(given))).toMatch(id);
  });
});

describe('in the store', () => {
  const campaign = campaignId('draft');
  const by = { author: 'ann', now: NOW };

  test('captures keep it up to date until an analyst has touched it', async () => {
    await saveDrafts(database.db, [facts()], NOW);
    await saveDrafts(database.db, [facts({ captures: '30-99' })], NOW);
    const draft = await findDraft(database.db, campaign);
    expect(draft).toMatchObject({ revision: 2, touched: false });
    expect(draft?.entry.summary).toContain('30-99');
    const entry = draftEntryOf(facts({ title: 'mine' }));
    await editDraft(database.db, campaign, { ...by, revision: 2, id: 'im.newworm.xmpp', entry });
    await saveDrafts(database.db, [facts()], NOW);
    expect(await findDraft(database.db, campaign)).toMatchObject({
      revision: 3,
      touched: true,
      entry: { name: 'mine' },
    });
    await expect(
      editDraft(database.db, campaign, { ...by, revision: 2, id: 'im.newworm.xmpp', entry }),
    ).rejects.toMatchObject({ code: 'THREAT_CONFLICT' });
  });
  test('becomes an entry once, when somebody publishes it', async () => {
    expect(await findThreat(database.db, 'im.newworm.xmpp')).toBeUndefined();
    await publishDraft(database.db, campaign, { ...by, revision: 3, reason: 'looked at' });
    expect(await findThreat(database.db, 'im.newworm.xmpp')).toMatchObject({ revision: 1, entry: { name: 'mine' } });
    expect((await listDrafts(database.db)).total).toBe(0);
    await expect(publishDraft(database.db, campaign, { ...by, revision: 3, reason: 'again' })).rejects.toMatchObject({
      code: 'THREAT_CONFLICT',
    });
  });
  test('a dismissed one does not come back with the next capture', async () => {
    const other = campaignId('dismissed');
    await saveDrafts(database.db, [facts({ campaign: other })], NOW);
    await dismissDraft(database.db, other, { ...by, revision: 1, reason: 'noise' });
    await saveDrafts(database.db, [facts({ campaign: other })], NOW);
    expect(await findDraft(database.db, other)).toMatchObject({ state: 'dismissed' });
    await expect(
      dismissDraft(database.db, campaignId('none'), { ...by, revision: 1, reason: 'x' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
