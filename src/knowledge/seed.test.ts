import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { SEED_FILES, SEED_LURES } from './data/signatures.ts';
import { entryOfSeed, readSeed, type SeedThreat, seedThreats } from './seed.ts';
import { loadSignatures } from './signature-store.ts';
import { TECHNIQUES_BY_VECTOR } from './techniques.ts';
import { findThreat, listRevisions, reviseThreat } from './threat-store.ts';

let database: TestDatabase;
let seeds: readonly SeedThreat[];
const SHIPPED = 228;
const NOW = new Date('2026-01-05T10:00:00.000Z');
beforeAll(async () => {
  database = await testDatabase();
  seeds = await readSeed();
});
afterAll(() => database.close());

describe('the shipped threats', () => {
  test('are 228 with ids of their own, in order of time', () => {
    expect(seeds).toHaveLength(SHIPPED);
    expect(new Set(seeds.map(({ id }) => id)).size).toBe(SHIPPED);
    const times = seeds.map(({ firstSeen }) => firstSeen);
    expect(times).toEqual([...times].sort());
  });
  test('all have a type that the summary and the class have words for', () => {
    expect(seeds.filter((seed) => entryOfSeed(seed).summary.startsWith('A threat ('))).toEqual([]);
  });
  test('every one becomes an entry that says how to avoid and remove it', () => {
    for (const seed of seeds) {
      const entry = entryOfSeed(seed);
      expect(entry.avoid.length, seed.id).toBeGreaterThan(0);
      expect(entry.remove.length, seed.id).toBeGreaterThan(0);
      expect(entry.summary.length, seed.id).toBeGreaterThan(20);
      expect(entry.confirmed).toBe(seed.verified === 'yes');
    }
  });
  test('every vector but the unknown has techniques', () => {
    const vectors = new Set(seeds.flatMap(({ vectors: given }) => given));
    expect([...vectors].filter((one) => TECHNIQUES_BY_VECTOR[one] === undefined)).toEqual(['unknown']);
  });
  test('Project Upstream is no threat: severity info, no technique', () => {
    const seed = seeds.find(({ type }) => type === 'nuisance-bot');
    expect(seed && entryOfSeed(seed)).toMatchObject({ severity: 'info', techniques: [] });
  });
  test('every shipped signature names a shipped threat', () => {
    const ids = new Set(seeds.map(({ id }) => id));
    expect([...SEED_LURES, ...SEED_FILES].filter(({ threat }) => !ids.has(threat))).toEqual([]);
  });
});

describe('seeding', () => {
  test('adds every entry with its first revision, and nothing the second time', async () => {
    expect(await seedThreats(database.db, NOW)).toBe(SHIPPED + 215);
    const before = await loadSignatures(database.db);
    expect(await seedThreats(database.db, NOW)).toBe(0);
    expect(await listRevisions(database.db, 'im.kelvir.msn')).toMatchObject([{ revision: 1, author: 'Sundew' }]);
    expect(await loadSignatures(database.db)).toHaveLength(before.length);
  });
  test('never overwrites what an analyst wrote', async () => {
    const kelvir = await findThreat(database.db, 'im.kelvir.msn');
    if (kelvir === undefined) throw new Error('not seeded');
    const entry = { ...kelvir.entry, summary: 'mine' };
    await reviseThreat(database.db, kelvir.id, { revision: 1, entry, author: 'ann', reason: 'better', now: NOW });
    await seedThreats(database.db, NOW);
    expect(await findThreat(database.db, kelvir.id)).toMatchObject({ revision: 2, entry: { summary: 'mine' } });
    expect(await listRevisions(database.db, kelvir.id)).toHaveLength(2);
  });
});
