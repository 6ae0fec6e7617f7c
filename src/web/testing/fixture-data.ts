// Made-up answers of the API for the browser test: every page has something to show, hostile text among it.
import type * as api from '../api/types.ts';
import { NETWORKS } from '../api/words.ts';

const START = Date.now();
const before = (minutes: number) => new Date(START - minutes * 60_000).toISOString();

/** Text as hostile peers send it: markup, a hidden direction change, escape sequences. */
export const HOSTILE =
  'hi look <img src=x onerror="window.pwned=1"> photo\u202egpj.scr \u001b[31m http://x.example/a.scr';

export const warnings: readonly api.Warning[] = [
  {
    id: 'W-7K3F-9QXA',
    revision: 3,
    kind: 'priority',
    title: 'Picture worm spreads by file offers on XMPP',
    at: before(42),
    updatedAt: before(2),
    networks: ['xmpp', 'irc'],
    severity: 'critical',
    class: 'worm',
    reasons: [
      'An executable behind a picture’s name, offered by 14 senders in 20 minutes',
      'Growing: 3 times the usual',
    ],
    growth: 'growing',
    propagation: 'self-propagating',
    outlook: {
      ...{ madeAt: before(130), peakAt: before(-90), final: { expected: 6.4, low: 3.1, high: 14 } },
      outlooks: [
        { at: before(70), aheadMin: 60, expected: 1.6, low: 1.3, high: 2.1, came: 1.7, held: true },
        { at: before(10), aheadMin: 120, expected: 2.4, low: 1.6, high: 3.7, came: 4, held: false },
        { at: before(-230), aheadMin: 360, expected: 4.8, low: 2.4, high: 9.1 },
        { at: before(-1_310), aheadMin: 1_440, expected: 6.2, low: 2.9, high: 13 },
      ],
    },
    advice: ['Do not open picture files that contacts send unasked.', 'Block files that end in .scr, .pif and .exe.'],
    template: HOSTILE,
    indicators: [
      { type: 'url', defanged: 'hxxp://x[.]example/a[.]scr' },
      { type: 'sha256', defanged: 'a3'.repeat(32) },
      { type: 'file-name', defanged: 'photo.jpg.scr' },
    ],
    threat: { id: 'kelvir', name: 'Kelvir' },
    campaign: '8f14e45f-ceea-467f-9d5b-3c2a1b0e4d6f',
    decoys: '3-9',
    senders: '10-29',
    captures: '30-99',
    simulated: true,
  },
  {
    id: 'W-2M8C-4DPL',
    revision: 1,
    kind: 'advance-notice',
    title: 'New phishing text: “your account will be closed”',
    at: before(9),
    updatedAt: before(9),
    networks: ['irc'],
    severity: 'medium',
    class: 'phishing',
    reasons: ['First contact of a text that no campaign has used'],
    growth: 'new',
    advice: ['Sign in only by typing the address of the service yourself.'],
    decoys: '1-2',
    senders: '1-2',
    captures: '1-2',
    simulated: true,
  },
];

const levels: readonly api.NetworkLevel[] = [
  {
    network: 'xmpp',
    level: 'red',
    reason: 'A worm is growing: 14 senders in 20 minutes',
    since: before(20),
    warnings24h: 3,
  },
  {
    network: 'irc',
    level: 'yellow',
    reason: 'A new phishing text, two senders so far',
    since: before(9),
    warnings24h: 1,
  },
  {
    network: 'matrix',
    level: 'orange',
    reason: 'Spam run four times the usual rate',
    since: before(95),
    warnings24h: 2,
  },
  { network: 'oscar', level: 'green', reason: 'Nothing out of the ordinary', since: before(2000), warnings24h: 0 },
  { network: 'msnp', level: 'green', reason: 'Nothing out of the ordinary', since: before(4000), warnings24h: 0 },
];

export const board = (): api.Board => ({
  realm: 'simulated',
  simulated: true,
  levels: [...levels],
  totals: { warnings24h: 6, touches24h: '300-999', threats: 74, campaigns24h: 9 },
  activity: Array.from({ length: 72 }, (_, index) => ({
    at: before((71 - index) * 5),
    touches: index < 50 ? (index * 7) % 6 : Math.round(4 + (index - 50) ** 1.6),
  })),
  subscribeChannels: ['email', 'xmpp'],
  now: new Date().toISOString(),
});

const KINDS = ['message', 'file-offer', 'contact-request', 'group-invite', 'probe'] as const;
const CLASSES = ['worm', 'phishing', 'spam', 'spam', 'recon'] as const;
/** A touch `minutes` ago. */
export const touch = (index: number, minutes: number): api.Touch => ({
  id: `t${index}`,
  at: before(minutes),
  network: index % 3 === 0 ? 'irc' : 'xmpp',
  kind: KINDS[index % 5] ?? 'message',
  class: CLASSES[index % 5] ?? 'unknown',
  severity: 'medium',
  simulated: true,
  ...(index % 4 === 0 ? { text: HOSTILE, warning: 'W-7K3F-9QXA' } : {}),
});
export const river: api.River = { touches: Array.from({ length: 40 }, (_, index) => touch(index, index * 1.7)) };

/** The first as analysts see it. */
export function exactWarning(): api.Warning | undefined {
  const [{ outlook, ...warning } = {} as api.Warning] = warnings;
  const hits = 41;
  const counted = ({ expected, low, high }: { expected: number; low: number; high: number }) => ({
    ...{ expected: Math.round(expected * hits), low: Math.round(low * hits), high: Math.round(high * hits) },
  });
  return outlook === undefined
    ? undefined
    : {
        ...warning,
        forecast: {
          ...{ madeAt: outlook.madeAt, alarmAt: before(140), rate: 0.7, hits, peakAt: outlook.peakAt },
          ...{ peakFrom: before(-20), peakTo: before(-400), final: { expected: 260, low: 130, high: 590 } },
          infected: {
            population: 250_000,
            now: { expected: 4_100, low: 2_800, high: 6_000 },
            final: { expected: 31_000, low: 12_000, high: 77_000 },
          },
          outlooks: outlook.outlooks.map((one) => ({
            ...{ at: one.at, aheadMin: one.aheadMin, ...counted(one) },
            infected: { expected: 6_600, low: 4_000, high: 11_000 },
            ...(one.came === undefined ? {} : { came: Math.round(one.came * hits), held: one.held === true }),
          })),
        },
      };
}
export const services: api.ServiceList = {
  services: NETWORKS.map((network) => ({
    network,
    ...(network === 'xmpp' ? { size: { population: 250_000, decoys: 30, lists: 20 } } : {}),
  })),
};
export const mailbox: api.Mailbox = {
  mails: [1, 2, 3].map((id) => ({
    id: String(id),
    at: before(id * 4),
    to: 'dora@subscribers.example',
    subject: '[Sundew] Critical: picture worm spreads by file offers on XMPP',
    text: `SIMULATED\n\nPicture worm spreads by file offers on XMPP\n\nWhat it looks like:\n  hi look hxxp://x[.]example/a[.]scr\n\nWhat to do:\n- Do not open picture files that contacts send unasked.\n\nStop: http://127.0.0.1:8080/unsubscribe/abc${id}`,
    headers: { From: 'Sundew <alerts@sundew.example>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  })),
};

const score = (aheadMin: number, held: number, medianError: number): api.ForecastScores['scores'][number] => ({
  ...{ aheadMin, held, medianError },
  scored: 48,
  waiting: 4,
  intervalScore: 1.4,
  below: { low: 0.06, expected: 0.47, high: 0.94 },
});
export const forecasts: api.ForecastScores = {
  simulated: true,
  scores: [score(60, 0.91, 0.12), score(120, 0.9, 0.16), score(360, 0.88, 0.21), score(1_440, 0.86, 0.3)],
};
