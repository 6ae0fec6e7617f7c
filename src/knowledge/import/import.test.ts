import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../storage/testing/test-database.ts';
import { seedThreats } from '../seed.ts';
import { findThreat, listRevisions } from '../threat-store.ts';
import { parseBounded } from './bounded-json.ts';
import { parseMispGalaxy } from './misp-galaxy.ts';
import { bareName } from './same-name.ts';
import { decideSuggestion, importSources, openSuggestions } from './source-store.ts';
import { parseStix } from './stix.ts';

const NOW = new Date('2026-01-05T10:00:00.000Z');

// Made up, in the form of the galaxy's clusters (misp-galaxy, schema_clusters.json).
const GALAXY = JSON.stringify({
  type: 'botnet',
  values: [
    {
      value: 'Kelvir',
      uuid: '11111111-1111-4111-8111-111111111111',
      description: 'A worm.',
      meta: {
        synonyms: ['Worm:Win32/Kelvir.A', 7, ''],
        refs: ['https://ref.example/kelvir'],
        'attribution-confidence': '80',
      },
    },
    { value: 'Brandnew', uuid: '22222222-2222-4222-8222-222222222222' },
    { value: 'No id' },
    'nonsense',
  ],
});
const MALWARE = 'malware--33333333-3333-4333-8333-333333333333';
const bundle = (given: object = {}, more: readonly object[] = []): string =>
  JSON.stringify({
    type: 'bundle',
    id: 'bundle--x',
    objects: [{ type: 'malware', id: MALWARE, name: 'W32/Bropia', aliases: ['Bropia'], ...given }, ...more],
  });

describe('MISP galaxy clusters', () => {
  test('become sources with provenance; what has no name or id is left out', () => {
    const { sources, skipped } = parseMispGalaxy(GALAXY);
    expect(skipped).toBe(2);
    expect(sources[0]).toEqual({
      origin: 'misp-galaxy',
      ref: '11111111-1111-4111-8111-111111111111',
      kind: 'botnet',
      name: 'Kelvir',
      aliases: ['Worm:Win32/Kelvir.A'],
      description: 'A worm.',
      references: ['https://ref.example/kelvir'],
      tlp: 'clear',
      confidence: 80,
    });
  });
  test.each(['', '[]', '{}', '{"type":1,"values":[]}', '"x"', 'null', '{"values":[]}'])('refuses %j', (text) => {
    expect(() => parseMispGalaxy(text)).toThrowError(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });
});

describe('STIX bundles', () => {
  // TLP 1 ids: STIX 2.1 section 7.2.1.4.
  test.each([
    [undefined, 'green'],
    [['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9'], 'clear'],
    [['marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed'], 'red'],
    [['marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003'], 'amber+strict'],
    [['marking-definition--unknown'], 'red'],
    [
      [
        'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',
        'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82',
      ],
      'amber',
    ],
  ])('markings %j give TLP %s', (refs, tlp) => {
    expect(parseStix(bundle(refs === undefined ? {} : { object_marking_refs: refs })).sources[0]).toMatchObject({
      tlp,
    });
  });
  test('a bundle cannot redefine the markings of the standard', () => {
    const red = 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed';
    const lie = { type: 'marking-definition', id: red, name: 'TLP:CLEAR' };
    expect(parseStix(bundle({ object_marking_refs: [red] }, [lie])).sources[0]).toMatchObject({ tlp: 'red' });
  });
  test('what is revoked or of another kind is left out', () => {
    expect(parseStix(bundle({ revoked: true }))).toEqual({ sources: [], skipped: 1 });
    expect(parseStix(bundle({ confidence: 35 }, [{ type: 'identity', id: 'identity--x', name: 'x' }]))).toMatchObject({
      sources: [{ confidence: 35, kind: 'malware' }],
      skipped: 1,
    });
  });
});

describe('hostile files', () => {
  test('nesting is counted before parsing', () => {
    expect(() => parseBounded('['.repeat(100_000))).toThrowError(/nested deeper/);
    expect(parseBounded(`"${'['.repeat(100)}"`)).toHaveLength(100);
  });
  test('any text is sources or a coded error, and never touches a prototype', () => {
    const parsers = [parseMispGalaxy, parseStix];
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json(), fc.constant('{"type":"bundle","objects":[{"__proto__":{"x":1}}]}')),
        (text) => {
          for (const parse of parsers) {
            try {
              expect(parse(text).sources).toBeInstanceOf(Array);
            } catch (error) {
              expect(error).toMatchObject({ code: 'INPUT_INVALID' });
            }
          }
          expect(({} as Record<string, unknown>).x).toBeUndefined();
        },
      ),
    );
  });
});

test.each([
  ['W32/Kelvir.A-D', 'kelvir'],
  ['Worm:Win32/Slenfbot', 'slenfbot'],
  ['IM-Worm.Win32.Sohanad', 'sohanad'],
  ['W32.Goner.A@mm', 'goner'],
  ['P2P ZeuS - S0016', 'p2pzeus'],
  ['Bagle (share variants)', 'bagle'],
  ['Agent', undefined],
  ['W32/', undefined],
])('bare name of %s', (name, bare) => {
  expect(bareName(name)).toBe(bare);
});

describe('importing', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await seedThreats(database.db, NOW);
  });
  afterAll(() => database.close());
  const given = { file: 'botnet.json', now: NOW, dryRun: false };

  test('a dry run says what would happen and stores nothing', async () => {
    const { sources } = parseMispGalaxy(GALAXY);
    const report = await importSources(database.db, sources, { ...given, dryRun: true });
    expect(report).toMatchObject({ added: 2, changed: 0, same: 0 });
    expect(report.suggestions).toBeGreaterThan(0);
    expect((await openSuggestions(database.db)).total).toBe(0);
  });
  test('the same file twice adds nothing, a changed one changes', async () => {
    const { sources } = parseMispGalaxy(GALAXY);
    expect(await importSources(database.db, sources, given)).toMatchObject({ added: 2 });
    expect(await importSources(database.db, sources, given)).toEqual({ added: 0, changed: 0, same: 2, suggestions: 0 });
    const other = sources.map((one) => ({ ...one, description: 'newer' }));
    expect(await importSources(database.db, other, given)).toMatchObject({ added: 0, changed: 2 });
  });
  test('no entry changes until an analyst accepts, and then no word of it is lost', async () => {
    const before = await findThreat(database.db, 'im.kelvir.msn');
    const { suggestions } = await openSuggestions(database.db, { threat: 'im.kelvir.msn' });
    const source = suggestions[0]?.source ?? '';
    expect(suggestions).toMatchObject([{ alias: 'kelvir', threatName: 'Kelvir', file: 'botnet.json' }]);
    const decision = { source, threat: 'im.kelvir.msn', accept: true, author: 'ann', now: NOW };
    await decideSuggestion(database.db, decision);
    const after = await findThreat(database.db, 'im.kelvir.msn');
    expect(after?.entry).toMatchObject({
      aliases: [...(before?.entry.aliases ?? []), 'Worm:Win32/Kelvir.A'],
      references: [...(before?.entry.references ?? []), 'https://ref.example/kelvir'],
      sources: [{ origin: 'misp-galaxy', name: 'Kelvir', confidence: 80, tlp: 'clear' }],
      summary: before?.entry.summary,
    });
    expect((await listRevisions(database.db, 'im.kelvir.msn'))[0]).toMatchObject({ author: 'ann', revision: 2 });
    await expect(decideSuggestion(database.db, decision)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await importSources(database.db, parseMispGalaxy(GALAXY).sources, given);
    expect((await openSuggestions(database.db, { threat: 'im.kelvir.msn' })).total).toBe(0);
  });
  test('what is marked more narrowly than the entry gives its provenance alone', async () => {
    const { sources } = parseStix(
      bundle({ object_marking_refs: ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82'] }),
    );
    await importSources(
      database.db,
      sources.map((one) => ({ ...one, aliases: ['Bropia', 'Secret name'] })),
      given,
    );
    const { suggestions } = await openSuggestions(database.db, { threat: 'im.bropia.msn' });
    const source = suggestions[0]?.source ?? '';
    const stored = await decideSuggestion(database.db, {
      source,
      threat: 'im.bropia.msn',
      accept: true,
      author: 'ann',
      now: NOW,
    });
    expect(stored?.entry.aliases).not.toContain('Secret name');
    expect(stored?.entry.sources).toMatchObject([{ origin: 'stix', ref: MALWARE, tlp: 'amber' }]);
  });
});
