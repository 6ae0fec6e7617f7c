// Chunks of a socket as they come, pulled one by one, so that a slow reader slows the sender down; the socket below can be exchanged (STARTTLS).
import type { Duplex } from 'node:stream';
import { messageOf, SundewError } from '../../core/error.ts';

export class StreamReader implements AsyncIterable<Uint8Array> {
  #source: Duplex;
  #ended = false;
  #error: SundewError | undefined;
  #wake: (() => void) | undefined;

  readonly #onReadable = (): void => this.#wake?.();
  readonly #onEnd = (): void => {
    this.#ended = true;
    this.#wake?.();
  };
  readonly #onError = (error: Error): void => {
    this.#error ??= new SundewError('WIRE_CLOSED', `the connection broke: ${messageOf(error)}`, { cause: error });
    this.#wake?.();
  };

  constructor(source: Duplex) {
    this.#source = source;
    this.#listen();
  }

  /** Bytes that came and were not read yet. */
  get buffered(): number {
    return this.#source.readableLength;
  }

  #listen(): void {
    this.#source.on('readable', this.#onReadable).on('end', this.#onEnd).on('close', this.#onEnd);
    this.#source.on('error', this.#onError);
  }

  /** Stops listening, so that something else may take the socket over; errors stay heard. */
  detach(): void {
    this.#source.off('readable', this.#onReadable).off('end', this.#onEnd).off('close', this.#onEnd);
  }

  /**
   * Lets whatever still comes run out unread, so that the far side's end is seen: as long as `readable` is listened to,
   * a socket that nobody reads never comes to its end.
   */
  drain(): void {
    this.#source.off('readable', this.#onReadable).resume();
  }

  /** Goes on with another socket. */
  attach(source: Duplex): void {
    this.#source = source;
    this.#listen();
    this.#wake?.();
  }

  async #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      const chunk = this.#source.read() as Uint8Array | null;
      if (chunk !== null) return { done: false, value: chunk };
      if (this.#error !== undefined) throw this.#error;
      if (this.#ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return { next: async () => await this.#next() };
  }
}
