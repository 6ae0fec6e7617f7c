// The evidence journal as the other parts see it (DESIGN 2, captures). Chained over salted commitments, erasable content.

export const JOURNAL_TYPES = ['capture', 'outbound', 'engagement', 'custody', 'erasure'] as const;
export type JournalType = (typeof JOURNAL_TYPES)[number];

export interface JournalEntry {
  /** From 1, without gaps, per journal. */
  readonly seq: number;
  /** RFC 3339, UTC, ms. */
  readonly at: string;
  readonly type: JournalType;
  /** SHA-256 over salt and content. */
  readonly commitment: Uint8Array;
  /** `undefined` when erased. */
  readonly content: Uint8Array | undefined;
}

export interface Journal {
  /** Resolves with the entry's number once key, content and record are on the disk. @throws SundewError JOURNAL_UNWRITABLE, STORE_FULL */
  append(type: JournalType, content: Uint8Array): Promise<number>;
  /** Durable entries with `seq > after`, oldest first, at most `limit`. */
  read(after: number, limit: number): Promise<readonly JournalEntry[]>;
  /** Number of the last durable entry, 0 when empty. */
  readonly last: number;
  /** Resolves when `last > after`. */
  waitBeyond(after: number, signal: AbortSignal): Promise<void>;
  /** Destroys key and salt of an entry; the chain still verifies. */
  erase(seq: number): Promise<void>;
}
