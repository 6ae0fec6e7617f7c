// The stream: single keep-alive bytes (bit 7 set) between messages that carry their length in front.
import { SundewError } from '../../../core/error.ts';

/** Real frames stay under 9 KiB; libmeanwhile allocates whatever the length says, we do not. */
export const MAX_FRAME_BYTES = 1 << 20;
/** What clients send to keep the connection open. */
export const KEEP_ALIVE = Uint8Array.of(0x80);
const LENGTH_BYTES = 4;
const FIRST_CAPACITY = 1024;

/** Takes one message, with its length field, off the front; skips keep-alive bytes and empty messages before it. */
export function takeSametimeFrame(buffer: Uint8Array): {
  readonly frame: Uint8Array | undefined;
  readonly rest: Uint8Array;
} {
  let at = 0;
  for (;;) {
    while (at < buffer.length && (buffer[at] ?? 0) >= 0x80) at += 1;
    const rest = buffer.subarray(at);
    if (rest.length < LENGTH_BYTES) return { frame: undefined, rest };
    const length = new DataView(rest.buffer, rest.byteOffset).getUint32(0);
    if (length > MAX_FRAME_BYTES) {
      throw new SundewError('WIRE_TOO_LARGE', `a frame of ${length} bytes, at most ${MAX_FRAME_BYTES} are read`);
    }
    if (rest.length < LENGTH_BYTES + length) return { frame: undefined, rest };
    at += LENGTH_BYTES + length;
    if (length > 0) return { frame: rest.subarray(0, LENGTH_BYTES + length), rest: buffer.subarray(at) };
  }
}

/** Cuts a stream into messages. What is buffered is one unfinished frame, in a buffer that doubles. */
export class SametimeFramer {
  #buffer: Uint8Array = new Uint8Array(0);
  #length = 0;
  #wanted = LENGTH_BYTES;

  /** Bytes of an unfinished frame. */
  get pending(): number {
    return this.#length;
  }

  /** Whole frames, each a copy of its own. @throws SundewError WIRE_TOO_LARGE, after which the stream is lost */
  *feed(chunk: Uint8Array): Generator<Uint8Array> {
    this.#append(chunk);
    if (this.#length < this.#wanted && (this.#buffer[0] ?? 0) < 0x80) return;
    let rest = this.#buffer.subarray(0, this.#length);
    for (;;) {
      const taken = takeSametimeFrame(rest);
      rest = taken.rest;
      if (taken.frame === undefined) break;
      yield taken.frame.slice();
    }
    this.#keep(rest);
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(needed, Math.min(this.#buffer.length * 2, needed * 2), FIRST_CAPACITY));
      grown.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = grown;
    }
    this.#buffer.set(chunk, this.#length);
    this.#length = needed;
  }

  #keep(rest: Uint8Array): void {
    const known = rest.length >= LENGTH_BYTES;
    this.#wanted = LENGTH_BYTES + (known ? new DataView(rest.buffer, rest.byteOffset).getUint32(0) : 0);
    this.#buffer = rest.length === 0 ? new Uint8Array(0) : rest.slice();
    this.#length = rest.length;
  }
}
