// An XMPP account that writes: used for alerts, over a link whose gate has the role `notifier`.
import { createHmac, randomBytes } from 'node:crypto';
import type { CaptureDraft } from '../../core/capture.ts';
import type { Clock } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import type { Intent } from '../../core/link.ts';
import type { ResolveSrv, XmppClientSettings } from './config.ts';
import { type Dial, dialClient, domainOf, tlsOptionsOf } from './endpoint.ts';
import { readArrival } from './read/read-arrival.ts';
import { SessionRunner } from './run-session.ts';
import { ClientSession } from './session/client-session.ts';
import { parseJid } from './wire/jid.ts';
import { NS } from './wire/namespaces.ts';
import { xml } from './wire/xml-element.ts';
import { encodeXml } from './wire/xml-write.ts';

export interface OutgoingMessage {
  readonly to: string;
  readonly subject?: string;
  readonly body: string;
  /** The same at every try, so that a receiver who has it already can tell. */
  readonly id: string;
  readonly originId: string;
  readonly thread?: string;
  readonly intent: Intent;
}

export interface XmppClientOptions {
  readonly settings: XmppClientSettings;
  readonly dial: Dial;
  readonly clock: Clock;
  readonly srv?: ResolveSrv;
  /** Whatever comes in, read as a decoy would read it: commands are of kind `message`, failures of delivery `backscatter` (`meta.id`). */
  onArrival?(draft: CaptureDraft): Promise<void> | void;
}

export interface XmppClient extends AsyncDisposable {
  readonly address: string;
  /**
   * Resolves once the server acknowledged the message by XEP-0198; after anything else it must be sent again, with the
   * same ids. @throws SundewError GATE_DENIED, CHANNEL_RETRY, INPUT_INVALID
   */
  sendMessage(message: OutgoingMessage): Promise<void>;
  /** Settles when the stream ends; never rejects. */
  readonly closed: Promise<{ readonly error: unknown }>;
}

interface Waiting {
  readonly number: number;
  readonly resolve: () => void;
  readonly reject: (error: SundewError) => void;
}

const REQUEST_ACK = encodeXml(xml(NS.sm, 'r'), NS.client);

/** Signs on. @throws SundewError LINK_*, DECOY_*, WIRE_*; DECOY_UNSUPPORTED when the server has no stream management */
export async function openXmppClient(options: XmppClientOptions, signal: AbortSignal): Promise<XmppClient> {
  const { settings } = options;
  const session = notifierSession(settings);
  const link = await dialClient(settings, options.dial, signal, options.srv);
  const own = { mode: 'client', address: settings.address, domain: domainOf(settings.address) } as const;
  const online = Promise.withResolvers<void>();
  const acknowledgements = new Acknowledgements();
  const stop = new AbortController();
  const runner = new SessionRunner({
    link,
    session,
    clock: options.clock,
    tls: tlsOptionsOf(settings),
    store: async (arrival) => {
      for (const draft of readArrival(arrival, own)) await options.onArrival?.(draft);
    },
    online: () => online.resolve(),
    acknowledged: (count) => acknowledgements.reached(count),
  });
  const closed = runner.run(AbortSignal.any([signal, stop.signal])).then(
    () => ended(undefined),
    (error: unknown) => ended(error),
  );
  const ended = (error: unknown): { readonly error: unknown } => {
    acknowledgements.lost(error);
    online.reject(error ?? new SundewError('WIRE_CLOSED', `${settings.address} signed off`));
    return { error };
  };
  await online.promise;
  const close = async (): Promise<void> => {
    stop.abort();
    await closed;
  };
  if (!session.managed) {
    await close();
    throw new SundewError('DECOY_UNSUPPORTED', `${own.domain} has no stream management (XEP-0198), which alerts need`);
  }
  return {
    address: settings.address,
    closed,
    sendMessage: (message) => sendMessage(runner, acknowledgements, message),
    [Symbol.asyncDispose]: close,
  };
}

function notifierSession(settings: XmppClientSettings): ClientSession {
  const resource = createHmac('sha256', settings.password)
    .update(`notifier ${settings.address}`)
    .digest('hex')
    .slice(0, 12);
  return new ClientSession({
    address: settings.address,
    password: settings.password,
    tls: settings.tls,
    resource,
    nonce: randomBytes(18).toString('base64'),
    resumable: false,
    roster: false,
  });
}

async function sendMessage(runner: SessionRunner, acks: Acknowledgements, message: OutgoingMessage): Promise<void> {
  if (acks.ended) throw retry(undefined);
  const sent = runner.send(encodeMessage(message), message.intent, true);
  const { ruling, number } = await sent.catch((cause: unknown) => {
    throw retry(cause);
  });
  if (!ruling.allowed) {
    throw new SundewError('GATE_DENIED', `a message to ${message.to} was not allowed: ${ruling.reason}`);
  }
  const acknowledged = acks.wait(number);
  runner.send(REQUEST_ACK, { act: 'keep-alive' }, false).catch(() => undefined); // The end of the stream rejects `acknowledged`.
  await acknowledged;
}

function encodeMessage(message: OutgoingMessage): Uint8Array {
  const to = parseJid(message.to);
  if (to === undefined) throw new SundewError('INPUT_INVALID', `"${message.to}" is no XMPP address`);
  const children = [xml(NS.client, 'body', {}, message.body)];
  if (message.subject !== undefined) children.unshift(xml(NS.client, 'subject', {}, message.subject));
  if (message.thread !== undefined) children.push(xml(NS.client, 'thread', {}, message.thread));
  children.push(xml(NS.stanzaId, 'origin-id', { id: message.originId }));
  return encodeXml(xml(NS.client, 'message', { type: 'chat', to: to.full, id: message.id }, ...children), NS.client);
}

function retry(cause: unknown): SundewError {
  return new SundewError('CHANNEL_RETRY', 'the XMPP stream ended before the server had the message', { cause });
}

/** Messages that wait for the server's `<a/>`. */
class Acknowledgements {
  #waiting: Waiting[] = [];
  #count = 0;
  ended = false;

  wait(number: number): Promise<void> {
    if (number <= this.#count) return Promise.resolve();
    if (this.ended) return Promise.reject(retry(undefined));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ number, resolve, reject });
    });
  }

  reached(count: number): void {
    this.#count = Math.max(this.#count, count);
    for (const waiting of this.#waiting) if (waiting.number <= count) waiting.resolve();
    this.#waiting = this.#waiting.filter((waiting) => waiting.number > count);
  }

  lost(cause: unknown): void {
    this.ended = true;
    for (const waiting of this.#waiting) waiting.reject(retry(cause));
    this.#waiting = [];
  }
}
