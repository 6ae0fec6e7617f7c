// Alerts by instant message: one account that stays signed on, writes to confirmed subscribers and obeys their commands.
import { randomUUID } from 'node:crypto';
import type { CaptureDraft } from '../../core/capture.ts';
import type { Clock, Log, Random } from '../../core/clock.ts';
import { FATAL_DECOY_ERRORS } from '../../core/decoy.ts';
import { isSundewError, messageOf, SundewError } from '../../core/error.ts';
import type { Intent } from '../../core/link.ts';
import { NETWORK_NAMES } from '../../core/network.ts';
import { parseAddress, type SubscriberAddress } from '../address.ts';
import { type Channel, type ImKind, markUnsent, type OutgoingMessage, type SendReceipt } from '../channel.ts';
import type { CommandHandler } from '../command-handler.ts';
import type { Audience } from './audience.ts';
import { createTurns, type Turns } from './turns.ts';

/** One message as every network's client takes it; what a network has no place for, its client leaves out. */
export interface ImMessage {
  readonly to: string;
  readonly body: string;
  /** The same at every try. */
  readonly id: string;
  readonly originId: string;
  readonly thread?: string;
  readonly intent: Intent;
}

/** What the sending clients of all networks have in common. */
export interface ImClient extends AsyncDisposable {
  /** Resolves when the network took it, as far as the network can tell. */
  sendMessage(message: ImMessage): Promise<void>;
  /** Settles when the session ends; never rejects. */
  readonly closed: Promise<{ readonly error: unknown }>;
}

export interface ImChannelOptions {
  readonly kind: ImKind;
  /** Signs on, through links whose gate has the role `notifier`. */
  open(onArrival: (draft: CaptureDraft) => Promise<void>, signal: AbortSignal): Promise<ImClient>;
  /** The same that the gate asks. */
  readonly audience: Audience;
  readonly commands: CommandHandler;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export interface ImChannel extends Channel {
  readonly kind: ImKind;
  /** `online`, `connecting`, or why it is neither. */
  state(): string;
}

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 300_000;
/** A wrong password does not get better by trying. */
const FATAL_PAUSE_MS = 900_000;
const CONNECT_PATIENCE_MS = 10_000;

/** Signs on in the background and again whenever the session ends. */
export function createImChannel(options: ImChannelOptions): ImChannel {
  const closing = new AbortController();
  const connection: Connection = { client: undefined, state: 'connecting', arrived: nextArrival() };
  const running = stayOnline(options, connection, closing.signal);
  // XMPP acknowledges any number of messages under way. The others are slow, and a message that waits inside a client
  // could still go out after its time-out, and again at the next try.
  const turns = createTurns(options.kind === 'xmpp' ? Number.POSITIVE_INFINITY : 1);
  return {
    kind: options.kind,
    state: () => connection.state,
    async send(message, signal): Promise<SendReceipt> {
      try {
        const client = await online(options, connection, signal);
        await write(options, client, message, turns, signal);
        return {};
      } catch (error) {
        throw toChannelError(error);
      }
    },
    async close() {
      closing.abort();
      connection.arrived.reject(new SundewError('CHANNEL_RETRY', `alerts by ${nameOf(options)} are being closed`));
      await running;
    },
  };
}

const nameOf = ({ kind }: ImChannelOptions): string => NETWORK_NAMES[kind];

async function write(
  options: ImChannelOptions,
  client: ImClient,
  message: OutgoingMessage,
  turns: Turns,
  signal: AbortSignal,
): Promise<void> {
  const { address, key } = parseAddress(options.kind, message.to);
  const late = `${nameOf(options)} did not take the message in time`;
  await turns.take(signal, late, async () => {
    const admitted = options.audience.admit('notify', key);
    try {
      await client.sendMessage({
        to: address,
        body: message.short,
        id: message.stableId,
        originId: message.stableId,
        ...(message.thread === undefined ? {} : { thread: message.thread }),
        intent: { act: 'notify', peer: address },
      });
    } finally {
      admitted();
    }
  });
}

interface Connection {
  client: ImClient | undefined;
  state: string;
  /** Resolves with the next client; replaced when that one is gone. */
  arrived: PromiseWithResolvers<ImClient>;
}

async function stayOnline(options: ImChannelOptions, connection: Connection, closing: AbortSignal): Promise<void> {
  let failures = 0;
  while (!closing.aborted) {
    connection.state = 'connecting';
    const error = await oneConnection(options, connection, closing);
    if (closing.aborted) return;
    failures = connection.client === undefined ? failures + 1 : 1;
    if (connection.client !== undefined) connection.arrived = nextArrival();
    connection.client = undefined;
    connection.state = messageOf(error);
    options.log.warn({ channel: options.kind, cause: connection.state, failures }, 'alerts by IM are offline');
    await options.clock.sleep(pauseAfter(error, failures, options.random), closing).catch(() => undefined); // closing
  }
}

/** Signs on and stays until the session ends. @returns why it ended; `connection.client` is still set when it was online */
async function oneConnection(
  options: ImChannelOptions,
  connection: Connection,
  closing: AbortSignal,
): Promise<unknown> {
  try {
    await using client = await options.open((draft) => obey(options, connection, draft), closing);
    connection.client = client;
    connection.state = 'online';
    connection.arrived.resolve(client);
    const { error } = await client.closed;
    return error ?? new SundewError('WIRE_CLOSED', 'the server ended the session');
  } catch (error) {
    return error;
  }
}

function nextArrival(): PromiseWithResolvers<ImClient> {
  const arrival = Promise.withResolvers<ImClient>();
  arrival.promise.catch(() => undefined); // nobody may be waiting when the channel closes
  return arrival;
}

function pauseAfter(error: unknown, failures: number, random: Random): number {
  if (isSundewError(error) && FATAL_DECOY_ERRORS.some((code) => code === error.code)) return FATAL_PAUSE_MS;
  return random() * Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 20));
}

/** The client, once it is there. @throws SundewError CHANNEL_RETRY */
async function online(options: ImChannelOptions, connection: Connection, signal: AbortSignal): Promise<ImClient> {
  if (connection.client !== undefined) return connection.client;
  const over = new AbortController();
  const patience = options.clock.sleep(CONNECT_PATIENCE_MS, AbortSignal.any([signal, over.signal])).then(
    () => Promise.reject(offline(options, connection)),
    () => Promise.reject(offline(options, connection)),
  );
  patience.catch(() => undefined); // the race may be over
  try {
    return await Promise.race([connection.arrived.promise, patience]);
  } finally {
    over.abort();
  }
}

function offline(options: ImChannelOptions, connection: Connection): SundewError {
  return markUnsent(new SundewError('CHANNEL_RETRY', `alerts by ${nameOf(options)} are offline: ${connection.state}`));
}

/** Commands come as ordinary messages; errors, receipts and whatever a room says are answered by nobody (no loops). */
async function obey(options: ImChannelOptions, connection: Connection, draft: CaptureDraft): Promise<void> {
  if (draft.kind !== 'message' || draft.conversation !== undefined || draft.text === undefined) return;
  const { client } = connection;
  try {
    const { address, key } = parseAddress(options.kind, draft.peer.id);
    const reply = await options.commands(key, draft.text);
    // Not awaited: the acknowledgement is read by the very loop that has called us.
    if (reply !== undefined && client !== undefined) void say(options, client, { address, key }, reply);
  } catch (error) {
    options.log.warn({ channel: options.kind, cause: messageOf(error) }, 'a command by IM was not carried out');
  }
}

async function say(options: ImChannelOptions, client: ImClient, to: SubscriberAddress, body: string): Promise<void> {
  const admitted = options.audience.admit('answer', to.key);
  try {
    const id = randomUUID();
    const intent = { act: 'command-reply', peer: to.address } as const;
    await client.sendMessage({ to: to.address, body, id, originId: id, intent });
  } catch (error) {
    options.log.warn({ channel: options.kind, cause: messageOf(error) }, 'an answer by IM was not sent');
  } finally {
    admitted();
  }
}

const FINAL = ['GATE_DENIED', 'INPUT_INVALID', 'SUBSCRIBER_INVALID'] as const;

/** What our own gate or the address itself rules out does not get better by trying. */
function toChannelError(error: unknown): SundewError {
  if (isSundewError(error) && (error.code === 'CHANNEL_RETRY' || error.code === 'CHANNEL_REFUSED')) return error;
  const final = isSundewError(error) && FINAL.some((code) => code === error.code);
  return new SundewError(final ? 'CHANNEL_REFUSED' : 'CHANNEL_RETRY', messageOf(error), { cause: error });
}
