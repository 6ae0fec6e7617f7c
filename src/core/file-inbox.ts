// Receiving one file that the gate allowed, whatever the network: bounded in bytes and time, and judged by its first bytes.
import { hash } from 'node:crypto';
import type { CapturedFile } from './capture.ts';
import { type ContentType, contentTypeOf, HEAD_BYTES, holdsMedia, isMediaName } from './file-content.ts';

/** Larger files are recorded as offers and not taken. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** From the acceptance to the last byte. */
export const MAX_TRANSFER_MS = 5 * 60_000;

const KEPT: readonly ContentType[] = ['program', 'script', 'document', 'archive'];

/** Whether an offer is worth taking up: a size under the cap, and a name that does not say picture, sound or film. */
export function mayTakeFile({ name = '', size = 0 }: CapturedFile): boolean {
  return size > 0 && size <= MAX_FILE_BYTES && !isMediaName(name);
}

export interface Received {
  /** Nothing of a refused file. */
  readonly content: Uint8Array;
  /** The file as the capture tells it. */
  readonly file: CapturedFile;
  /** What the capture says besides. */
  readonly meta: { readonly truncated?: true; readonly refused?: string };
}

export class FileInbox {
  readonly #size: number;
  readonly #startedMs: number;
  #content: Uint8Array = new Uint8Array(HEAD_BYTES);
  #bytes = 0;
  #refused: string | undefined;

  constructor(size: number, now: Date) {
    this.#startedMs = now.getTime();
    this.#size = Math.min(size, MAX_FILE_BYTES);
  }

  /** Takes what still belongs to the file. */
  take(chunk: Uint8Array): void {
    const kept = chunk.subarray(0, this.#size - this.#bytes);
    if (kept.length === 0 || this.refused) return;
    const before = this.#bytes;
    this.#bytes += kept.length;
    if (this.#bytes > this.#content.length) this.#grow();
    this.#content.set(kept, before);
    // Judged once the head is there, and before more is held.
    if (this.complete || (before < HEAD_BYTES && this.#bytes >= HEAD_BYTES)) this.#judge();
  }

  /** Nothing more is wanted: all is there, or what came is not kept. */
  get done(): boolean {
    return this.complete || this.refused;
  }

  get complete(): boolean {
    return this.#bytes >= this.#size;
  }

  get refused(): boolean {
    return this.#refused !== undefined;
  }

  /** A sender that stalls must not keep others' files away. */
  isStale(now: Date): boolean {
    return now.getTime() - this.#startedMs > MAX_TRANSFER_MS;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** What came, with its hash; of a refused file only that it was refused. */
  finish(offered: CapturedFile): Received {
    if (!this.done) this.#judge();
    const cut = this.complete ? {} : ({ truncated: true } as const);
    if (this.#refused !== undefined) {
      return { content: new Uint8Array(), file: offered, meta: { refused: this.#refused } };
    }
    const content = this.#content.subarray(0, this.#bytes);
    const sha256 = hash('sha256', content, 'hex');
    return { content, file: { ...offered, size: content.length, sha256 }, meta: cut };
  }

  #judge(): void {
    const content = this.#content.subarray(0, this.#bytes);
    const type = contentTypeOf(content);
    if (!KEPT.includes(type)) this.#refuse(type);
    else if (this.complete && holdsMedia(content)) this.#refuse('archive of media');
  }

  #refuse(why: string): void {
    this.#refused = why;
    this.#content = new Uint8Array();
  }

  /** One buffer, so that a file that comes byte by byte holds no more memory than another. */
  #grow(): void {
    const grown = new Uint8Array(Math.min(Math.max(this.#bytes, 2 * this.#content.length), this.#size));
    grown.set(this.#content.subarray(0, Math.min(this.#content.length, grown.length)));
    this.#content = grown;
  }
}
