// Drafts, imports and "have you seen this?" over real HTTP, with the range's outbreak as the captures.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { until } from '../../test/support/sundew.ts';
import type * as contract from './api/contract.ts';
import { openTestCenter, type TestCenter } from './testing/open-center.ts';

type Drafts = z.infer<typeof contract.DraftPage>;
type Answer = z.infer<typeof contract.LookupAnswer>;

let whole: TestCenter;
beforeAll(async () => {
  whole = await openTestCenter();
});
afterAll(async () => {
  await whole[Symbol.asyncDispose]();
});

async function ask(text: string): Promise<Answer> {
  const answer = await whole.call('POST', '/api/v1/lookup', { text });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return (await answer.json()) as Answer;
}

describe('have you seen this?', () => {
  test('finds a family by a mistyped name, a lure, a file name and a hash nobody knows', async () => {
    expect((await ask('kelvri')).threats).toContainEqual(
      expect.objectContaining({ id: 'im.kelvir.msn', because: 'name' }),
    );
    const lure = await ask('lol is this your new profile pic? http://x.example/?img=me');
    expect(lure.threats).toContainEqual(
      expect.objectContaining({ id: 'im.dorkbot-on-skype.multi', because: 'matches' }),
    );
    expect(lure.indicators.map(({ defanged }) => defanged).join()).not.toContain('http://');
    const hash = 'a'.repeat(64);
    expect(await ask(`${hash}`)).toMatchObject({ threats: [], indicators: [{ type: 'sha256', defanged: hash }] });
  });
  test('answers the released warning of a pasted lure, and nothing of one that is not released', async () => {
    const warning = await until(async () => {
      const page = (await (await whole.call('GET', '/api/v1/warnings')).json()) as z.infer<typeof contract.WarningPage>;
      return page.warnings.find(({ template }) => template !== undefined && template.length > 40);
    });
    const found = await ask(warning.template?.replaceAll('…', 'x') ?? '');
    expect(found.warnings.map(({ id }) => id)).toContain(warning.id);
    expect((await ask('a text that nobody ever sent to any decoy of this installation')).warnings).toEqual([]);
  });
  test('is limited in size and in number', async () => {
    expect((await whole.call('POST', '/api/v1/lookup', { text: 'x'.repeat(9_000) })).status).toBe(400);
    const many = await Promise.all(
      Array.from({ length: 25 }, () => whole.call('POST', '/api/v1/lookup', { text: 'kelvir' })),
    );
    expect(many.map(({ status }) => status)).toContain(429);
  });
});

describe('drafts', () => {
  test('a campaign that raised a warning is one, is under review for the public, and becomes an entry', async () => {
    const draft = await until(async () => {
      const page = await whole.control.call<Drafts>('GET', '/api/v1/drafts?realm=simulated');
      return page.drafts[0];
    });
    const review = (await (await whole.call('GET', '/api/v1/under-review')).json()) as z.infer<
      typeof contract.DraftViews
    >;
    expect(JSON.stringify(review)).not.toContain(draft.campaign);
    expect((await whole.call('GET', '/api/v1/drafts')).status).toBe(401);
    expect((await whole.call('GET', `/api/v1/threats/${draft.id}`)).status).toBe(404);
    const path = `/api/v1/drafts/${draft.campaign}`;
    const id = 'im.made-by-range.multi';
    const edited = await whole.control.call<z.infer<typeof contract.Draft>>('PUT', `${path}?realm=simulated`, {
      revision: (await whole.control.call<z.infer<typeof contract.Draft>>('GET', `${path}?realm=simulated`)).revision,
      id,
      entry: { ...draft.entry, tlp: 'clear', summary: 'Looked at.' },
    });
    expect(edited).toMatchObject({ touched: true, id });
    const decision = { revision: edited.revision, reason: 'reviewed' };
    expect(await whole.control.call('POST', `${path}/publish?realm=simulated`, decision)).toEqual({ id, revision: 1 });
    const shown = (await (await whole.call('GET', `/api/v1/threats/${id}`)).json()) as z.infer<typeof contract.Threat>;
    expect(shown.entry.summary).toBe('Looked at.');
    const graph = (await (await whole.call('GET', `/api/v1/threats/${id}/graph`)).json()) as z.infer<
      typeof contract.ThreatGraph
    >;
    expect(graph.nodes[0]).toMatchObject({ id, kind: 'threat' });
    expect(graph.timeline.length).toBeGreaterThan(1);
  });
});

describe('the desk', () => {
  test('imports, accepts a suggestion, and shows what changed', async () => {
    const source = {
      origin: 'misp-galaxy',
      ref: '11111111-1111-4111-8111-111111111111',
      kind: 'botnet',
      name: 'Opanki',
      aliases: ['W32.Opanki.Z'],
      description: '',
      references: [],
      tlp: 'clear',
      confidence: 50,
    };
    const body = { file: 'x.json', dryRun: false, sources: [source] };
    expect((await whole.call('POST', '/api/v1/knowledge/sources', body)).status).toBe(401);
    await whole.control.call('POST', '/api/v1/knowledge/sources?realm=simulated', body);
    const { suggestions } = await whole.control.call<z.infer<typeof contract.SuggestionPage>>(
      'GET',
      '/api/v1/knowledge/suggestions?realm=simulated&threat=im.opanki.aim',
    );
    const decision = { source: suggestions[0]?.source, threat: 'im.opanki.aim', accept: true };
    await whole.control.call('POST', '/api/v1/knowledge/suggestions?realm=simulated', decision);
    const diff = await whole.control.call<z.infer<typeof contract.ThreatDiff>>(
      'GET',
      '/api/v1/threats/im.opanki.aim/diff?from=1&to=2&realm=simulated',
    );
    expect(diff.changes).toContainEqual({ field: 'aliases', removed: [], added: ['W32.Opanki.Z'] });
  });
  test('merges over HTTP; strangers read the pointer', async () => {
    const path = '/api/v1/threats/im.bropia-k.msn/merge';
    await whole.control.call('POST', `${path}?realm=simulated`, { into: 'im.bropia.msn', reason: 'the same' });
    const shown = (await (await whole.call('GET', '/api/v1/threats/im.bropia-k.msn')).json()) as z.infer<
      typeof contract.Threat
    >;
    expect(shown.mergedInto).toBe('im.bropia.msn');
  });
});
