// Fetches one file from its sender over a link of its own: the machine of MSNFTP, its timers, its end.
import type { Clock } from '../../core/clock.ts';
import type { Received } from '../../core/file-inbox.ts';
import type { Intent, Link } from '../../core/link.ts';
import { Timers } from '../timers.ts';
import { type FtpEffect, type FtpInput, type FtpRequest, FtpSession, type FtpTimer } from './session/msnftp.ts';

export interface FetchOptions {
  readonly link: Link;
  readonly request: FtpRequest;
  /** Of every frame: inside the transfer that the peer offered. */
  readonly intent: Intent;
  readonly clock: Clock;
  /** What came; at most once. */
  onReceived(received: Received): Promise<void>;
  onMalformed(reason: string, bytes: Uint8Array): Promise<void>;
}

/** Until the transfer ends, one way or another. @throws SundewError WIRE_CLOSED, LINK_TIMEOUT, and what a capture threw */
export async function fetchFile(options: FetchOptions, signal: AbortSignal): Promise<void> {
  const fetch = new Fetch(options);
  await fetch.run(signal);
}

class Fetch {
  readonly #options: FetchOptions;
  readonly #session: FtpSession;
  readonly #timers: Timers<FtpTimer>;
  #turn: Promise<void> = Promise.resolve();
  #closed = false;
  #error: unknown;

  constructor(options: FetchOptions) {
    this.#options = options;
    this.#session = new FtpSession(options.request);
    this.#timers = new Timers(options.clock, (timer) => void this.#timeout(timer));
  }

  async run(signal: AbortSignal): Promise<void> {
    const { link } = this.#options;
    const stop = (): void => void this.#close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) return;
      await this.#input({ type: 'connected' });
      for await (const bytes of link.incoming) {
        if (this.#closed) break;
        await this.#input({ type: 'bytes', bytes });
      }
      await this.#input({ type: 'closed' });
      if (this.#error !== undefined) throw this.#error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#timers.clear();
      await this.#close();
    }
  }

  /** One input after the other, each with all that it led to. */
  async #input(input: FtpInput): Promise<void> {
    const turn = this.#turn.then(async () => {
      for (const effect of this.#session.step(input, this.#options.clock.now())) {
        if (!(await this.#perform(effect))) return;
      }
    });
    this.#turn = turn.catch(() => undefined); // told to who waits for this turn
    await turn;
  }

  /** @returns false when nothing after it is to be done: the gate said no */
  async #perform(effect: FtpEffect): Promise<boolean> {
    const { link, intent, onReceived, onMalformed } = this.#options;
    switch (effect.type) {
      case 'send': {
        const { allowed } = await link.send(effect.frame, intent);
        if (!allowed) await this.#close();
        return allowed;
      }
      case 'received':
        await onReceived(effect.received);
        return true;
      case 'malformed':
        await onMalformed(effect.reason, effect.bytes);
        return true;
      case 'set-timer':
        this.#timers.set(effect.timer, effect.ms);
        return true;
      case 'close':
        await this.#close();
        return true;
    }
  }

  async #timeout(timer: FtpTimer): Promise<void> {
    try {
      await this.#input({ type: 'timer', timer });
    } catch (error) {
      this.#error ??= error;
      await this.#close();
    }
  }

  async #close(): Promise<void> {
    this.#closed = true;
    await this.#options.link.close();
  }
}
