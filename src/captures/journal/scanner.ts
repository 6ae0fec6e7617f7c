// Reads the records of a segment's log in order, a chunk at a time, without trusting a length in it.
import type { FileHandle } from 'node:fs/promises';
import { readFully } from './files.ts';
import { decodeRecordHeader, RECORD_HEADER_BYTES, type RecordHeader } from './format.ts';

const CHUNK_BYTES = 512 * 1024;

export interface ScannedRecord {
  readonly header: RecordHeader;
  /** Exact bytes of the header, for the chain. */
  readonly headerBytes: Buffer;
  readonly ciphertext: Uint8Array;
  /** Where the record begins in the file. */
  readonly offset: number;
  readonly end: number;
}

/** Takes records off a log between two offsets. */
export class RecordScanner {
  readonly #log: FileHandle;
  readonly #to: number;
  #offset: number;
  #broken = false;

  constructor(log: FileHandle, from: number, to: number) {
    this.#log = log;
    this.#offset = from;
    this.#to = to;
  }

  /** Where the next record begins, or the first byte that is no record. */
  get offset(): number {
    return this.#offset;
  }

  /** True when the bytes at `offset` are no record. */
  get broken(): boolean {
    return this.#broken;
  }

  /** The records of the next chunk; empty at the end or where the log is broken. */
  async next(): Promise<readonly ScannedRecord[]> {
    if (this.#broken || this.#offset >= this.#to) return [];
    let records = this.#parse(await this.#chunk(CHUNK_BYTES));
    if (records.length === 0 && !this.#broken) {
      const needed = await this.#neededBytes();
      if (needed === undefined || this.#offset + needed > this.#to) this.#broken = true;
      else records = this.#parse(await this.#chunk(needed));
    }
    return records;
  }

  async #chunk(bytes: number): Promise<Buffer> {
    const chunk = Buffer.allocUnsafe(Math.min(bytes, this.#to - this.#offset));
    return chunk.subarray(0, await readFully(this.#log, chunk, this.#offset));
  }

  async #neededBytes(): Promise<number | undefined> {
    const header = decodeRecordHeader(await this.#chunk(RECORD_HEADER_BYTES));
    return header === undefined ? undefined : RECORD_HEADER_BYTES + header.contentBytes;
  }

  #parse(chunk: Buffer): ScannedRecord[] {
    const records: ScannedRecord[] = [];
    let at = 0;
    while (chunk.length - at >= RECORD_HEADER_BYTES) {
      const headerBytes = chunk.subarray(at, at + RECORD_HEADER_BYTES);
      const header = decodeRecordHeader(headerBytes);
      if (header === undefined) {
        this.#broken = true;
        break;
      }
      const end = at + RECORD_HEADER_BYTES + header.contentBytes;
      if (end > chunk.length) break;
      const ciphertext = chunk.subarray(at + RECORD_HEADER_BYTES, end);
      records.push({ header, headerBytes, ciphertext, offset: this.#offset + at, end: this.#offset + end });
      at = end;
    }
    this.#offset += at;
    return records;
  }
}
