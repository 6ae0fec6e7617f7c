import { expect, test } from 'vitest';
import { diffEntries } from './threat-diff.ts';
import type { ThreatEntry } from './types.ts';

const ENTRY: ThreatEntry = {
  name: 'Opener',
  aliases: [],
  type: 'im-worm',
  networks: ['xmpp'],
  firstSeen: '2026',
  status: 'active',
  severity: 'low',
  severityReason: '',
  confirmed: false,
  tlp: 'clear',
  vectors: [],
  summary: '',
  lure: '',
  payload: '',
  atRisk: '',
  avoid: [],
  remove: [],
  notes: '',
  techniques: [],
  references: [],
  source: '',
};

test('what came later than the first entries reads as a person would write it, whatever the order of keys', () => {
  const changes = diffEntries(ENTRY, {
    ...ENTRY,
    credits: ['Ada'],
    sources: [{ confidence: 70, tlp: 'green', ref: 'r-1', origin: 'stix', name: 'A feed' }],
    relations: [{ threat: 'im.kelvir.msn', kind: 'variant-of' }],
    actions: { operator: ['Hold it back.'], person: ['Ask first.'] },
    detection: [{ text: 'rule a {\n  condition: true\n}', kind: 'yara' }],
    ratings: [{ reason: 'it deletes files', value: 4, of: 'damage' }],
    clients: { notAffected: ['web'], affected: ['Old 1.0'] },
    timeline: [{ what: 'first report', at: '2026-01' }],
    variants: [{ note: '', name: 'Opener.B', seen: '2026-02' }],
  });
  expect(changes.map(({ field, added }) => [field, ...added])).toEqual([
    ['variants', 'Opener.B – 2026-02'],
    ['clients', 'affected: Old 1.0', 'not affected: web'],
    ['ratings', 'damage 4 of 5: it deletes files'],
    ['detection', 'yara: rule a {', 'yara:   condition: true', 'yara: }'],
    ['actions', 'person: Ask first.', 'operator: Hold it back.'],
    ['relations', 'variant-of im.kelvir.msn'],
    ['timeline', '2026-01: first report'],
    ['sources', 'A feed – stix r-1, TLP:green, confidence 70'],
    ['credits', 'Ada'],
  ]);
});

test('of a long text the lines that changed are told, and steps that changed places', () => {
  const before = { ...ENTRY, summary: 'one\ntwo', steps: ['first', 'second', 'third'] };
  expect(diffEntries(before, { ...before, summary: 'one\nthree', steps: ['first', 'third', 'second'] })).toEqual([
    { field: 'summary', removed: ['two'], added: ['three'] },
    { field: 'steps', removed: ['second', 'third'], added: ['third', 'second'] },
  ]);
});
