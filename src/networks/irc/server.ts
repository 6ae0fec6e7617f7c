// The range's IRC server: loopback only, no operators, no services. Enough for decoys, senders and irssi.
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import { isSundewError } from '../../core/error.ts';
import { listenOnLoopback } from '../server.ts';
import { obey } from './server/commands.ts';
import { dropUser, openChannel, type User, type World } from './server/world.ts';
import { EMPTY_LINE, takeLines } from './wire/line.ts';
import { decodeMessage } from './wire/message.ts';

const MAX_CLIENTS = 500;
/** A client that does not read loses its place. */
const MAX_BACKLOG_BYTES = 1 << 20;

export interface IrcServer {
  readonly port: number;
  stop(): Promise<void>;
}

export interface IrcServerOptions {
  /** 0: the kernel chooses. */
  readonly port: number;
  /** With a dot, such as `irc.range.test`. */
  readonly name: string;
  readonly channels: readonly string[];
  readonly clock?: Pick<Clock, 'now'>;
}

/** Listens on 127.0.0.1. */
export async function startIrcServer(options: IrcServerOptions): Promise<IrcServer> {
  const clock = options.clock ?? { now: () => new Date() };
  const world: World = {
    name: options.name,
    clock,
    users: new Set(),
    channels: new Map(),
    epoch: randomUUID(),
    messages: 0,
  };
  for (const channel of options.channels) openChannel(world, channel);
  const listener = await listenOnLoopback({ port: options.port, maxClients: MAX_CLIENTS, noDelay: true }, (socket) => {
    serve(world, socket);
  });
  return {
    port: listener.port,
    stop: () => listener.stop(),
  };
}

function serve(world: World, socket: Socket): void {
  const user: User = {
    nick: undefined,
    user: undefined,
    realname: '',
    negotiating: false,
    registered: false,
    capabilities: new Set(),
    write: (line) => {
      if (!socket.destroyed) socket.write(line);
      if (socket.writableLength > MAX_BACKLOG_BYTES) socket.destroy();
      return undefined;
    },
    close: () => {
      socket.end();
      return undefined;
    },
  };
  world.users.add(user);
  let buffer = EMPTY_LINE;
  socket.on('data', (chunk) => {
    const { lines, rest } = takeLines(buffer, chunk);
    buffer = rest;
    for (const line of lines) if (line.type === 'line') takeLine(world, user, line.bytes);
  });
  // A reset connection is a client gone; `close` follows and says so.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => dropUser(world, user, 'Connection closed'));
}

function takeLine(world: World, user: User, line: Uint8Array): void {
  try {
    obey(world, user, decodeMessage(line));
  } catch (error) {
    // A line that is none, or one that grew too long on its way to others, is dropped.
    if (!isSundewError(error)) throw error;
  }
}
