// The newest durable entries, still in memory: the pipeline reads what was just written, and need not open it again.
import type { JournalEntry } from '../../core/journal.ts';
import type { NewRecord } from './segment.ts';

/** Content that is kept for the next read; older entries are read from the disk. */
const MAX_BYTES = 8 * 1024 * 1024;

/** A record with the content that was sealed in it. */
export interface OpenRecord extends NewRecord {
  readonly content: Uint8Array;
}

export class RecentEntries {
  /** Without gaps, oldest first. */
  #entries: JournalEntry[] = [];
  #bytes = 0;

  /** Takes in a group that became durable. @param first number of its first record */
  add(first: number, group: readonly OpenRecord[]): void {
    if (this.#entries.length > 0 && this.#entries.at(-1)?.seq !== first - 1) this.clear();
    for (const [at, { type, atMs, commitment, content }] of group.entries()) {
      this.#entries.push({ seq: first + at, at: new Date(atMs).toISOString(), type, commitment, content });
      this.#bytes += content.length;
    }
    let dropped = 0;
    while (this.#bytes > MAX_BYTES) {
      this.#bytes -= this.#entries[dropped]?.content?.length ?? 0;
      dropped += 1;
    }
    if (dropped > 0) this.#entries.splice(0, dropped);
  }

  /** Hands out entries from `seq` on and forgets them and all before; none when `seq` is not here. */
  take(seq: number, limit: number): readonly JournalEntry[] {
    const [oldest] = this.#entries;
    if (oldest === undefined || seq < oldest.seq) return [];
    const from = seq - oldest.seq;
    const taken = this.#entries.slice(from, from + limit);
    for (const { content } of this.#entries.splice(0, from + limit)) this.#bytes -= content?.length ?? 0;
    return taken;
  }

  clear(): void {
    this.#entries = [];
    this.#bytes = 0;
  }
}
