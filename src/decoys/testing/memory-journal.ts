// A journal without a disk, for tests of what is written to it; it can be told to fail or to be slow.
import { SundewError } from '../../core/error.ts';
import type { Journal, JournalEntry, JournalType } from '../../core/journal.ts';

export class MemoryJournal implements Journal {
  readonly entries: JournalEntry[] = [];
  failing = false;
  /** Awaited before each append becomes durable. */
  before: () => Promise<void> = async () => undefined;

  get last(): number {
    return this.entries.length;
  }

  async append(type: JournalType, content: Uint8Array): Promise<number> {
    if (this.failing) throw new SundewError('JOURNAL_UNWRITABLE', 'the test says so');
    const copy = Uint8Array.from(content);
    await this.before();
    const at = '2026-01-01T00:00:00.000Z';
    this.entries.push({ seq: this.entries.length + 1, at, type, commitment: new Uint8Array(32), content: copy });
    return this.entries.length;
  }

  async read(after: number, limit: number): Promise<readonly JournalEntry[]> {
    return await Promise.resolve(this.entries.slice(after, after + limit));
  }

  waitBeyond(): Promise<void> {
    return Promise.reject(new Error('not for this test'));
  }

  erase(): Promise<void> {
    return Promise.reject(new Error('not for this test'));
  }

  /** Contents of one type as JSON. */
  json(type: JournalType): unknown[] {
    return this.entries
      .filter((entry) => entry.type === type)
      .map((entry) => JSON.parse(Buffer.from(entry.content ?? []).toString()) as unknown);
  }
}
