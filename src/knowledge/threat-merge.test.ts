import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { attachIndicators, indicatorsOfThreat } from './indicator-store.ts';
import { relatedTo } from './relation-store.ts';
import { seedThreats } from './seed.ts';
import { loadSignatures } from './signature-store.ts';
import { diffEntries } from './threat-diff.ts';
import { mergeThreats, splitVariant } from './threat-merge.ts';
import { findThreat, listRevisions, searchThreats } from './threat-store.ts';
import type { StoredThreat } from './types.ts';

let database: TestDatabase;
const NOW = new Date('2026-01-05T10:00:00.000Z');
const BY = { author: 'ann', reason: 'one and the same', now: NOW };
beforeAll(async () => {
  database = await testDatabase();
  await seedThreats(database.db, NOW);
});
afterAll(() => database.close());

async function threat(id: string): Promise<StoredThreat> {
  const found = await findThreat(database.db, id);
  if (found === undefined) throw new Error(`${id} is missing`);
  return found;
}

describe('merging', () => {
  test('moves names, references and indicators, keeps every word of the target, and leaves a pointer', async () => {
    const before = await threat('im.bropia.msn');
    const evil = { type: 'domain', value: 'evil.example' } as const;
    await attachIndicators(database.db, 'im.bropia-k.msn', [evil], { confidence: 90, source: 'ann', now: NOW });
    await mergeThreats(database.db, 'im.bropia-k.msn', 'im.bropia.msn', BY);
    const { entry } = await threat('im.bropia.msn');
    expect(entry.aliases).toEqual([...before.entry.aliases, 'Bropia.K']);
    expect(entry).toMatchObject({ summary: before.entry.summary, lure: before.entry.lure, firstSeen: '2005-01-19' });
    expect(await indicatorsOfThreat(database.db, 'im.bropia.msn')).toMatchObject([evil]);
    expect((await threat('im.bropia-k.msn')).entry.relations).toEqual([
      { kind: 'merged-into', threat: 'im.bropia.msn' },
    ]);
    expect((await listRevisions(database.db, 'im.bropia-k.msn')).map(({ revision }) => revision)).toEqual([2, 1]);
  });
  test('a merged entry is out of the public list and has no signatures', async () => {
    const listed = await searchThreats(database.db, { q: 'bropia', published: true, limit: 50 });
    expect(listed.threats.map(({ id }) => id)).not.toContain('im.bropia-k.msn');
    const names = (await loadSignatures(database.db)).map(({ threat: of }) => of);
    expect(names).not.toContain('im.bropia-k.msn');
  });
  test('nothing merges into itself, into what was merged, or into nothing', async () => {
    const refused = (from: string, into: string, code: string) =>
      expect(mergeThreats(database.db, from, into, BY)).rejects.toMatchObject({ code });
    await refused('im.bropia.msn', 'im.bropia.msn', 'INPUT_INVALID');
    await refused('im.kelvir.msn', 'im.bropia-k.msn', 'INPUT_INVALID');
    await refused('im.kelvir.msn', 'im.no-such.msn', 'THREAT_UNKNOWN');
    expect((await threat('im.kelvir.msn')).revision).toBe(1);
  });
});

describe('splitting', () => {
  test('makes an alias an entry that points back, and takes it from the first', async () => {
    const made = await splitVariant(
      database.db,
      'blended.yaha.multi',
      { variant: 'W32.Yaha.K@mm', id: 'blended.yaha-k.multi' },
      BY,
    );
    expect(made.entry).toMatchObject({
      name: 'W32.Yaha.K@mm',
      aliases: [],
      relations: [{ kind: 'variant-of', threat: 'blended.yaha.multi' }],
    });
    expect((await threat('blended.yaha.multi')).entry.aliases).not.toContain('W32.Yaha.K@mm');
    expect(await relatedTo(database.db, await threat('blended.yaha.multi'))).toContainEqual({
      to: 'blended.yaha-k.multi',
      kind: 'variant-of',
    });
  });
  test('a taken id or an unknown variant changes nothing', async () => {
    const split = (variant: string, id: string) => splitVariant(database.db, 'im.kelvir.msn', { variant, id }, BY);
    await expect(split('W32.Kelvir', 'im.bropia.msn')).rejects.toMatchObject({ code: 'THREAT_CONFLICT' });
    await expect(split('Nothing', 'im.nothing.msn')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect((await threat('im.kelvir.msn')).entry.aliases).toContain('W32.Kelvir');
  });
});

test('two revisions are compared field by field, lists line by line', async () => {
  const { entry } = await threat('im.kelvir.msn');
  const changes = diffEntries(entry, {
    ...entry,
    severity: 'low',
    aliases: [...entry.aliases.slice(1), 'New'],
    variants: [{ name: 'Kelvir.A', seen: '2005', note: 'first' }],
    avoid: entry.avoid.toReversed(),
  });
  expect(changes.filter(({ field }) => field !== 'avoid')).toEqual([
    { field: 'aliases', removed: [entry.aliases[0]], added: ['New'] },
    { field: 'severity', removed: [entry.severity], added: ['low'] },
    { field: 'variants', removed: [], added: ['Kelvir.A – 2005 – first'] },
  ]);
  expect(diffEntries(entry, structuredClone(entry))).toEqual([]);
});
