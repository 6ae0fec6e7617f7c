// An AIM or ICQ account that writes: used for alerts, over links whose gate has the role `notifier`.
import type { CaptureDraft } from '../../core/capture.ts';
import { type Clock, SILENT } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import type { Intent } from '../../core/link.ts';
import { checkOscarSettings, type OscarSettings } from './config.ts';
import type { OscarConnection } from './connection.ts';
import { type Piece, piecesOf } from './outgoing.ts';
import { Pace } from './pace.ts';
import { draftsOf } from './read/read-snac.ts';
import type { ServiceState } from './session/service.ts';
import type { OscarEvent } from './session/types.ts';
import { type Dial, runOscar } from './sign-on.ts';
import { equalBytes, u16Of } from './wire/fields.ts';
import { decodeIcbmEvent, encodeInstantMessage } from './wire/icbm.ts';
import { normaliseScreenName } from './wire/screen-name.ts';
import { encodeSnac, type Snac } from './wire/snac.ts';
import { SNAC_ICBM_ACK, SNAC_ICBM_ERROR, SNAC_ICBM_TO_HOST } from './wire/snac-types.ts';

/** How long the server may take to say that it has a message. */
const ACK_MS = 30_000;
/** Request ids of our own, beyond those of the sign-on. */
const FIRST_REQUEST = 0x1000_0000;
/** (04,01): receiver not on, service unavailable, limits, resources: it may go through later. */
const PASSING = [0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0f, 0x11, 0x12, 0x13, 0x17, 0x1a];

export interface OutgoingMessage {
  readonly to: string;
  /** Plain text; longer ones go out in pieces. */
  readonly body: string;
  /** The same at every try. */
  readonly id: string;
  readonly intent: Intent;
}

export interface OscarClientOptions {
  readonly settings: OscarSettings;
  readonly dial: Dial;
  readonly clock: Clock;
  /** Whatever comes in, read as a decoy would read it: commands are of kind `message`. */
  onArrival?(draft: CaptureDraft): Promise<void> | void;
}

export interface OscarClient extends AsyncDisposable {
  readonly address: string;
  /**
   * Resolves once the server said that it has every piece, at the rate that it allows.
   * @throws SundewError GATE_DENIED, CHANNEL_RETRY, CHANNEL_REFUSED, INPUT_INVALID
   */
  sendMessage(message: OutgoingMessage): Promise<void>;
  /** Settles when the session ends; never rejects. */
  readonly closed: Promise<{ readonly error: unknown }>;
}

/** Signs on. @throws SundewError LINK_*, DECOY_*, WIRE_*, CONFIG_INVALID */
export async function openOscarClient(options: OscarClientOptions, signal: AbortSignal): Promise<OscarClient> {
  const { settings, clock, dial } = options;
  checkOscarSettings(settings);
  const stop = new AbortController();
  const online = Promise.withResolvers<void>();
  const writer = new Writer(clock, stop.signal);
  const reader = { address: settings.address, server: settings.host };
  const onEvent = (event: OscarEvent): Promise<unknown> | undefined => {
    if (event.type === 'online') online.resolve();
    if (event.type !== 'snac') return undefined;
    writer.hear(event.snac);
    const drafts = draftsOf(event.snac, reader);
    return options.onArrival === undefined || drafts.length === 0
      ? undefined
      : drafts.reduce(async (before, draft) => {
          await before;
          await options.onArrival?.(draft);
        }, Promise.resolve());
  };
  const ended = (error: unknown): { readonly error: unknown } => {
    stop.abort();
    writer.lost(error);
    online.reject(error ?? new SundewError('WIRE_CLOSED', `${settings.address} signed off`));
    return { error };
  };
  const onConnection = (connection: OscarConnection<ServiceState>): void => writer.use(connection);
  const run = { settings, dial, clock, log: SILENT, onEvent, onConnection };
  const closed = runOscar(run, AbortSignal.any([signal, stop.signal])).then(() => ended(undefined), ended);
  await online.promise;
  return {
    address: settings.address,
    closed,
    sendMessage: (message) => writer.write(message),
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await closed;
    },
  };
}

interface Waiting {
  readonly cookie: Uint8Array;
  readonly resolve: () => void;
  readonly reject: (error: SundewError) => void;
}

/** One message after the other, each at its time, each until the server answered. */
class Writer {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #pace = new Pace();
  readonly #waiting = new Map<number, Waiting>();
  #connection: OscarConnection<ServiceState> | undefined;
  #tail: Promise<void> = Promise.resolve();
  #requestId = FIRST_REQUEST;

  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
  }

  use(connection: OscarConnection<ServiceState>): void {
    this.#connection = connection;
  }

  hear(snac: Snac): void {
    try {
      this.#pace.learn(snac, this.#clock.now());
    } catch {
      // Rates that cannot be read bind nobody; the session has reported the frame.
    }
    if (snac.type === SNAC_ICBM_ACK) this.#acknowledged(snac);
    else if (snac.type === SNAC_ICBM_ERROR) this.#refused(snac);
  }

  write(message: OutgoingMessage): Promise<void> {
    const sent = this.#tail.then(async () => {
      const to = normaliseScreenName(message.to);
      for (const piece of piecesOf(to, message.body, message.id)) await this.#writePiece(to, piece, message.intent);
    });
    this.#tail = sent.catch(() => undefined); // its own caller hears of it
    return sent;
  }

  lost(cause: unknown): void {
    this.#connection = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(retry(cause));
    this.#waiting.clear();
  }

  async #writePiece(to: string, piece: Piece, intent: Intent): Promise<void> {
    const delay = this.#pace.delay(SNAC_ICBM_TO_HOST, this.#clock.now());
    if (delay > 0) {
      await this.#clock.sleep(delay, this.#signal).catch((cause: unknown) => {
        throw retry(cause);
      });
    }
    const connection = this.#connection;
    if (connection === undefined) throw retry(undefined);
    const requestId = this.#requestId++;
    const answer = Promise.withResolvers<void>();
    answer.promise.catch(() => undefined); // awaited below, unless the sending itself failed
    this.#waiting.set(requestId, { cookie: piece.cookie, ...answer });
    try {
      const body = encodeInstantMessage(piece.cookie, to, piece.text);
      const ruling = await connection
        .sendSnac(encodeSnac(SNAC_ICBM_TO_HOST, requestId, body), intent)
        .catch((cause: unknown) => {
          throw retry(cause);
        });
      if (!ruling.allowed) throw new SundewError('GATE_DENIED', `a message to ${to} was not allowed: ${ruling.reason}`);
      this.#pace.spend(SNAC_ICBM_TO_HOST, this.#clock.now());
      await this.#inTime(answer.promise);
    } finally {
      this.#waiting.delete(requestId);
    }
  }

  async #inTime(answer: Promise<void>): Promise<void> {
    const limit = new AbortController();
    const late = this.#clock.sleep(ACK_MS, limit.signal).then(
      () => {
        throw new SundewError('CHANNEL_RETRY', `the OSCAR server did not take the message within ${ACK_MS / 1000} s`);
      },
      () => undefined, // answered
    );
    try {
      await Promise.race([answer, late]);
    } finally {
      limit.abort();
    }
  }

  /** By the cookie: some servers do not give the request id back. */
  #acknowledged(snac: Snac): void {
    try {
      const { cookie } = decodeIcbmEvent(snac.body);
      for (const waiting of this.#waiting.values()) if (equalBytes(waiting.cookie, cookie)) waiting.resolve();
    } catch {
      // An acknowledgement that cannot be read is none; the limit ends the waiting.
    }
  }

  #refused(snac: Snac): void {
    const code = u16Of(snac.body.subarray(0, 2)) ?? 0;
    const number = `0x${code.toString(16).padStart(2, '0')}`;
    const passing = PASSING.includes(code);
    const sentence = passing ? 'does not take the message now' : 'refused the message';
    this.#waiting
      .get(snac.requestId)
      ?.reject(
        new SundewError(passing ? 'CHANNEL_RETRY' : 'CHANNEL_REFUSED', `the OSCAR server ${sentence} (${number})`),
      );
  }
}

const retry = (cause: unknown): SundewError =>
  new SundewError('CHANNEL_RETRY', 'the OSCAR session ended before the server had the message', { cause });
