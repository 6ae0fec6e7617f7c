// One account signed on: the notification server, the tickets it asks for, and every switchboard it is rung to.
import type { CaptureDraft, CaptureId } from '../../core/capture.ts';
import type { Clock, Log } from '../../core/clock.ts';
import { isSundewError, messageOf, SundewError } from '../../core/error.ts';
import type { Endpoint, Intent } from '../../core/link.ts';
import type { Dial } from '../http/exchange.ts';
import {
  draftOfBrokenStream,
  draftOfNotification,
  draftOfRing,
  type MsnpReader,
  readOfflineNotices,
} from './captures.ts';
import { clientIdOf, dialectOf, type MsnpSettings, mayDial } from './config.ts';
import { collect } from './offline-messages.ts';
import { ReverseList } from './reverse-list.ts';
import { SessionRunner } from './run-session.ts';
import { Admissions } from './session/admissions.ts';
import { FileDesk } from './session/file-desk.ts';
import { startNotification, stepNotification } from './session/notification.ts';
import type { NotificationState } from './session/notification-state.ts';
import type { SwitchboardRole } from './session/switchboard.ts';
import type { MsnpEvent, Ring } from './session/types.ts';
import { requirePlain, Talk } from './talk.ts';
import { fetchTicket } from './ticket.ts';
import { MAX_NOTIFICATION_PAYLOAD, type MsnpFrame } from './wire/frame.ts';

/** Conversations at a time; further rings are captured and not answered. */
const MAX_TALKS = 16;
const MAX_REDIRECTS = 3;
const DEFAULT_PORT = 1863;

export interface StationOptions {
  readonly settings: MsnpSettings;
  readonly dial: Dial;
  readonly clock: Clock;
  readonly log: Log;
  capture(draft: CaptureDraft, raw: Uint8Array): Promise<CaptureId | undefined>;
  /** The intent of `ANS`, which answers the captured ring. */
  handshake(ring: Ring, cause: CaptureId | undefined): Intent;
  online(): void;
  /** Whether peers are let in and their files taken, as far as the gate allows: a decoy, not a notifier. */
  readonly receives: boolean;
}

type Where = PromiseWithResolvers<{ readonly host: string; readonly port: number; readonly cookie: string }>;

export class Station {
  readonly talks = new Set<Talk>();
  readonly #options: StationOptions;
  readonly #reader: MsnpReader;
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #runner: SessionRunner<NotificationState> | undefined;
  #redirect: Endpoint | undefined;
  #ticket: string | undefined;
  #asked: Where[] = [];
  #failure: unknown;
  readonly #desk: FileDesk | undefined;
  readonly #admissions: Admissions | undefined;
  #lists: ReverseList | undefined;

  constructor(options: StationOptions) {
    const { settings } = options;
    this.#options = options;
    this.#reader = { address: settings.address, server: settings.host, dialect: dialectOf(settings) };
    this.#desk = options.receives ? new FileDesk() : undefined;
    this.#admissions = options.receives ? new Admissions(dialectOf(settings)) : undefined;
  }

  /** Until the session ends or the signal asks to sign off. @throws SundewError */
  async run(signal: AbortSignal): Promise<void> {
    const { settings } = this.#options;
    const both = AbortSignal.any([signal, this.#stop.signal]);
    let endpoint: Endpoint | undefined = { host: settings.host, port: settings.port ?? DEFAULT_PORT };
    try {
      for (let hop = 0; endpoint !== undefined && hop <= MAX_REDIRECTS; hop += 1) {
        this.#redirect = undefined;
        await this.#signOn(endpoint, both);
        endpoint = this.#redirect;
      }
      if (endpoint !== undefined && !both.aborted) {
        throw new SundewError('WIRE_CLOSED', `MSN account ${settings.address}: the servers send it on without end`);
      }
    } finally {
      this.#stop.abort();
      await Promise.all(this.#running);
      for (const where of this.#asked) where.reject(retry('the session ended'));
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #signOn(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    const { settings, clock, log } = this.#options;
    await using link = await this.#options.dial(endpoint, signal);
    requirePlain(link, settings);
    const { address, password } = settings;
    this.#lists = this.#options.receives ? new ReverseList(this.#reader) : undefined;
    const account = { address, password, dialect: dialectOf(settings), clientId: clientIdOf(settings) };
    this.#runner = new SessionRunner({
      link,
      state: startNotification(account),
      step: stepNotification,
      maxPayload: MAX_NOTIFICATION_PAYLOAD,
      clock,
      log,
      onEvent: (event) => this.#onEvent(event, signal),
      onDenied: ({ reason }, { act }, token) => this.#onDenied(act, reason, token),
      onSent: (token, intent) => this.#onSent(token, intent),
    });
    try {
      await this.#runner.run(signal);
    } catch (error) {
      if (this.#redirect === undefined) throw error;
    }
  }

  /** Asks the server for a switchboard. @throws SundewError CHANNEL_RETRY, GATE_DENIED */
  async openSwitchboard(intent: Intent): Promise<{ host: string; port: number; cookie: string }> {
    if (this.#runner?.state.phase !== 'online') throw retry('the account is not signed on');
    const where: Where = Promise.withResolvers();
    this.#asked.push(where);
    this.#runner.input({ type: 'open-switchboard', intent });
    return await where.promise;
  }

  /** Runs a conversation until it ends. Its connection failing is no failure of the session; a lost capture is. */
  startTalk(role: SwitchboardRole, host: string, port: number): Talk {
    const { settings, dial, clock, log, capture } = this.#options;
    const talk = new Talk({ settings, dial, clock, log, role, host, port, desk: this.#desk, capture });
    this.talks.add(talk);
    const running = talk
      .run(this.#stop.signal)
      .catch((error: unknown) => this.#onTalkFailure(error))
      .finally(() => {
        this.talks.delete(talk);
        this.#running.delete(running);
      });
    this.#running.add(running);
    return talk;
  }

  #onTalkFailure(error: unknown): void {
    if (this.#stop.signal.aborted) return;
    if (isSundewError(error) && /^(?:LINK|WIRE)_/.test(error.code)) {
      this.#options.log.warn({ cause: messageOf(error) }, 'an MSN conversation broke');
      return;
    }
    this.#failure ??= error;
    this.#stop.abort();
  }

  #onEvent(event: MsnpEvent, signal: AbortSignal): Promise<CaptureId | undefined> | undefined {
    switch (event.type) {
      case 'online':
        this.#options.online();
        return this.#onLists();
      case 'frame':
        return this.#onFrame(event.frame, signal);
      case 'malformed':
        return this.#options.capture(draftOfBrokenStream(event.reason, this.#reader), event.bytes);
      case 'ticket-wanted':
        return this.#takeTicket(event.policy, signal);
      case 'ring':
        return this.#onRing(event.ring, event.frame);
      case 'redirect':
        this.#onRedirect(event);
        return undefined;
      case 'switchboard':
        this.#asked.shift()?.resolve(event);
        return undefined;
      case 'refused':
        this.#options.log.warn({ code: event.code }, 'the MSN server refused a request');
        this.#asked.shift()?.reject(retry(`the server refused a switchboard (error ${event.code})`));
        return undefined;
      default:
        return undefined;
    }
  }

  /** A lost capture ends the session, as any other does. */
  async #onLists(): Promise<undefined> {
    const { drafts, raw } = this.#lists?.end() ?? { drafts: [], raw: new Uint8Array() };
    await Promise.all(drafts.map((draft) => this.#options.capture(draft, raw)));
  }

  #onFrame(frame: MsnpFrame, signal: AbortSignal): Promise<CaptureId | undefined> | undefined {
    const notices = readOfflineNotices(frame);
    if (notices !== undefined) {
      const { settings, dial, log, capture } = this.#options;
      const mailbox = { settings, dial, log, capture, ticket: this.#ticket };
      return collect(notices, frame.bytes, mailbox, signal).then(() => undefined);
    }
    const draft = draftOfNotification(frame, this.#reader);
    if (draft === undefined) {
      this.#lists?.hear(frame);
      this.#admissions?.hear(frame, undefined);
      return undefined;
    }
    const captured = this.#options.capture(draft, frame.bytes);
    return draft.kind === 'contact-request' ? this.#admit(frame, captured) : captured;
  }

  async #admit(frame: MsnpFrame, captured: Promise<CaptureId | undefined>): Promise<CaptureId | undefined> {
    const cause = await captured;
    const answer = this.#admissions?.hear(frame, cause);
    if (answer !== undefined) this.#runner?.input(answer);
    return cause;
  }

  #onSent(token: string, intent: Intent): Promise<void> {
    const next = this.#admissions?.sent(token, intent);
    if (next !== undefined) this.#runner?.input(next);
    return Promise.resolve();
  }

  async #takeTicket(policy: string, signal: AbortSignal): Promise<undefined> {
    const { settings, dial } = this.#options;
    this.#ticket = await fetchTicket(policy, settings, dial, signal);
    this.#runner?.input({ type: 'ticket', ticket: this.#ticket });
  }

  async #onRing(ring: Ring, frame: MsnpFrame): Promise<CaptureId | undefined> {
    const cause = await this.#options.capture(draftOfRing(ring), frame.bytes);
    const { host, port } = ring;
    if (!mayDial(host, this.#options.settings)) {
      this.#options.log.warn({ host, port }, 'an MSN switchboard elsewhere was not joined; add its host to "hosts"');
    } else if (this.talks.size >= MAX_TALKS) {
      this.#options.log.warn({ talks: this.talks.size }, 'too many MSN conversations at a time; one was not joined');
    } else {
      this.startTalk({ type: 'answer', ring, intent: this.#options.handshake(ring, cause) }, host, port);
    }
    return cause;
  }

  #onRedirect(to: { readonly host: string; readonly port: number }): void {
    if (mayDial(to.host, this.#options.settings)) this.#redirect = { host: to.host, port: to.port };
    else this.#options.log.warn({ ...to }, 'the MSN server sends on to a host that is not in "hosts"');
  }

  /** A denied answer to a contact is what happens at `observe`. */
  #onDenied(act: string, reason: string, token: string | undefined): void {
    if (token !== undefined) return;
    this.#options.log.warn({ act, reason }, 'the gate kept an MSN frame back');
    this.#asked.shift()?.reject(new SundewError('GATE_DENIED', `"${act}" was not allowed: ${reason}`));
  }
}

const retry = (why: string): SundewError => new SundewError('CHANNEL_RETRY', `MSN: ${why}`);
