// Group commit: all appends that are waiting are made durable together, while the next ones gather.
import { SundewError } from '../../core/error.ts';
import { storeError } from './files.ts';
import { RECORD_HEADER_BYTES } from './format.ts';
import { MAX_GROUP_BYTES } from './load.ts';
import type { OpenRecord } from './recent.ts';
import type { Segment } from './segment.ts';

const MAX_GROUP_RECORDS = 2048;
/** What may wait for the disk at once; beyond it, appending fails instead of filling the memory. */
const MAX_WAITING_BYTES = 128 * 1024 * 1024;

interface Waiting {
  readonly record: OpenRecord;
  readonly resolve: (seq: number) => void;
  readonly reject: (error: SundewError) => void;
}

export interface CommitTarget {
  /** The segment that takes the next record; rolls over when the present one is full. */
  writable(): Promise<Segment>;
  /** After a group is durable; `first` is the number of its first record. */
  committed(first: number, group: readonly OpenRecord[]): void;
}

export class Committer {
  readonly #target: CommitTarget;
  readonly #what: string;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(target: CommitTarget, what: string) {
    this.#target = target;
    this.#what = what;
  }

  /** Queues a record; resolves with its number once it is on the disk. */
  append(record: OpenRecord): Promise<number> {
    if (this.#closed) throw new SundewError('JOURNAL_UNWRITABLE', `${this.#what} is closed`);
    if (this.#waitingBytes > MAX_WAITING_BYTES) {
      throw new SundewError(
        'JOURNAL_UNWRITABLE',
        `${this.#what}: the disk does not keep up, too much is waiting for it`,
      );
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, resolve, reject });
      this.#waitingBytes += record.ciphertext.length;
      this.#running ??= this.#run();
    });
  }

  /** Waits for what is queued, takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#commit();
    this.#running = undefined;
  }

  async #commit(): Promise<void> {
    let group: Waiting[] = [];
    try {
      const segment = await this.#target.writable();
      group = this.#take(segment.slots - segment.count);
      const first = segment.last + 1;
      const records = group.map((waiting) => waiting.record);
      await segment.write(records);
      this.#target.committed(first, records);
      group.forEach((waiting, at) => {
        waiting.resolve(first + at);
      });
    } catch (error) {
      const failed = group.length > 0 ? group : this.#take(MAX_GROUP_RECORDS);
      const coded = storeError(error, this.#what);
      for (const waiting of failed) waiting.reject(coded);
    }
  }

  #take(room: number): Waiting[] {
    let count = 0;
    let bytes = 0;
    for (const { record } of this.#waiting) {
      if (count === Math.min(room, MAX_GROUP_RECORDS) || (count > 0 && bytes > MAX_GROUP_BYTES)) break;
      count += 1;
      bytes += record.ciphertext.length + RECORD_HEADER_BYTES;
    }
    const group = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    for (const { record } of group) this.#waitingBytes -= record.ciphertext.length;
    return group;
  }
}
