// What a family of the range is made of.
import type { Act, StageName } from './touch.ts';

interface FamilyBase {
  readonly id: string;
  /** Entries of the threats history it is modelled on. */
  readonly modelledOn: readonly string[];
  readonly stage: StageName;
  readonly act: Act['type'];
  /** Spintax; `<link>` is the variant's link, `<file>` its file. */
  readonly texts: readonly string[];
  /** Spintax of hosts; a number is appended for every new variant. */
  readonly hosts: readonly string[];
  /** Spintax of the path behind the host. */
  readonly paths: readonly string[];
  /** Spintax; used for files and, in links, for `<file>`. */
  readonly files?: readonly string[];
}

/** Spreads by itself from contact list to contact list: ever more senders. */
export interface Worm extends FamilyBase {
  readonly type: 'worm';
  /** That a contact opens it sooner or later. */
  readonly clickProbability: number;
  readonly seeds: number;
  /** From opening it to sending it on, ms. */
  readonly delayMs: readonly [low: number, high: number];
  /**
   * With it, whoever is ill lies silent until the next of these orders, in ms from the start, and sends then; after the
   * last one nobody sends.
   */
  readonly ordersMs?: readonly number[];
}

/** A list of addresses worked through by a few senders. */
export interface Run extends FamilyBase {
  readonly type: 'run';
  readonly senders: number;
  /** Messages to decoys in one run. */
  readonly length: number;
  readonly meanGapMs: number;
}

export type Family = Worm | Run;
