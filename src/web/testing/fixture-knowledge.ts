// Made-up answers of the knowledge base for the browser test.
import type * as api from '../api/types.ts';
import { HOSTILE } from './fixture-data.ts';

const START = Date.now();
const before = (minutes: number) => new Date(START - minutes * 60_000).toISOString();

const entry: api.ThreatEntry = {
  name: 'Kelvir',
  aliases: ['W32/Kelvir', 'IM-Worm.Win32.Kelvir'],
  type: 'im-worm',
  networks: ['msnp', 'oscar'],
  firstSeen: '2005-03',
  status: 'historic',
  severity: 'high',
  severityReason: 'Took a news agency’s messaging off the air for a day',
  confirmed: true,
  tlp: 'clear',
  vectors: ['link in a message', 'contact list of the victim'],
  summary:
    'A family of worms that sends a link to every contact of the infected account, with a text fit for a friend.',
  lure: '“lol! see it, you’ll like it” with a link to a program that claims to be a picture.',
  payload: 'Copies itself, fetches a bot that is steered over IRC, and sends the link on.',
  atRisk: 'Users of old clients that open links without asking.',
  avoid: ['Ask the contact before opening a link.'],
  remove: ['Sign out, remove the start-up entry, scan with a current scanner.'],
  notes: '',
  techniques: [{ id: 'T1566.003', name: 'Phishing: Spearphishing via Service' }],
  references: ['A vendor’s description, 2005'],
  source: 'history',
  steps: ['Sends the link to every contact.', 'Fetches a bot.'],
  variants: [{ name: 'Kelvir.B', seen: '2005-03-07', note: 'a laughing line' }],
  clients: { affected: ['MSN Messenger 6'], notAffected: ['web clients'] },
  ratings: [{ of: 'damage', value: 4, reason: 'our rating of its effect' }],
  detection: [
    { kind: 'filter', text: 'file-name omg.pif' },
    { kind: 'lure', text: HOSTILE },
    { kind: 'yara', text: 'rule kelvir {\n  strings:\n    $a = "lol! see it"\n  condition:\n    $a\n}' },
  ],
  actions: { person: ['Ask the contact first.'], operator: ['Hold links to .pif files back.'] },
  relations: [{ kind: 'related-to', threat: 'Bropia' }],
  sources: [{ name: 'Kelvir', origin: 'misp-galaxy', ref: 'a-1', tlp: 'clear', confidence: 60 }],
  timeline: [{ at: '2005-04-14', what: 'a news agency switches its messaging off' }],
  credits: ['A vendor’s analysts'],
};

export const graph: api.ThreatGraph = {
  nodes: [
    { id: 'kelvir', label: 'Kelvir', kind: 'threat' },
    ...['Bropia', 'Opanki', 'Kelvir.HI'].map((label) => ({ id: label, label, kind: 'threat' as const })),
    ...['msn', 'irc'].map((label) => ({ id: `network ${label}`, label, kind: 'network' as const })),
    { id: 'technique T1566.003', label: 'T1566.003 Phishing: Spearphishing via Service', kind: 'technique' },
    { id: 'warning W-7K3F-9QXA', label: 'Picture worm spreads by file offers on XMPP', kind: 'warning' },
  ],
  edges: ['Bropia', 'Opanki', 'Kelvir.HI'].map((to) => ({ from: 'kelvir', to, word: 'same family' })),
  timeline: [
    { at: '2005-03', what: 'first seen' },
    { at: '2005-03-07', what: 'Kelvir.B' },
    { at: '2026-01-05T10:00:00.000Z', what: 'warning: picture worm' },
  ],
};

export const underReview: api.DraftViews = {
  drafts: [
    {
      ...{ state: 'under-review', warning: 'W-7K3F-9QXA', title: 'Worm on XMPP', networks: ['xmpp'] },
      ...{ class: 'worm', severity: 'high', at: '2026-01-05T10:00:00.000Z' },
    },
  ],
};

export const lookup: api.LookupAnswer = {
  class: 'worm',
  reasons: ['link to an executable'],
  indicators: [{ type: 'url', defanged: 'hxxp://x[.]example/a[.]scr' }],
  threats: [{ id: 'kelvir', name: 'Kelvir', severity: 'high', because: 'matches' }],
  warnings: [
    {
      ...{ id: 'W-7K3F-9QXA', title: 'Picture worm spreads', at: '2026-01-05T10:00:00.000Z' },
      ...{ severity: 'critical', because: 'same text' },
    },
  ],
};

export const draft: api.Draft = {
  ...{
    campaign: 'x',
    ofCampaign: true,
    id: 'im.campaign-5d0c9bd6.xmpp',
    state: 'open',
    revision: 3,
    touched: false,
    entry,
  },
  ...{ createdAt: '2026-01-05T10:00:00.000Z', updatedAt: '2026-01-05T11:00:00.000Z' },
};

export const suggestions: api.SuggestionPage = {
  suggestions: [
    {
      ...{ source: 's', threat: 'kelvir', threatName: 'Kelvir', alias: 'kelvir', file: 'botnet.json' },
      importedAt: '2026-01-05T10:00:00.000Z',
      content: {
        ...{ origin: 'misp-galaxy', ref: 'r', kind: 'botnet', name: 'Kelvir', aliases: [], references: [] },
        ...{ description: 'A worm.', tlp: 'clear', confidence: 50 },
      },
    },
  ],
  total: 1,
};

export const diff: api.ThreatDiff = {
  ...{ from: 6, to: 7 },
  changes: [{ field: 'aliases', removed: ['Old'], added: ['New'] }],
};

export const threat = (revision: number): api.Threat => ({
  id: 'kelvir',
  revision,
  updatedAt: before(600),
  entry,
  sightings: '30-99',
  indicators: [{ type: 'file-name', defanged: 'photo.jpg.scr' }],
  warnings: [
    { id: 'W-7K3F-9QXA', title: 'Picture worm spreads by file offers on XMPP', at: before(42), severity: 'critical' },
  ],
  revisions: [revision, revision - 1].map((one) => ({
    ...{ revision: one, at: before(600), author: 'Ada', reason: 'Sources checked' },
  })),
});

export const threats: api.ThreatPage = {
  threats: ['Kelvir', 'Bropia', 'Fanbot', 'PrettyPark', 'Opener'].map((name, index) => ({
    id: name.toLowerCase(),
    name,
    type: index === 3 ? 'blended-worm' : 'im-worm',
    networks: ['msnp', 'oscar'],
    firstSeen: '2005-03',
    status: index === 0 ? 'active' : 'historic',
    severity: index === 0 ? 'high' : 'low',
    confirmed: index !== 2,
    summary: entry.summary,
    sightings: index === 0 ? '30-99' : '0',
  })),
  total: 74,
};

export const entries: api.EntryPage = {
  entries: threats.threats.map((one, index) => ({
    ...one,
    ...{ tlp: index === 0 ? 'amber' : 'clear', revision: index + 1, updatedAt: before(600 * index) },
    ...(index === 1 ? { mergedInto: 'kelvir' } : {}),
  })),
  total: threats.total,
};
