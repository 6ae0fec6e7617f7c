// How captures say who has the decoy on a contact list: the words in their `meta` that knowledge/ reads (docs/captures.md).
import { hash } from 'node:crypto';
import type { CaptureDraft, Peer } from './capture.ts';

/** `meta.event` of a `contact-change`: the peer has put the decoy on its list, or has taken it off. */
export const ADDED_YOU = 'added-you';
export const REMOVED_YOU = 'removed-you';

/** `meta.event` of a `service-notice`: the server says who has the decoy on the list; their addresses stand in `meta.contacts`. */
export const CONTACT_LIST = 'contact-list';

/** Addresses in one such notice at most, and told of one list: whoever plants contacts plants tens. */
export const MAX_CONTACTS_A_NOTICE = 256;
export const MAX_CONTACTS_TOLD = 2048;
/** Characters; longer ones, and ones with control characters, are no contacts that anybody planted. */
export const MAX_CONTACT_ADDRESS = 320;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this excludes.
const NO_ADDRESS = /[\u0000-\u001f\u007f]/;

/** Whether text from the network can be an address of a contact. */
export function isContactAddress(text: string): boolean {
  return text !== '' && text.length <= MAX_CONTACT_ADDRESS && !NO_ADDRESS.test(text);
}

/** Whether a capture is a server's word on who has the decoy on the list: nobody touched the decoy. */
export function isContactList(capture: {
  readonly kind: string;
  readonly meta: Readonly<Record<string, unknown>>;
}): boolean {
  return capture.kind === 'service-notice' && capture.meta.event === CONTACT_LIST;
}

/**
 * What a server told of who has the decoy on the list, as captures: none for nobody, several for many. The same addresses give the
 * same native ids, so that a list that comes again at the next sign-on counts once.
 */
export function contactListDrafts(server: Peer, addresses: Iterable<string>): readonly CaptureDraft[] {
  const known = [...new Set(addresses)].filter(isContactAddress).sort().slice(0, MAX_CONTACTS_TOLD);
  const drafts: CaptureDraft[] = [];
  for (let from = 0; from < known.length; from += MAX_CONTACTS_A_NOTICE) {
    const contacts = known.slice(from, from + MAX_CONTACTS_A_NOTICE);
    const native = `contacts:${hash('sha256', JSON.stringify(contacts), 'hex')}`;
    drafts.push({ kind: 'service-notice', native, peer: server, meta: { event: CONTACT_LIST, contacts } });
  }
  return drafts;
}
