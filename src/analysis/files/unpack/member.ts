// What every reader of archives gives: entries in order, and what is wrong with the archive.
import type { Finding } from '../types.ts';

/** One entry: its content, or why there is none. */
export interface Member {
  readonly name: string;
  readonly content?: Uint8Array;
  readonly encrypted?: boolean;
  /** Why it was not unpacked. */
  readonly unopened?: string;
}

export interface Unpacked {
  readonly members: readonly Member[];
  readonly findings: readonly Finding[];
  readonly unopened: readonly string[];
  /** Even the list of entries is. */
  readonly encrypted?: boolean;
}

export const BOMB: Finding = {
  rank: 'bad',
  class: 'exploit',
  says: 'an archive made to fill memory or disk: it unpacks to far more than it is',
};
export const TOO_MANY: Finding = { rank: 'note', says: 'the archive holds more entries than are looked at' };
export const BROKEN: Finding = { rank: 'note', says: 'the archive is damaged or cut short' };

/** Longer names are cut. */
export const MAX_NAME = 512;
