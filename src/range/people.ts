// The peers of the range: made-up addresses in reserved domains.
import type { Random } from '../core/clock.ts';
import { between, pick } from './random.ts';

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

/** Addresses of XMPP peers. */
export const inventJids = (random: Random, count: number): readonly string[] =>
  inventNames(random, count).map((name) => `${name}@${pick(random, PEER_DOMAINS)}`);
