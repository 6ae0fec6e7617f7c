// What people call the fields of an entry and the words of the knowledge base in them.
import type { ThreatEntry } from './types.ts';

/** A row of a list of the entry. */
export type Part<F extends keyof ThreatEntry> = NonNullable<ThreatEntry[F]> extends readonly (infer T)[] ? T : never;
export type Rated = Part<'ratings'>['of'];
export type DetectionKind = Part<'detection'>['kind'];
export type RelationKind = Part<'relations'>['kind'];
export type Audience = keyof NonNullable<ThreatEntry['actions']>;

export const FIELD_WORDS: { readonly [F in keyof ThreatEntry]-?: string } = {
  name: 'Name',
  aliases: 'Also called',
  type: 'Type',
  networks: 'Networks',
  firstSeen: 'First seen',
  lastSeen: 'Last seen',
  status: 'Status',
  severity: 'Severity',
  severityReason: 'Severity, why',
  confirmed: 'Confirmed',
  tlp: 'TLP',
  vectors: 'How it spreads',
  summary: 'Summary',
  lure: 'Lure',
  payload: 'Payload',
  atRisk: 'Who is at risk',
  avoid: 'How to avoid it',
  remove: 'How to remove it',
  notes: 'Notes',
  techniques: 'ATT&CK techniques',
  references: 'References',
  source: 'Source',
  variants: 'Variants',
  clients: 'Clients',
  steps: 'What it does, in order',
  ratings: 'Ratings',
  detection: 'Detection',
  actions: 'What to do',
  relations: 'Relations',
  sources: 'Imported sources',
  timeline: 'Timeline',
  credits: 'Credits',
  networksNotAffected: 'Networks not affected',
  lures: 'How its lure reads',
  files: 'Files it comes as',
  answers: 'Does it answer',
  writeUp: 'Write-up',
};

export const STATUS_WORDS: Readonly<Record<ThreatEntry['status'], string>> = {
  emerging: 'Emerging',
  active: 'Active',
  declining: 'Declining',
  dormant: 'Dormant',
  historic: 'Historic',
};

export const TLP_WORDS: Readonly<Record<ThreatEntry['tlp'], string>> = {
  clear: 'CLEAR: everybody',
  green: 'GREEN: analysts here',
  amber: 'AMBER: analysts here',
  'amber+strict': 'AMBER+STRICT: analysts here',
  red: 'RED: analysts here',
};

export const RATED_WORDS: Readonly<Record<Rated, string>> = {
  prevalence: 'Prevalence',
  damage: 'Damage',
  distribution: 'Distribution',
  recovery: 'Recovery',
  confidence: 'Confidence',
};

export const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  person: 'As a person',
  administrator: 'As an administrator',
  operator: 'As an operator of a service',
};

export const DETECTION_WORDS: Readonly<Record<DetectionKind, string>> = {
  lure: 'Words of its lure',
  yara: 'YARA rule',
  filter: 'Line of a filter',
};

export const RELATION_WORDS: Readonly<Record<RelationKind, string>> = {
  'variant-of': 'Variant of',
  'merged-into': 'Merged into',
  'related-to': 'Related to',
  drops: 'Drops',
  uses: 'Uses',
};

/** Types of threats; an entry may have another one. */
export const TYPE_WORDS: Readonly<Record<string, string>> = {
  'im-worm': 'Worm of instant messaging',
  'irc-worm': 'Worm of IRC',
  'p2p-worm': 'Worm of file sharing',
  'blended-worm': 'Worm that spreads in several ways',
  'im-botnet': 'Botnet that spreads by messages',
  'p2p-botnet': 'Botnet steered peer to peer',
  'im-trojan': 'Trojan that comes by message',
  'p2p-trojan': 'Trojan of file sharing',
  'im-malware': 'Malware after messages or steered by them',
  'spim-campaign': 'Unsolicited bulk messages',
  'phishing-campaign': 'Theft of accounts',
  'chat-bot-fraud': 'Fraud by a program that talks',
  'supply-chain': 'Client tampered with at its source',
  adware: 'Advertising software',
  vulnerability: 'Vulnerability of a client',
};

/** Ways in which threats spread or are steered; an entry may have another one. */
export const VECTOR_WORDS: Readonly<Record<string, string>> = {
  url: 'Links',
  'file-transfer': 'Files sent',
  'shared-folder': 'Shared folders',
  'mass-unsolicited': 'Unsolicited bulk messages',
  'irc-c2': 'Steered over IRC',
  'im-c2': 'Steered over instant messaging',
  'p2p-c2': 'Steered peer to peer',
  'session-hijack': 'Stolen sessions',
  exploit: 'A weakness of the client',
  'fake-accounts': 'Fake accounts',
  'open-registration': 'Open registration',
  'supply-chain': 'The client’s own supply',
  'tampered-client': 'Tampered clients',
  'removable-drive': 'Removable drives',
  conversation: 'Conversation',
  invite: 'Invitations to groups',
  'script-overwrite': 'Overwritten scripts',
  'credential-consent': 'Passwords given away',
  'browser-extension': 'Browser extensions',
  'notification-reply': 'Replies to notifications',
  'qr-code': 'QR codes',
  'protocol-responder': 'Answers to searches',
  'web-compromise': 'Compromised websites',
  'presence-status': 'Status texts',
};

/** Languages that lures are written in most; an entry may have another one. */
export const LANGUAGE_WORDS: Readonly<Record<string, string>> = {
  en: 'English',
  de: 'German',
  es: 'Spanish',
  fr: 'French',
  it: 'Italian',
  nl: 'Dutch',
  pt: 'Portuguese',
  'pt-BR': 'Portuguese of Brazil',
  ru: 'Russian',
  tr: 'Turkish',
  zh: 'Chinese',
  ja: 'Japanese',
  ko: 'Korean',
  ar: 'Arabic',
  und: 'not known',
};

/** The word for a slug; one without a word keeps its own. */
export function wordFor(words: Readonly<Record<string, string>>, slug: string): string {
  return Object.hasOwn(words, slug) ? (words[slug] ?? slug) : slug;
}

const PARTS: Readonly<Record<string, string>> = {
  of: 'what',
  notAffected: 'not affected',
  ref: 'id there',
  tlp: 'TLP',
  at: 'when',
  threat: 'entry',
  id: 'id',
  seen: 'first seen',
  does: 'yes or no',
};

/** What a place of a form is called: `entry.ratings.1.reason` is `Ratings, 2, reason`. */
export function placeName(path: string): string {
  const [first = '', ...rest] = path.replace(/^entry[.]/, '').split('.');
  const head = wordFor(FIELD_WORDS, first);
  const parts = rest.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : wordFor(PARTS, part)));
  return [head.charAt(0).toUpperCase() + head.slice(1), ...parts].join(', ');
}
