// Takes files in one conversation, for a decoy at a level that lets it: what the reception wants done is done here.
import type { CaptureDraft, CapturedFile, CaptureId, Peer } from '../../core/capture.ts';
import type { Clock, Log } from '../../core/clock.ts';
import { isSundewError, messageOf } from '../../core/error.ts';
import type { Intent } from '../../core/link.ts';
import type { Dial } from '../http/exchange.ts';
import type { MsnpSettings } from './config.ts';
import type { Heard } from './conversation.ts';
import { fetchFile } from './run-ftp.ts';
import type { FileDesk } from './session/file-desk.ts';
import { Reception } from './session/reception.ts';
import type { FtpAddress, ReceptionEffect, ReceptionEffects } from './session/reception-types.ts';
import type { MsnpInput } from './session/types.ts';

export interface FileTakerOptions {
  readonly settings: MsnpSettings;
  readonly dial: Dial;
  readonly clock: Clock;
  readonly log: Log;
  readonly desk: FileDesk;
  capture(draft: CaptureDraft, raw: Uint8Array): Promise<CaptureId | undefined>;
  say(input: Extract<MsnpInput, { type: 'say' }>): void;
}

export class FileTaker {
  readonly #options: FileTakerOptions;
  readonly #reception: Reception;
  readonly #over = new AbortController();
  readonly #fetches = new Set<Promise<void>>();
  #error: unknown;

  constructor(options: FileTakerOptions) {
    const { settings, desk } = options;
    this.#options = options;
    this.#reception = new Reception({ own: settings.address, desk, fetches: settings.persona === 'classic' });
  }

  /** A message that has become a capture, or that is no capture by itself. */
  async hear({ peer, word, captured }: Heard, cause: CaptureId | undefined, signal: AbortSignal): Promise<void> {
    if (word === undefined) return;
    const draft = captured?.draft;
    const offered = draft?.kind === 'file-offer' ? draft.file : undefined;
    await this.#perform(this.#reception.hear(word, { peer, cause, offered }, this.#options.clock.now()), signal);
  }

  async allowed(token: string, signal: AbortSignal): Promise<void> {
    await this.#perform(this.#reception.allowed(token), signal);
  }

  denied(token: string): void {
    this.#reception.denied(token);
  }

  /** The conversation is over; what is being fetched has its own end. */
  async close(signal: AbortSignal): Promise<void> {
    this.#over.abort();
    await this.#perform(this.#reception.closed(), signal);
    await Promise.all(this.#fetches);
    if (this.#error !== undefined) throw this.#error;
  }

  async #perform(effects: ReceptionEffects, signal: AbortSignal): Promise<void> {
    for (const effect of effects) await this.#do(effect, signal);
  }

  async #do(effect: ReceptionEffect, signal: AbortSignal): Promise<void> {
    switch (effect.type) {
      case 'say':
        this.#options.say(effect);
        return;
      case 'emit':
        await this.#options.capture(effect.draft, effect.raw);
        return;
      case 'set-timer':
        this.#wake(effect.ms, signal);
        return;
      case 'fetch':
        this.#fetch(effect, signal);
        return;
    }
  }

  #wake(ms: number, signal: AbortSignal): void {
    const { clock } = this.#options;
    clock.sleep(ms, AbortSignal.any([signal, this.#over.signal])).then(
      async () => {
        await this.#perform(this.#reception.timer(clock.now()), signal).catch((error: unknown) => {
          this.#error ??= error;
        });
      },
      () => undefined, // over
    );
  }

  #fetch({ at, peer, file, intent }: Extract<ReceptionEffect, { type: 'fetch' }>, signal: AbortSignal): void {
    const { desk, log } = this.#options;
    const running = this.#fetchFrom(at, peer, file, intent, signal)
      .catch((error: unknown) => {
        if (signal.aborted) return;
        if (isSundewError(error) && /^(?:LINK_|WIRE_|GATE_DENIED)/.test(error.code)) {
          log.warn({ cause: messageOf(error) }, 'a file that an MSN peer offered could not be fetched');
        } else {
          this.#error ??= error;
        }
      })
      .finally(() => {
        desk.leave();
        this.#fetches.delete(running);
      });
    this.#fetches.add(running);
  }

  async #fetchFrom(at: FtpAddress, peer: Peer, file: CapturedFile, intent: Intent, signal: AbortSignal): Promise<void> {
    const { settings, dial, clock, capture } = this.#options;
    const { host, port, authCookie } = at;
    await using link = await dial({ host, port, intent }, signal);
    const request = { own: settings.address, authCookie, file };
    const from: Peer = { ...peer, address: `${host}:${port}` };
    await fetchFile(
      {
        link,
        request,
        intent,
        clock,
        onReceived: async ({ content, file: taken, meta }) => {
          await capture({ kind: 'file', peer: from, file: taken, meta }, content);
        },
        onMalformed: async (reason, bytes) => {
          await capture({ kind: 'malformed', peer: from, file, meta: { reason } }, bytes);
        },
      },
      signal,
    );
  }
}
