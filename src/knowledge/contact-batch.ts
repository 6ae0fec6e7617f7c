// Who has a decoy on its contact list, as the captures of a batch say one after another: pure, so that batches of any size agree.
import type { Analysed } from '../analysis/types.ts';
import type { Capture } from '../core/capture.ts';
import { uuidOf } from '../core/capture-id.ts';
import {
  ADDED_YOU,
  isContactAddress,
  isContactList,
  MAX_CONTACTS_A_NOTICE,
  REMOVED_YOU,
} from '../core/contact-list.ts';
import type { Member } from './campaign-batch.ts';

/** Who writes to whom it has on its list for less may have added the decoy only to write: any sender of spam can. */
export const CONTACT_AGE_MS = 24 * 3_600_000;

/** A sender and a decoy that it may have on its list. */
export interface Contact {
  readonly network: string;
  readonly decoy: string;
  /** UUID made of network and peer. */
  readonly sender: string;
}

/** What a capture says of a contact list. */
export interface ContactChange extends Contact {
  /** Of the capture in its batch. */
  readonly place: number;
  /** Capture time, ms since the epoch. */
  readonly atMs: number;
  /** The decoy was taken off the list. */
  readonly gone: boolean;
}

/** What a batch leaves of a contact. */
export interface ContactEnd extends Contact {
  /** The decoy was taken off the list in the batch: what was known before it is over. */
  readonly gone: boolean;
  /** First time since then, or at all, at which the batch has it on the list, RFC 3339. */
  readonly since: string | undefined;
}

/** A contact as a key of maps. */
export const contactKey = ({ network, decoy, sender }: Contact): string => `${network} ${sender} ${decoy}`;

/** What the captures say of contact lists, in their order. */
export function contactChanges(items: readonly Analysed[]): readonly ContactChange[] {
  return items.flatMap(({ capture }, place) => {
    const said = saidIn(capture);
    if (said === undefined) return [];
    const { network, decoy, at } = capture;
    const atMs = Date.parse(at);
    return said.peers.map((peer) => ({
      ...{ network, decoy, place, atMs, gone: said.gone },
      sender: uuidOf('sender', network, peer),
    }));
  });
}

function saidIn(capture: Capture): { readonly peers: readonly string[]; readonly gone: boolean } | undefined {
  const { kind, peer, meta } = capture;
  if (kind === 'contact-request') return { peers: [peer.id], gone: false };
  if (kind === 'contact-change' && meta.event === ADDED_YOU) return { peers: [peer.id], gone: false };
  if (kind === 'contact-change' && meta.event === REMOVED_YOU) return { peers: [peer.id], gone: true };
  if (!isContactList(capture) || !Array.isArray(meta.contacts)) return undefined;
  const told: readonly unknown[] = meta.contacts.slice(0, MAX_CONTACTS_A_NOTICE);
  const peers = told.filter((one): one is string => typeof one === 'string' && isContactAddress(one));
  return { peers: [...new Set(peers)], gone: false };
}

/** The decoy that a capture touched and its sender. */
export function contactOf({ item, sender }: Member): Contact {
  const { network, decoy } = item.capture;
  return { network, decoy, sender };
}

/**
 * Which senders had the decoy that they touch on their list for long.
 * @param firsts first touches of their campaigns by senders, in any order
 * @param before contacts known before the batch by `contactKey`, each with its beginning, ms since the epoch
 * @returns `senderKey`s
 */
export function longContacts(
  firsts: readonly Member[],
  before: ReadonlyMap<string, number>,
  changes: readonly ContactChange[],
): ReadonlySet<string> {
  const found = new Set<string>();
  if (before.size === 0 && changes.length === 0) return found;
  const since = new Map(before);
  let next = 0;
  for (const member of [...firsts].sort((a, b) => a.place - b.place)) {
    for (let change = changes[next]; change !== undefined && change.place < member.place; change = changes[next]) {
      apply(since, change);
      next += 1;
    }
    const sinceMs = since.get(contactKey(contactOf(member)));
    const atMs = Date.parse(member.item.capture.at);
    if (sinceMs !== undefined && atMs - sinceMs >= CONTACT_AGE_MS) found.add(member.senderKey);
  }
  return found;
}

function apply(since: Map<string, number>, change: ContactChange): void {
  const key = contactKey(change);
  if (change.gone) since.delete(key);
  else since.set(key, Math.min(since.get(key) ?? change.atMs, change.atMs));
}

/** What the batch leaves, one row a contact, in order of key so that two writers lock in the same order. */
export function contactEnds(changes: readonly ContactChange[]): readonly ContactEnd[] {
  const since = new Map<string, number>();
  const ends = new Map<string, Contact & { readonly gone: boolean }>();
  for (const change of changes) {
    const key = contactKey(change);
    apply(since, change);
    const { network, decoy, sender } = change;
    ends.set(key, { network, decoy, sender, gone: change.gone || ends.get(key)?.gone === true });
  }
  return [...ends]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, end]) => {
      const ms = since.get(key);
      return { ...end, since: ms === undefined ? undefined : new Date(ms).toISOString() };
    });
}
