// Of how many senders the decoy stood on the contact list before, by what is going on. Assumptions, not measurements:
// docs/warning.md says why, and npm run eval:warning what they cost where they do not hold.

/** One of several shares that are thought possible. */
export interface Share {
  /** Share of senders that had the decoy on their list, as far as decoys learn of it. */
  readonly contacts: number;
  /** How likely this share is; together 1. */
  readonly weight: number;
}

/** Who is infected writes to the contact list; what decoys learn of lists differs by network and by decoy. */
export const CONTACTS_OF_CONTAGION: readonly Share[] = [
  { contacts: 0.3, weight: 1 / 3 },
  { contacts: 0.6, weight: 1 / 3 },
  { contacts: 0.95, weight: 1 / 3 },
];

/** Who works through a list is a stranger; a few have themselves added long before. */
export const CONTACTS_OF_LEVEL: readonly Share[] = [
  { contacts: 0.01, weight: 0.9 },
  { contacts: 0.2, weight: 0.1 },
];

const CONTACTS_OF_NOISE = 0.02;

/** How many times as often as in noise a sender is one who had the decoy on its list (or, not `contact`, is none). */
export function contactRatio(contact: boolean, contacts: number): number {
  return contact ? contacts / CONTACTS_OF_NOISE : (1 - contacts) / (1 - CONTACTS_OF_NOISE);
}
