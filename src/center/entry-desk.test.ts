// An entry from nothing to the public page over real HTTP: refused at its fields, published, revised, compared.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type * as contract from './api/contract.ts';
import { openTestCenter, type TestCenter } from './testing/open-center.ts';

type Draft = z.infer<typeof contract.Draft>;
type Threat = z.infer<typeof contract.Threat>;
type Entry = z.infer<typeof contract.ThreatEntry>;

const REALM = '?realm=simulated';
const ID = 'im.opener.xmpp';
const SECRET = 'im.kept-inside.xmpp';
const ENTRY: Entry = {
  ...{ name: 'Opener', aliases: [], type: 'im-worm', networks: ['xmpp'], firstSeen: '2026-01', status: 'active' },
  ...{ severity: 'high', severityReason: '', confirmed: true, tlp: 'clear', vectors: [], summary: '', lure: '' },
  ...{ payload: '', atRisk: '', avoid: [], remove: [], notes: '', techniques: [], references: [], source: '' },
};

let whole: TestCenter;
beforeAll(async () => {
  whole = await openTestCenter();
});
afterAll(async () => {
  await whole[Symbol.asyncDispose]();
});

async function publish(id: string, entry: Entry): Promise<void> {
  const { campaign, revision } = await whole.control.call<Draft>('POST', `/api/v1/drafts${REALM}`, { id, entry });
  const decision = { revision, reason: 'reviewed' };
  await whole.control.call('POST', `/api/v1/drafts/${campaign}/publish${REALM}`, decision);
}

describe('an entry from nothing', () => {
  test('is for analysts, and is refused with every place that is wrong', async () => {
    expect((await whole.call('POST', '/api/v1/drafts', { id: ID, entry: ENTRY })).status).toBe(401);
    const answer = whole.control.call('POST', `/api/v1/drafts${REALM}`, {
      id: 'Opener',
      entry: { ...ENTRY, firstSeen: 'soon', steps: [''] },
    });
    await expect(answer).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: 'id: channel.family.network in small letters, as im.kelvir.msn',
      fields: [{ at: 'id' }, { at: 'entry.firstSeen' }, { at: 'entry.steps.0' }],
    });
  });
  test('a relation that leads nowhere and an id that is taken are refused', async () => {
    const begin = (id: string, entry: Entry) => whole.control.call('POST', `/api/v1/drafts${REALM}`, { id, entry });
    const relations: Entry['relations'] = [{ kind: 'drops', threat: 'im.nobody.msn' }];
    await expect(begin(ID, { ...ENTRY, relations })).rejects.toThrow(
      'entry.relations.0.threat: no threat "im.nobody.msn" is in the knowledge base',
    );
    await expect(begin('im.kelvir.msn', ENTRY)).rejects.toThrow('already in the knowledge base');
  });
  test('becomes a draft without a campaign, then an entry that everybody reads', async () => {
    const relations: Entry['relations'] = [{ kind: 'variant-of', threat: 'im.kelvir.msn' }];
    const draft = await whole.control.call<Draft>('POST', `/api/v1/drafts${REALM}`, {
      id: ID,
      entry: { ...ENTRY, relations },
    });
    expect(draft).toMatchObject({ ofCampaign: false, touched: true, revision: 1 });
    expect((await whole.call('GET', `/api/v1/threats/${ID}`)).status).toBe(404);
    const decision = { revision: 1, reason: 'reviewed' };
    await whole.control.call('POST', `/api/v1/drafts/${draft.campaign}/publish${REALM}`, decision);
    const shown = (await (await whole.call('GET', `/api/v1/threats/${ID}`)).json()) as Threat;
    expect(shown.entry).toEqual({ ...ENTRY, relations, sources: [] });
  });
  test('outsiders learn no source and no relation that is not for everybody; analysts do, and find every entry', async () => {
    await publish(SECRET, { ...ENTRY, name: 'Kept inside', tlp: 'red' });
    const sources = (['clear', 'amber'] as const).map((tlp) => ({
      ...{ name: `A ${tlp} feed`, origin: 'stix', ref: tlp, tlp, confidence: 50 },
    }));
    const relations = [ID, SECRET].map((threat) => ({ kind: 'related-to' as const, threat }));
    await publish('im.opener-b.xmpp', { ...ENTRY, sources, relations });
    const outside = await (await whole.call('GET', '/api/v1/threats/im.opener-b.xmpp')).text();
    expect(outside).toContain(ID);
    expect(outside).not.toMatch(/im\.kept-inside|amber feed/);
    const path = `/api/v1/threats/im.opener-b.xmpp${REALM}`;
    expect((await whole.call('GET', path)).status).toBe(401);
    expect((await whole.control.call<Threat>('GET', path)).entry).toMatchObject({ sources, relations });
    const list = await whole.control.call<z.infer<typeof contract.EntryPage>>(
      'GET',
      `/api/v1/console/threats${REALM}&q=kept`,
    );
    expect(list.entries).toContainEqual(expect.objectContaining({ id: SECRET, tlp: 'red', revision: 1 }));
    expect((await whole.call('GET', '/api/v1/console/threats')).status).toBe(401);
  });
});

test('a long entry is taken: a refusal by its size would lose what was written', async () => {
  const detection = Array.from({ length: 50 }, () => ({ kind: 'yara' as const, text: 'x'.repeat(9_000) }));
  const begun = { id: 'im.long.xmpp', entry: { ...ENTRY, detection } };
  expect(await whole.control.call<Draft>('POST', `/api/v1/drafts${REALM}`, begun)).toMatchObject({
    id: 'im.long.xmpp',
  });
});
