// One switchboard, run: dialled, entered, read into captures; a notifier writes on it.
import type { CaptureDraft, CaptureId } from '../../core/capture.ts';
import type { Clock, Log } from '../../core/clock.ts';
import { messageOf, SundewError } from '../../core/error.ts';
import type { Intent, Link, Ruling } from '../../core/link.ts';
import { type Dial, unverified } from '../http/exchange.ts';
import { httpAccountOf, type MsnpSettings } from './config.ts';
import { type Captured, Conversation } from './conversation.ts';
import { FileTaker } from './file-taker.ts';
import { SessionRunner } from './run-session.ts';
import type { FileDesk } from './session/file-desk.ts';
import {
  type SwitchboardRole,
  type SwitchboardState,
  startSwitchboard,
  stepSwitchboard,
} from './session/switchboard.ts';
import type { MsnpEvent } from './session/types.ts';
import { MAX_SWITCHBOARD_PAYLOAD, type MsnpFrame } from './wire/frame.ts';

export interface TalkOptions {
  readonly settings: MsnpSettings;
  readonly dial: Dial;
  readonly clock: Clock;
  readonly log: Log;
  readonly role: SwitchboardRole;
  readonly host: string;
  readonly port: number;
  /** Where files are taken: a decoy's account. */
  readonly desk?: FileDesk | undefined;
  capture(draft: CaptureDraft, raw: Uint8Array): Promise<CaptureId | undefined>;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: SundewError) => void;
}

export class Talk {
  readonly #options: TalkOptions;
  readonly #conversation: Conversation;
  readonly #inside = Promise.withResolvers<void>();
  #runner: SessionRunner<SwitchboardState> | undefined;
  #waiting: Waiting[] = [];
  #files: FileTaker | undefined;

  constructor(options: TalkOptions) {
    this.#options = options;
    const session = options.role.type === 'answer' ? options.role.ring.session : options.role.cookie;
    this.#conversation = new Conversation(options.settings.address, session);
    this.#inside.promise.catch(() => undefined); // a decoy waits for nobody
  }

  /** Until everyone has left. @throws SundewError LINK_*, WIRE_*, and what a capture threw */
  async run(signal: AbortSignal): Promise<void> {
    const { settings, role, host, port, clock, log } = this.#options;
    try {
      await using link = await this.#options.dial({ host, port }, signal);
      requirePlain(link, settings);
      this.#files = this.#takeFiles();
      this.#runner = new SessionRunner({
        link,
        state: startSwitchboard(settings.address, role),
        step: stepSwitchboard,
        maxPayload: MAX_SWITCHBOARD_PAYLOAD,
        clock,
        log,
        onEvent: (event) => this.#onEvent(event, signal),
        onDenied: (ruling, intent, token) => this.#onDenied(ruling, intent, token),
        onSent: async (token) => await this.#files?.allowed(token, signal),
      });
      try {
        await this.#runner.run(signal);
      } finally {
        await this.#files?.close(signal);
      }
      this.#fail(retry('the conversation ended'));
    } catch (error) {
      this.#fail(retry(`the conversation broke: ${messageOf(error)}`));
      throw error;
    }
  }

  #takeFiles(): FileTaker | undefined {
    const { settings, dial, clock, log, desk, capture } = this.#options;
    if (desk === undefined) return undefined;
    return new FileTaker({
      ...{ settings, dial, clock, log, desk, capture },
      say: (input) => this.#runner?.input(input),
    });
  }

  /** Whether this peer, and nobody else, hears what is said here. */
  isWith(peer: string): boolean {
    const { phase, roster = [] } = this.#runner?.state ?? {};
    return phase === 'inside' && roster.length === 1 && roster[0]?.toLowerCase() === peer.toLowerCase();
  }

  /** Resolves when the peer is there. */
  get inside(): Promise<void> {
    return this.#inside.promise;
  }

  /** Resolves when the server says that it handed the message over. @throws SundewError CHANNEL_RETRY, GATE_DENIED */
  async say(payload: Uint8Array, intent: Intent): Promise<void> {
    if (this.#runner === undefined || !this.isWith(intent.peer ?? '')) throw retry('the peer has left');
    const said = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
    this.#runner.input({ type: 'say', payload, wanted: 'A', intent });
    await said;
  }

  #onEvent(event: MsnpEvent, signal: AbortSignal): Promise<CaptureId | undefined> | undefined {
    switch (event.type) {
      case 'frame':
        return this.#hear(event.frame, signal);
      case 'joined':
        this.#inside.resolve();
        return this.#capture(this.#conversation.join(event.address, event.late, event.frame));
      case 'malformed': {
        const { role } = this.#options;
        const id = role.type === 'answer' ? role.ring.inviter : role.peer;
        const meta = { reason: event.reason };
        return this.#options.capture({ kind: 'malformed', peer: { id, verifiedBy: 'own-server' }, meta }, event.bytes);
      }
      case 'said': {
        const waiting = this.#waiting.shift();
        if (event.taken) waiting?.resolve();
        else waiting?.reject(retry('the server could not hand it over'));
        return undefined;
      }
      case 'refused':
        this.#fail(refusal(event.code));
        this.#runner?.stop();
        return undefined;
      default:
        return undefined;
    }
  }

  async #hear(frame: MsnpFrame, signal: AbortSignal): Promise<CaptureId | undefined> {
    const heard = this.#conversation.read(frame, this.#options.clock.now());
    const cause = heard.captured === undefined ? undefined : await this.#capture(heard.captured);
    await this.#files?.hear(heard, cause, signal);
    return cause;
  }

  #capture(captured: Captured | undefined): Promise<CaptureId | undefined> | undefined {
    return captured === undefined ? undefined : this.#options.capture(captured.draft, captured.raw);
  }

  /** A denied answer to an offer is what happens at `observe`: the conversation goes on. */
  #onDenied({ reason }: Ruling & { readonly allowed: false }, { act }: Intent, token: string | undefined): void {
    if (token !== undefined) {
      this.#files?.denied(token);
      return;
    }
    this.#options.log.warn({ act, reason }, 'the gate kept an MSN switchboard frame back');
    this.#fail(new SundewError('GATE_DENIED', `"${act}" on a switchboard was not allowed: ${reason}`));
    this.#runner?.stop();
  }

  #fail(error: SundewError): void {
    this.#inside.reject(error);
    for (const waiting of this.#waiting) waiting.reject(error);
    this.#waiting = [];
  }
}

/** 217: not online; 216: blocked; 205, 208: no such account. */
function refusal(code: string): SundewError {
  if (code === '205' || code === '208') return new SundewError('INPUT_INVALID', `MSN: no such account (error ${code})`);
  const why = code === '217' ? 'the peer is not online' : `the server refused (error ${code})`;
  return retry(why);
}

const retry = (why: string): SundewError => new SundewError('CHANNEL_RETRY', `MSN: ${why}`);

/** I-24: the protocol is plain, so it goes to this machine or to where the operator said that it may. */
export function requirePlain(link: Link, settings: MsnpSettings): void {
  if (link.loopback || settings.insecure === true) return;
  throw unverified(httpAccountOf(settings), `the link to ${settings.host} is not encrypted and not on this machine`);
}
