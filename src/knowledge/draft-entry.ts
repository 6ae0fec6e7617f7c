// The draft that a new campaign starts, filled from its captures: what an analyst finishes.
import { languageOf } from '../analysis/language.ts';
import type { Network } from '../core/network.ts';
import type { Severity } from '../core/severity.ts';
import type { Indicator, VerdictClass } from '../core/verdict.ts';
import { atRiskOf, removalOf } from './advice.ts';
import { techniquesOf } from './techniques.ts';
import type { ThreatEntry } from './types.ts';

/** What the captures of a campaign say; counts as bands, since the entry may be published. */
export interface DraftFacts {
  readonly campaign: string;
  readonly title: string;
  readonly class: VerdictClass;
  readonly severity: Severity;
  readonly networks: readonly Network[];
  /** Common text, per-target tokens cut. */
  readonly template: string;
  /** Those that enough decoys saw. */
  readonly indicators: readonly Indicator[];
  readonly reasons: readonly string[];
  readonly advice: readonly string[];
  /** RFC 3339, capture time, to the minute. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly decoys: string;
  readonly senders: string;
  readonly captures: string;
}

const P2P: readonly Network[] = ['gnutella', 'edonkey', 'bittorrent', 'directconnect'];
/** As the shipped entries call them. */
const WORDS: Partial<Readonly<Record<Network, string>>> = { msnp: 'msn', ymsg: 'yahoo', oscar: 'aim' };
const TYPES: Partial<Readonly<Record<VerdictClass, string>>> = {
  phishing: 'phishing-campaign',
  scam: 'chat-bot-fraud',
  spam: 'spim-campaign',
};
const DAY = 10;

/** Id that a draft proposes, as `im.campaign-5d0c9bd6.xmpp`. */
export function draftIdOf({ campaign, networks: [first = 'xmpp', ...more] }: DraftFacts): string {
  const channel = P2P.includes(first) ? 'p2p' : 'im';
  return `${channel}.campaign-${campaign.slice(0, 8)}.${more.length > 0 ? 'multi' : (WORDS[first] ?? first)}`;
}

/** The entry, unconfirmed and not for passing on until somebody has looked at it. */
export function draftEntryOf(facts: DraftFacts): ThreatEntry {
  const { title, severity, template, indicators, advice, firstSeen, lastSeen, reasons } = facts;
  const networks = facts.networks.map((one) => WORDS[one] ?? one);
  const vectors = vectorsOf(facts);
  const type = typeOf(facts);
  const files = indicators.filter((one) => one.type === 'file-name');
  const reach = `${facts.captures} captures at ${facts.decoys} decoys from ${facts.senders} senders`;
  return {
    name: title,
    aliases: [],
    type,
    networks,
    firstSeen: firstSeen.slice(0, DAY),
    lastSeen: lastSeen.slice(0, DAY),
    status: 'emerging',
    severity,
    severityReason: reasons.join('; '),
    confirmed: false,
    tlp: 'amber',
    vectors,
    summary: `${title}. ${reach}.`,
    lure: template,
    payload: '',
    atRisk: atRiskOf(networks, vectors),
    avoid: advice,
    remove: removalOf(type, vectors),
    notes: '',
    techniques: techniquesOf(vectors, networks),
    references: [],
    source: 'captures of our own decoys',
    ...(template === '' ? {} : { lures: [{ language: languageOf(template) ?? 'und', text: template }] }),
    ...(files.length === 0 ? {} : { files: files.map(({ value }) => ({ name: value, note: '' })) }),
    detection: [
      ...(template === '' ? [] : [{ kind: 'lure' as const, text: template }]),
      ...indicators.map(({ type: kind, value }) => ({ kind: 'filter' as const, text: `${kind} ${value}` })),
    ],
    timeline: [
      { at: firstSeen, what: 'first capture' },
      { at: lastSeen, what: `last capture so far: ${reach}` },
    ],
  };
}

function typeOf({ class: verdict, networks }: DraftFacts): string {
  const known = TYPES[verdict];
  if (known !== undefined) return known;
  const channel = networks.every((one) => P2P.includes(one)) ? 'p2p' : 'im';
  return verdict === 'worm' ? `${channel}-worm` : `${channel}-trojan`;
}

function vectorsOf({ class: verdict, indicators }: DraftFacts): readonly string[] {
  const types = new Set(indicators.map(({ type }) => type));
  const vectors = [
    ...(types.has('url') || types.has('domain') ? ['url'] : []),
    ...(types.has('file-name') || types.has('sha256') ? ['file-transfer'] : []),
    ...(types.has('invite') ? ['invite'] : []),
    ...(verdict === 'exploit' ? ['exploit'] : []),
  ];
  return vectors.length > 0 ? vectors : ['mass-unsolicited'];
}
