// The peers of the range: made-up addresses in reserved domains.
import type { Random } from '../core/clock.ts';
import { between, pick } from './random.ts';
import type { StageName } from './touch.ts';

/** Domains of the XMPP peers; each is a server of its own to the decoys. */
export const PEER_DOMAINS = ['jabber.example', 'chat.example', 'im-users.test'] as const;

const STARTS = ['lu', 'ma', 'ti', 'jo', 'ka', 'se', 'ne', 'ro', 'bi', 'da', 'fe', 'gu', 'ha', 'vi', 'yo'];
const ENDS = ['na', 'rik', 'lo', 'ska', 'nik', 'mo', 'tta', 'bert', 'zza', 'ro', 'lin'];

/** Distinct names, letters and digits only. */
export function inventNames(random: Random, count: number): readonly string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const name = pick(random, STARTS) + pick(random, ENDS);
    names.add(random() < 0.4 ? name + pick(random, ENDS) : name + between(random, 2, 9999));
  }
  return [...names];
}

/** Domains in the addresses of MSN's peers. */
const MAIL_DOMAINS = ['mail.example', 'post.example', 'web-mail.test'] as const;
/** Above every ICQ number that was ever given out. */
const FIRST_UIN = 900_000_000;
const LAST_UIN = 999_999_999;

/** Addresses of peers, in the form of the stage. */
export function inventPeers(random: Random, stage: StageName, count: number): readonly string[] {
  switch (stage) {
    case 'xmpp':
      return inventAddresses(random, count, PEER_DOMAINS);
    case 'msnp':
      return inventAddresses(random, count, MAIL_DOMAINS);
    case 'icq':
      return inventNumbers(random, count);
    case 'irc':
    case 'aim':
    case 'ymsg':
    case 'sametime':
      return inventNames(random, count);
  }
}

/** Addresses of XMPP peers. */
export const inventJids = (random: Random, count: number): readonly string[] => inventPeers(random, 'xmpp', count);

const inventAddresses = (random: Random, count: number, domains: readonly string[]): readonly string[] =>
  inventNames(random, count).map((name) => `${name}@${pick(random, domains)}`);

function inventNumbers(random: Random, count: number): readonly string[] {
  const numbers = new Set<string>();
  while (numbers.size < count) numbers.add(String(between(random, FIRST_UIN, LAST_UIN)));
  return [...numbers];
}
