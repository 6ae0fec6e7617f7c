// Who has whom on the contact list. Contact lists of people are scale-free (a few know very many), which is what makes
// worms on IM fast; decoys stand on the lists of those who collect addresses.
import type { Random } from '../core/clock.ts';
import { pick } from './random.ts';

export interface ContactGraph {
  /** For each peer, the other peers it knows. */
  readonly contacts: readonly (readonly number[])[];
  /** For each peer, the decoys on its list. */
  readonly decoys: readonly (readonly number[])[];
}

const LINKS_EACH = 2;
const LISTS_EACH = 6;

/** Barabási and Albert's growth: who comes new befriends those who know many already. */
export function growContacts(random: Random, peers: number, decoys: number): ContactGraph {
  const contacts: Set<number>[] = Array.from({ length: peers }, () => new Set<number>());
  // Every peer stands here once for each of its contacts: drawing from it prefers the well known.
  const ends: number[] = [];
  const befriend = (a: number, b: number): void => {
    if (a === b || contacts[a]?.has(b) === true) return;
    contacts[a]?.add(b);
    contacts[b]?.add(a);
    ends.push(a, b);
  };
  for (let peer = 1; peer < peers; peer += 1) {
    for (let link = 0; link < LINKS_EACH; link += 1) befriend(peer, ends.length === 0 ? 0 : pick(random, ends));
  }
  const lists: Set<number>[] = Array.from({ length: peers }, () => new Set<number>());
  for (let decoy = 0; decoy < decoys && ends.length > 0; decoy += 1) {
    for (let list = 0; list < LISTS_EACH; list += 1) lists[pick(random, ends)]?.add(decoy);
  }
  return { contacts: contacts.map((set) => [...set]), decoys: lists.map((set) => [...set]) };
}
