// One segment: a log of records and a file of key slots, named after the number of its first entry.
import { chmod, type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalType } from '../../core/journal.ts';
import { readFully, syncDirectory, writeAll } from './files.ts';
import { encodeRecordHeader, encodeSegmentHeader, HASH_BYTES, RECORD_HEADER_BYTES, SLOT_BYTES } from './format.ts';
import { RecordScanner } from './scanner.ts';
import type { Sealed } from './seal.ts';

/** Every so many records the offset is remembered. */
const INDEX_STEP = 64;

export interface NewRecord extends Sealed {
  readonly type: JournalType;
  readonly atMs: number;
}

/** File names of the segment that begins with entry `first`. */
export function segmentFiles(dir: string, first: number): { readonly log: string; readonly keys: string } {
  const stem = join(dir, String(first).padStart(15, '0'));
  return { log: `${stem}.log`, keys: `${stem}.keys` };
}

export class Segment {
  readonly first: number;
  readonly log: FileHandle;
  readonly keys: FileHandle;
  readonly slots: number;
  readonly dataStart: number;
  /** Entries that are durable. */
  count = 0;
  /** End of the durable log; what stands behind it is a failed write. */
  position: number;
  hash: Uint8Array;
  /** Offsets of the entries first, first + 64, …, as far as they are known. */
  readonly #index: number[] = [];
  #dirty = false;

  constructor(of: {
    first: number;
    log: FileHandle;
    keys: FileHandle;
    slots: number;
    dataStart: number;
    hash: Uint8Array;
  }) {
    this.first = of.first;
    this.log = of.log;
    this.keys = of.keys;
    this.slots = of.slots;
    this.dataStart = of.dataStart;
    this.position = of.dataStart;
    this.hash = of.hash;
  }

  get last(): number {
    return this.first + this.count - 1;
  }

  /** Takes a record that was found on the disk or just written into the books. */
  note(offset: number, end: number, hash: Uint8Array): void {
    if (this.count % INDEX_STEP === 0) this.#index.push(offset);
    this.count += 1;
    this.position = end;
    this.hash = hash;
  }

  /** Writes a group durably: keys first, then records. After an error nothing of the group counts. */
  async write(group: readonly NewRecord[]): Promise<void> {
    await this.cutFailedWrite();
    const slots = Buffer.concat(group.map((record) => record.slot));
    await writeAll(this.keys, slots, this.count * SLOT_BYTES);
    await this.keys.datasync();
    const { parts, notes } = this.#encode(group);
    this.#dirty = true;
    await writeAll(this.log, Buffer.concat(parts), this.position);
    await this.log.datasync();
    this.#dirty = false;
    for (const [offset, end, hash] of notes) this.note(offset, end, hash);
  }

  #encode(group: readonly NewRecord[]): { parts: Uint8Array[]; notes: [number, number, Uint8Array][] } {
    const parts: Uint8Array[] = [];
    const notes: [number, number, Uint8Array][] = [];
    let hash = this.hash;
    let offset = this.position;
    let seq = this.last + 1;
    for (const record of group) {
      const header = Buffer.allocUnsafe(RECORD_HEADER_BYTES);
      hash = encodeRecordHeader(header, { ...record, seq, contentBytes: record.ciphertext.length }, hash);
      parts.push(header, record.ciphertext);
      const end = offset + header.length + record.ciphertext.length;
      notes.push([offset, end, hash]);
      offset = end;
      seq += 1;
    }
    return { parts, notes };
  }

  /** A write that failed half-way may have left bytes behind the durable end: they go first. */
  async cutFailedWrite(): Promise<void> {
    if (!this.#dirty) return;
    await this.log.truncate(this.position);
    this.#dirty = false;
  }

  /** Where to begin looking for an entry of this segment: an offset at or before it. */
  offsetBefore(seq: number): number {
    return this.#index[Math.floor((seq - this.first) / INDEX_STEP)] ?? this.#index.at(-1) ?? this.dataStart;
  }

  /** A scanner over the durable records, from one that is at or before `seq`. */
  scan(seq = this.first): RecordScanner {
    return new RecordScanner(this.log, this.offsetBefore(seq), this.position);
  }

  /** The slots of `count` entries from `seq` on. */
  async readSlots(seq: number, count: number): Promise<Buffer> {
    const slots = Buffer.alloc(count * SLOT_BYTES);
    await readFully(this.keys, slots, (seq - this.first) * SLOT_BYTES);
    return slots;
  }

  /** Overwrites slots for good. */
  async wipe(seqs: readonly number[]): Promise<void> {
    for (const seq of seqs) await writeAll(this.keys, new Uint8Array(SLOT_BYTES), (seq - this.first) * SLOT_BYTES);
    await this.keys.datasync();
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.keys.close();
  }
}

/** Creates the files of a new segment; slots get their place on the disk at once. */
export async function createSegment(
  dir: string,
  of: { first: number; sensor: string; previous: Uint8Array; slots: number },
): Promise<Segment> {
  const names = segmentFiles(dir, of.first);
  const keys = await open(names.keys, 'w+', 0o600);
  try {
    await chmod(names.keys, 0o600);
    await writeAll(keys, new Uint8Array(of.slots * SLOT_BYTES), 0);
    await keys.sync();
    const log = await open(names.log, 'w+', 0o600);
    try {
      const header = encodeSegmentHeader(of.first, of.sensor, of.previous);
      await writeAll(log, header, 0);
      await log.sync();
      await syncDirectory(dir);
      const hash = header.subarray(header.length - HASH_BYTES);
      return new Segment({ first: of.first, log, keys, slots: of.slots, dataStart: header.length, hash });
    } catch (error) {
      await log.close();
      throw error;
    }
  } catch (error) {
    await keys.close();
    throw error;
  }
}
