// The words of reports for what the tables hold as slugs.
import { isNetwork, NETWORK_NAMES } from '../core/network.ts';

export const CLASS_WORDS: Readonly<Record<string, string>> = {
  worm: 'worm',
  malware: 'malware',
  exploit: 'attack on a client',
  phishing: 'phishing',
  scam: 'fraud',
  spam: 'spam',
  recon: 'probing',
  benign: 'harmless',
  unknown: 'not told apart',
};

export const CHANNEL_WORDS: Readonly<Record<string, string>> = { email: 'e-mail', ...NETWORK_NAMES };

export const KIND_WORDS: Readonly<Record<string, string>> = {
  advisory: 'advisory',
  priority: 'priority alert',
  update: 'update',
  'all-clear': 'all-clear',
  correction: 'correction',
};

export function networksIn(slugs: readonly string[]): string {
  return slugs.map((slug) => (isNetwork(slug) ? NETWORK_NAMES[slug] : slug)).join(', ');
}
