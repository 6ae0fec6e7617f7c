// What people call the slugs of the API. The records are complete by type: a new slug does not compile without a word.
import type { CaptureKind, MessageKind, Network, Severity, ThreatLevel, VerdictClass } from './types.ts';

export const NETWORK_WORDS: Readonly<Record<Network, string>> = {
  oscar: 'AIM/ICQ',
  ymsg: 'Yahoo! Messenger',
  msnp: 'MSN Messenger',
  sametime: 'Sametime',
  xmpp: 'XMPP',
  irc: 'IRC',
  matrix: 'Matrix',
  telegram: 'Telegram',
  discord: 'Discord',
  gnutella: 'Gnutella',
  edonkey: 'eDonkey',
  bittorrent: 'BitTorrent',
  directconnect: 'Direct Connect',
};
export const NETWORKS = Object.keys(NETWORK_WORDS) as readonly Network[];

/** The knowledge base's own words for networks: finer than the slugs, and with networks that have no decoys. */
export const THREAT_NETWORK_WORDS: Readonly<Record<string, string>> = {
  msn: 'MSN Messenger',
  aim: 'AIM',
  icq: 'ICQ',
  yahoo: 'Yahoo! Messenger',
  skype: 'Skype',
  whatsapp: 'WhatsApp',
  email: 'E-mail',
  p2p: 'P2P, any',
  fasttrack: 'FastTrack (Kazaa)',
  facebook: 'Facebook',
  myspace: 'MySpace',
  im: 'IM, any',
  'gadu-gadu': 'Gadu-Gadu',
  ...NETWORK_WORDS,
};

/** A network's name; one without a word here keeps its own. */
export function networkWord(slug: string): string {
  return Object.hasOwn(THREAT_NETWORK_WORDS, slug) ? (THREAT_NETWORK_WORDS[slug] ?? slug) : slug;
}

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  info: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};
export const SEVERITIES = Object.keys(SEVERITY_WORDS) as readonly Severity[];

export const MESSAGE_KIND_WORDS: Readonly<Record<MessageKind, string>> = {
  warnings: 'Warnings',
  monthly: 'Monthly bulletin',
  quarterly: 'Quarterly bulletin',
};
export const MESSAGE_KIND_NOTES: Readonly<Record<MessageKind, string>> = {
  warnings: 'At once, when something new is spreading',
  monthly: 'What a month brought, and what to do, a day after its end',
  quarterly: 'The same of a quarter',
};
export const MESSAGE_KINDS = Object.keys(MESSAGE_KIND_WORDS) as readonly MessageKind[];

export const LEVEL_WORDS: Readonly<Record<ThreatLevel, string>> = {
  green: 'Normal',
  yellow: 'Elevated',
  orange: 'High',
  red: 'Severe',
};
/** Worst last. */
export const THREAT_LEVELS = Object.keys(LEVEL_WORDS) as readonly ThreatLevel[];

export const CLASS_WORDS: Readonly<Record<VerdictClass, string>> = {
  worm: 'Worm',
  malware: 'Malware',
  exploit: 'Exploit',
  phishing: 'Phishing',
  scam: 'Scam',
  spam: 'Spam',
  recon: 'Reconnaissance',
  benign: 'Benign',
  unknown: 'Unclassified',
};
export const CLASSES = Object.keys(CLASS_WORDS) as readonly VerdictClass[];

export const KIND_WORDS: Readonly<Record<CaptureKind, string>> = {
  message: 'Message',
  'contact-request': 'Contact request',
  'contact-change': 'Contact change',
  'roster-push': 'Roster push',
  'group-invite': 'Group invite',
  'file-offer': 'File offer',
  file: 'File',
  call: 'Call',
  typing: 'Typing',
  nudge: 'Nudge',
  presence: 'Presence',
  warning: 'Warning (AIM)',
  probe: 'Probe',
  'service-notice': 'Service notice',
  backscatter: 'Backscatter',
  malformed: 'Malformed bytes',
  search: 'Search',
  'search-result': 'Search result',
  'transfer-request': 'Transfer request',
  connection: 'Connection',
  report: 'Report',
  unknown: 'Unknown',
};
export const KINDS = Object.keys(KIND_WORDS) as readonly CaptureKind[];
