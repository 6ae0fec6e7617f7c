// Alerts by XMPP: one account that stays signed on, writes to confirmed subscribers and obeys their commands.
import { randomUUID } from 'node:crypto';
import type { CaptureDraft } from '../../core/capture.ts';
import type { Clock, Log, Random } from '../../core/clock.ts';
import { FATAL_DECOY_ERRORS } from '../../core/decoy.ts';
import { isSundewError, messageOf, SundewError } from '../../core/error.ts';
import type { XmppClient } from '../../networks/xmpp/client.ts';
import { parseAddress } from '../address.ts';
import type { Channel, SendReceipt } from '../channel.ts';
import type { CommandHandler } from '../command-handler.ts';
import type { Audience } from './audience.ts';

export interface XmppChannelOptions {
  /** Signs on, through a link whose gate has the role `notifier`. */
  open(onArrival: (draft: CaptureDraft) => Promise<void>, signal: AbortSignal): Promise<XmppClient>;
  /** The same that the gate asks. */
  readonly audience: Audience;
  readonly commands: CommandHandler;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export interface XmppChannel extends Channel {
  readonly kind: 'xmpp';
  /** `online`, `connecting`, or why it is neither. */
  state(): string;
}

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 300_000;
/** A wrong password does not get better by trying. */
const FATAL_PAUSE_MS = 900_000;
const CONNECT_PATIENCE_MS = 10_000;

/** Signs on in the background and again whenever the stream ends. */
export function createXmppChannel(options: XmppChannelOptions): XmppChannel {
  const closing = new AbortController();
  const connection: Connection = { client: undefined, state: 'connecting', arrived: nextArrival() };
  const running = stayOnline(options, connection, closing.signal);
  return {
    kind: 'xmpp',
    state: () => connection.state,
    async send(message, signal): Promise<SendReceipt> {
      const client = await online(connection, options.clock, signal);
      const admitted = options.audience.admit('notify', message.to);
      try {
        const sent = client.sendMessage({
          to: message.to,
          body: message.short,
          id: message.stableId,
          originId: message.stableId,
          ...(message.thread === undefined ? {} : { thread: message.thread }),
          intent: { act: 'notify', peer: message.to },
        });
        await abortable(sent, signal);
        return {};
      } catch (error) {
        throw toChannelError(error);
      } finally {
        admitted();
      }
    },
    async close() {
      closing.abort();
      connection.arrived.reject(new SundewError('CHANNEL_RETRY', 'alerts by XMPP are being closed'));
      await running;
    },
  };
}

interface Connection {
  client: XmppClient | undefined;
  state: string;
  /** Resolves with the next client; replaced when that one is gone. */
  arrived: PromiseWithResolvers<XmppClient>;
}

async function stayOnline(options: XmppChannelOptions, connection: Connection, closing: AbortSignal): Promise<void> {
  let failures = 0;
  while (!closing.aborted) {
    connection.state = 'connecting';
    const error = await oneConnection(options, connection, closing);
    if (closing.aborted) return;
    failures = connection.client === undefined ? failures + 1 : 1;
    if (connection.client !== undefined) connection.arrived = nextArrival();
    connection.client = undefined;
    connection.state = messageOf(error);
    options.log.warn({ cause: connection.state, failures }, 'alerts by XMPP are offline');
    await options.clock.sleep(pauseAfter(error, failures, options.random), closing).catch(() => undefined); // closing
  }
}

/** Signs on and stays until the stream ends. @returns why it ended; `connection.client` is still set when it was online */
async function oneConnection(
  options: XmppChannelOptions,
  connection: Connection,
  closing: AbortSignal,
): Promise<unknown> {
  try {
    await using client = await options.open((draft) => obey(options, connection, draft), closing);
    connection.client = client;
    connection.state = 'online';
    connection.arrived.resolve(client);
    const { error } = await client.closed;
    return error ?? new SundewError('WIRE_CLOSED', 'the server closed the stream');
  } catch (error) {
    return error;
  }
}

function nextArrival(): PromiseWithResolvers<XmppClient> {
  const arrival = Promise.withResolvers<XmppClient>();
  arrival.promise.catch(() => undefined); // nobody may be waiting when the channel closes
  return arrival;
}

function pauseAfter(error: unknown, failures: number, random: Random): number {
  if (isSundewError(error) && FATAL_DECOY_ERRORS.some((code) => code === error.code)) return FATAL_PAUSE_MS;
  return random() * Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 20));
}

/** The client, once it is there. @throws SundewError CHANNEL_RETRY */
async function online(connection: Connection, clock: Clock, signal: AbortSignal): Promise<XmppClient> {
  if (connection.client !== undefined) return connection.client;
  const over = new AbortController();
  const patience = clock.sleep(CONNECT_PATIENCE_MS, AbortSignal.any([signal, over.signal])).then(
    () => Promise.reject(offline(connection)),
    () => Promise.reject(offline(connection)),
  );
  patience.catch(() => undefined); // the race may be over
  try {
    return await Promise.race([connection.arrived.promise, patience]);
  } finally {
    over.abort();
  }
}

function offline(connection: Connection): SundewError {
  return new SundewError('CHANNEL_RETRY', `alerts by XMPP are offline: ${connection.state}`);
}

/** Commands come as ordinary messages; errors, receipts and whatever a room says are answered by nobody (no loops). */
async function obey(options: XmppChannelOptions, connection: Connection, draft: CaptureDraft): Promise<void> {
  if (draft.kind !== 'message' || draft.conversation !== undefined || draft.text === undefined) return;
  const { client } = connection;
  try {
    const { address, key } = parseAddress('xmpp', draft.peer.id);
    const reply = await options.commands(key, draft.text);
    // Not awaited: the acknowledgement is read by the very loop that has called us.
    if (reply !== undefined && client !== undefined) void say(options, client, address, reply);
  } catch (error) {
    options.log.warn({ cause: messageOf(error) }, 'a command by XMPP was not carried out');
  }
}

async function say(options: XmppChannelOptions, client: XmppClient, to: string, body: string): Promise<void> {
  const admitted = options.audience.admit('answer', to);
  try {
    const id = randomUUID();
    await client.sendMessage({ to, body, id, originId: id, intent: { act: 'command-reply', peer: to } });
  } catch (error) {
    options.log.warn({ cause: messageOf(error) }, 'an answer by XMPP was not sent');
  } finally {
    admitted();
  }
}

async function abortable(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void =>
    aborted.reject(new SundewError('CHANNEL_RETRY', 'the XMPP server did not acknowledge in time'));
  signal.addEventListener('abort', abort, { once: true });
  work.catch(() => undefined); // after the time-out nobody listens
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** What our own gate or the address itself rules out does not get better by trying. */
function toChannelError(error: unknown): SundewError {
  if (isSundewError(error, 'CHANNEL_RETRY')) return error;
  const final = isSundewError(error, 'GATE_DENIED') || isSundewError(error, 'INPUT_INVALID');
  return new SundewError(final ? 'CHANNEL_REFUSED' : 'CHANNEL_RETRY', messageOf(error), { cause: error });
}
