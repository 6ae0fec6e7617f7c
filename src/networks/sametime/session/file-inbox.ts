// Receiving one file that the gate allowed: chunks come one at a time, each waits for our acknowledgement.
import { hash } from 'node:crypto';
import { concatBytes } from '../../../core/bytes.ts';
import type { CapturedFile } from '../../../core/capture.ts';

/** Larger files are recorded as offers and not taken. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** From the acceptance to the last byte. */
const MAX_TRANSFER_MS = 5 * 60_000;

export class FileInbox {
  readonly #size: number;
  readonly #chunks: Uint8Array[] = [];
  readonly #startedMs: number;
  #bytes = 0;

  constructor(size: number, now: Date) {
    this.#startedMs = now.getTime();
    this.#size = Math.min(size, MAX_FILE_BYTES);
  }

  /** Takes what still belongs to the file. */
  take(chunk: Uint8Array): void {
    const kept = chunk.subarray(0, this.#size - this.#bytes);
    if (kept.length === 0) return;
    this.#chunks.push(kept);
    this.#bytes += kept.length;
  }

  get complete(): boolean {
    return this.#bytes >= this.#size;
  }

  /** A sender that stalls must not keep others' files away. */
  isStale(now: Date): boolean {
    return now.getTime() - this.#startedMs > MAX_TRANSFER_MS;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The content, and the file as the capture tells it. */
  finish(offered: CapturedFile): { readonly content: Uint8Array; readonly file: CapturedFile } {
    const content = concatBytes(this.#chunks);
    return { content, file: { ...offered, size: content.length, sha256: hash('sha256', content, 'hex') } };
  }
}
