// Made-up answers of the analysts' part of the API for the browser test.
import type * as api from '../api/types.ts';
import { HOSTILE } from './fixture-data.ts';

const START = Date.now();
const before = (minutes: number) => new Date(START - minutes * 60_000).toISOString();
const CAMPAIGN = '8f14e45f-ceea-467f-9d5b-3c2a1b0e4d6f';

export const me: api.Me = { name: 'Ada', email: 'ada@sundew.example', role: 'admin', twoFactor: false };
export const status: api.Status = {
  openAppeals: 1,
  version: '0.1.0',
  startedAt: before(130),
  realm: 'simulated',
  simulated: true,
  goingLive: [
    { step: 'decoy', done: false },
    { step: 'mail', done: false },
    { step: 'subscriber', done: false },
    { step: 'purge', done: false },
  ],
  pipelines: [
    { realm: 'live', journal: 0, projected: 0, lagMs: 0, deadLetters: 0, outbox: 0 },
    { realm: 'simulated', journal: 12843, projected: 12841, lagMs: 42, deadLetters: 1, outbox: 3 },
  ],
  engagement: { stopped: false, ceiling: 'observe' },
  store: { kind: 'embedded', version: '18.1' },
};
/** A row of the console's table. */
export const captureRow = (index: number): api.CaptureRow => ({
  id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  at: before(index),
  network: index % 3 === 0 ? 'irc' : 'xmpp',
  decoy: 'dora@decoys.example',
  peer: `bot${index}@spam.example`,
  kind: index % 4 === 0 ? 'file-offer' : 'message',
  text: HOSTILE,
  class: 'worm',
  score: 0.97,
  severity: 'high',
  campaign: CAMPAIGN,
  threats: ['kelvir'],
  simulated: true,
  ...(index % 4 === 0 ? { file: 'photo\u202egpj.scr' } : {}),
});
export const captures: api.CapturePage = {
  captures: Array.from({ length: 25 }, (_, index) => captureRow(index + 1)),
  next: 'older',
};
export const captureDetail: api.CaptureDetail = {
  capture: {
    v: 1,
    id: captureRow(1).id,
    at: before(1),
    network: 'xmpp',
    decoy: 'dora@decoys.example',
    peer: { id: 'bot1@spam.example', verifiedBy: 'federated' },
    kind: 'message',
    text: HOSTILE,
    meta: {},
    simulated: true,
  },
  verdict: {
    v: 1,
    class: 'worm',
    score: 0.97,
    severity: 'high',
    reasons: ['executable behind a picture’s name', 'link to a program'],
    indicators: [{ type: 'url', value: 'http://x.example/a.scr' }],
    campaign: CAMPAIGN,
    threats: ['kelvir'],
  },
  evidence: {
    seq: 12840,
    at: before(1),
    commitment: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    erased: false,
    verified: true,
    raw: `<message to='dora@decoys.example'><body>${HOSTILE}</body></message>`,
  },
};
export const campaign: api.CampaignDetail = {
  id: CAMPAIGN,
  title: 'hi look photo',
  template: HOSTILE,
  class: 'worm',
  severity: 'critical',
  networks: ['xmpp', 'irc'],
  captures: 87,
  senders: 14,
  decoys: 5,
  contacts: 11,
  firstSeen: before(42),
  lastSeen: before(1),
  threats: ['kelvir'],
  inferred: { text: `{one of: hi|hello} ${HOSTILE}`, regex: '^(?:hi|hello)$' },
  wordings: [{ text: HOSTILE, captures: 61 }],
  relations: [
    {
      campaign: '0b0e7a52-1c55-8f3e-9a51-0d9d5a1c2b3e',
      kind: 'merged-into',
      other: CAMPAIGN,
      at: before(20),
      reason: 'the words and hosts of one explain the captures of the other as well as its own do',
    },
  ],
};
const decoy: api.DecoyStatus = {
  name: 'dora',
  network: 'xmpp',
  address: 'dora@decoys.example',
  mode: 'client',
  enabled: true,
  state: 'online',
  since: before(90),
  captures: 214,
  lastCapture: before(1),
  level: 'observe',
  simulated: false,
};
const problem =
  'irc.example.org:6697: the certificate is for another name (old.example.org). Correct the server’s name, or give its certificate.';
export const decoys: api.DecoyList = {
  decoys: [
    decoy,
    { ...decoy, name: 'nick', network: 'irc', address: 'dora', state: 'stopped', captures: 0, problem },
    { ...decoy, name: 'range-1', address: 'dora@range.localhost', simulated: true },
  ],
};
export const mailState: api.MailState = {
  configured: true,
  hasPassword: true,
  settings: { host: 'smtp.example.org', port: 587, security: 'starttls', from: 'Sundew <alerts@example.org>' },
};
export const imState: api.ImAlertList = {
  accounts: (['xmpp', 'oscar', 'msnp', 'ymsg', 'sametime'] as const).map((network) => ({
    network,
    configured: false,
    hasPassword: false,
    state: 'not set up',
  })),
};
export const subscribers: api.SubscriberList = {
  subscribers: (['confirmed', 'requested', 'stopped'] as const).map((state, index) => ({
    id: String(index),
    channel: index === 1 ? 'xmpp' : 'email',
    address: `person${index}@subscribers.example`,
    networks: index === 0 ? [] : ['xmpp'],
    minSeverity: 'medium',
    kinds: index === 0 ? ['warnings', 'monthly'] : ['warnings'],
    state,
    since: before(60 * index),
    delivered: index === 0 ? 4 : 0,
    ...(index === 0 ? { lastDelivery: before(2), acknowledged: { warning: 'W-7K3F', at: before(1) } } : {}),
  })),
};
export const bulletins: api.BulletinList = {
  bulletins: [
    { id: 'b2', kind: 'quarterly', period: '2026-Q3', madeAt: before(9), edition: 2, sent: 2, waiting: 1, unsent: 0 },
    { id: 'b1', kind: 'monthly', period: '2026-09', madeAt: before(9), edition: 1, sent: 41, waiting: 0, unsent: 1 },
  ],
};
export const deadLetters: api.DeadLetterList = {
  deadLetters: [
    {
      id: '1',
      stage: 'analysis',
      at: before(12),
      cause: 'capture: meta must be at most 262144 bytes as JSON',
      capture: captureRow(3).id,
    },
  ],
};

export const signals: api.SignalList = {
  signals: (['outbreak', 'silence'] as const).map((rule, index) => ({
    id: `signal-${rule}`,
    rule,
    subject: HOSTILE,
    network: 'xmpp',
    at: before(20 * index + 20),
    foundAt: before(20 * index + 3),
    count: 41,
    ...(index === 0 ? { expected: 1.4 } : {}),
    p: 0.000_012,
    reason: `41 senders in a quarter of an hour where 1.4 were expected: ${HOSTILE}`,
    says: 'More senders than a series lets one expect',
    wrong: 'One quarter of an hour in 2,000 has a false one.',
    data: 'made traffic',
    campaigns: index === 0 ? [campaign.id] : [],
    firm: index === 0,
    ...(index === 0 ? {} : { link: { state: 'down' as const, since: before(90) } }),
  })),
};

export const ledger: api.LedgerPage = {
  entries: [
    {
      seq: 12,
      t: before(2),
      decoy: 'dora',
      network: 'xmpp',
      act: 'answer-probe',
      rule: 'observe.no-answer',
      level: 'observe',
      sha256: 'ab'.repeat(32),
      length: 180,
      peer: HOSTILE,
      denied: 'nothing goes to a peer at observe',
      suppressed: 3,
    },
  ],
  next: 11,
};
