import { describe, expect, test } from 'vitest';
import { readSeed, shippedEntries } from '../../knowledge/seed.ts';
import { EditedEntry } from './entry-contract.ts';

const FULL = {
  name: 'Opener',
  aliases: ['W32/Opener'],
  type: 'im-worm',
  networks: ['xmpp'],
  firstSeen: '2026-01',
  lastSeen: '2026-01-31',
  status: 'active',
  severity: 'high',
  severityReason: '',
  confirmed: true,
  tlp: 'clear',
  vectors: ['url'],
  summary: 'Two\nlines',
  lure: '',
  payload: '',
  atRisk: '',
  avoid: ['Ask first.'],
  remove: [],
  notes: '',
  techniques: [{ id: 'T1566.003', name: 'Phishing: Spearphishing via Service' }],
  references: ['A page'],
  source: '',
  variants: [{ name: 'Opener.B', note: '' }],
  clients: { affected: ['Old 1.0'], notAffected: [] },
  steps: ['It asks.'],
  ratings: [{ of: 'damage', value: 4, reason: 'it deletes' }],
  detection: [{ kind: 'yara', text: 'rule a {\n\tcondition: true\n}' }],
  actions: { person: ['Ask first.'] },
  relations: [{ kind: 'drops', threat: 'im.kelvir.msn' }],
  sources: [{ name: 'A feed', origin: 'stix', ref: 'r', tlp: 'green', confidence: 70 }],
  timeline: [{ at: '2026-01-05T10:00:00.000Z', what: 'first capture' }],
  credits: ['Ada'],
} as const;

/** Where the entry is wrong with these parts, and how that is said. */
function wrong(part: object): readonly string[] {
  const { error } = EditedEntry.safeParse({ ...FULL, ...part });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('an entry that is handed in', () => {
  test('is taken with every field of it, and loses nothing', () => {
    expect(EditedEntry.parse(FULL)).toEqual(FULL);
  });
  test('every entry that is shipped could be handed in', async () => {
    const refused = (await shippedEntries(await readSeed())).flatMap(({ id, entry }) =>
      (EditedEntry.safeParse(entry).error?.issues ?? []).map(
        ({ path, message }) => `${id} ${path.join('.')}: ${message}`,
      ),
    );
    expect(refused).toEqual([]);
  });
  test('is called wrong once where one thing is wrong', () => {
    expect(wrong({ firstSeen: 'last week' })).toHaveLength(1);
  });
  test.each([
    [{ name: ' ' }, 'name: is empty: write something, or remove it'],
    [{ firstSeen: '2026-02-30' }, 'firstSeen: a year, a month or a day, as 2005, 2005-03 or 2005-03-07'],
    [{ firstSeen: '5 March' }, 'firstSeen: a year, a month or a day, as 2005, 2005-03 or 2005-03-07'],
    [{ lastSeen: '2025' }, 'lastSeen: before it was first seen'],
    [{ steps: ['one', ''] }, 'steps.1: is empty: write something, or remove it'],
    [{ steps: ['x'.repeat(2_001)] }, 'steps.0: at most 2,000 characters'],
    [{ summary: 'a\u0000b' }, 'summary: holds characters that cannot be stored'],
    [{ notes: '\ud800' }, 'notes: holds characters that cannot be stored'],
    [{ techniques: [{ id: 'T12', name: '' }] }, 'techniques.0.id: an ATT&CK technique, as T1566.003'],
    [{ networks: ['MSN'] }, 'networks.0: small letters, digits and hyphens, as msn'],
    [{ ratings: [{ ...FULL.ratings[0], value: 6 }] }, 'ratings.0.value: a whole number from 1 to 5'],
    [{ ratings: [{ ...FULL.ratings[0], value: null }] }, 'ratings.0.value: a whole number from 1 to 5'],
    [{ ratings: [FULL.ratings[0], FULL.ratings[0]] }, 'ratings.1.of: is rated above already'],
    [{ relations: [FULL.relations[0], FULL.relations[0]] }, 'relations.1.threat: stands above already'],
    [
      { relations: ['a', 'b'].map((threat) => ({ kind: 'merged-into', threat })) },
      'relations: an entry is merged into one other at most',
    ],
    [{ sources: [{ ...FULL.sources[0], confidence: 101 }] }, 'sources.0.confidence: a whole number from 0 to 100'],
    [
      { timeline: [{ at: 'then', what: 'x' }] },
      'timeline.0.at: a year, a month or a day, as 2005, 2005-03 or 2005-03-07, or a time in UTC',
    ],
    [{ credits: Array(201).fill('Ada') }, 'credits: at most 200'],
  ])('is refused with %j', (part, said) => {
    expect(wrong(part)).toContain(said);
  });
});
