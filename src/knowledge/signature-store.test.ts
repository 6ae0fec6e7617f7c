import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldText } from '../analysis/normalize/fold.ts';
import { compileSignatures, matchSignatures } from '../analysis/signatures.ts';
import type { ThreatSignature } from '../analysis/types.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { fileNameOfAlias } from './alias-file.ts';
import { attachIndicators, indicatorsOfThreat } from './indicator-store.ts';
import { seedThreats } from './seed.ts';
import { loadSignatures } from './signature-store.ts';
import { chatter } from './testing/chatter.ts';

let database: TestDatabase;
let signatures: readonly ThreatSignature[];
const NOW = new Date('2026-01-05T10:00:00.000Z');
beforeAll(async () => {
  database = await testDatabase();
  await seedThreats(database.db, NOW);
  signatures = await loadSignatures(database.db);
});
afterAll(() => database.close());

/** Threats that analysis would match a text with. */
function lureHits(text: string): readonly string[] {
  const found = matchSignatures(compileSignatures(signatures), { folded: foldText(text), indicators: [] });
  return found.map(({ threat }) => threat);
}

describe('signatures', () => {
  test('come from lures, file names and aliases that are file names', () => {
    expect(signatures).toContainEqual(
      expect.objectContaining({
        threat: 'im.sdbot-add-rootkit.multi',
        kind: 'file-name',
        pattern: 'lockx.exe',
        class: 'worm',
      }),
    );
    expect(signatures.filter(({ kind }) => kind === 'lure').length).toBeGreaterThan(5);
  });
  test('a lure has four words or more unless they are rare', () => {
    const short = signatures.flatMap((one) => (one.kind === 'lure' && one.words.length < 4 ? [one.threat] : []));
    expect(short).toEqual(['im.giftcom.multi', 'im.skype-photo-wave-may-2013.skype']);
  });
  test('match known lures', () => {
    expect(lureHits('FREE Discord Nitro for 3 months from Steam! http://dlscord.example')).toContain(
      'phish.discord-nitro-gift-phishing.discord',
    );
    expect(lureHits('lol is this your new profile pic? http://x.example/?img=me')).toEqual([
      'im.dorkbot-on-skype.multi',
    ]);
  });
  test('match none of a few hundred harmless lines', () => {
    expect(chatter().length).toBeGreaterThan(300);
    expect(chatter().filter((line) => lureHits(line).length > 0)).toEqual([]);
  });
  test('no harmless entry has one', () => {
    expect(signatures.filter(({ threat }) => threat.startsWith('nuisance.'))).toEqual([]);
  });
  test('an indicator attached to a threat becomes one, unless nobody is sure of it', async () => {
    const sure = { type: 'domain', value: 'evil.example' } as const;
    const unsure = { type: 'domain', value: 'perhaps.example' } as const;
    const given = { source: 'ann', now: NOW };
    await attachIndicators(database.db, 'im.kelvir.msn', [sure, sure], { ...given, confidence: 90 });
    await attachIndicators(database.db, 'im.kelvir.msn', [unsure], { ...given, confidence: 20 });
    const found = (await loadSignatures(database.db)).filter(({ kind }) => kind === 'indicator');
    expect(found).toEqual([{ threat: 'im.kelvir.msn', kind: 'indicator', ...sure }]);
    expect(await indicatorsOfThreat(database.db, 'im.kelvir.msn')).toMatchObject([sure, unsure]);
  });
});

test.each([
  ['lockx.exe', 'lockx.exe'],
  ['DSC00432.jpg.exe', 'dsc00432.jpg.exe'],
  ['summer2008.zip worm', 'summer2008.zip'],
  ['Hello.exe', undefined],
  ['video_xxxx.zip', undefined],
  ['gift.com', undefined],
  ['W32.Kelvir', undefined],
  [`${'a-'.repeat(50_000)}.exe`, undefined],
])('the alias %s stands for the file %s', (alias, file) => {
  expect(fileNameOfAlias(alias)).toBe(file);
});
