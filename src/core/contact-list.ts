// How captures say who has the decoy on a contact list: the words in their `meta` that knowledge/ reads (docs/captures.md).

/** `meta.event` of a `contact-change`: the peer has put the decoy on its list, or has taken it off. */
export const ADDED_YOU = 'added-you';
export const REMOVED_YOU = 'removed-you';

/** `meta.event` of a `service-notice`: the server says who has the decoy on the list; their addresses stand in `meta.contacts`. */
export const CONTACT_LIST = 'contact-list';

/** Addresses in one such notice at most. */
export const MAX_CONTACTS_A_NOTICE = 500;
