// The range's Sametime server: loopback only. Enough for decoys, senders, libmeanwhile and libpurple.
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { isSundewError } from '../../core/error.ts';
import { listenOnLoopback } from '../server.ts';
import { announcePresence } from './server/awareness.ts';
import { accept, create, end, logOut, send } from './server/routes.ts';
import { continueLogin, logIn, shakeHands } from './server/sign-on.ts';
import { type Account, type Connection, findOnline, tell, type World } from './server/world.ts';
import { keyPairOf } from './wire/diffie-hellman.ts';
import { SametimeFramer } from './wire/frame.ts';
import { decodeSametime, type SametimeMessage } from './wire/message.ts';
import { STATUS_ACTIVE } from './wire/structures.ts';

const MAX_CLIENTS = 2500;
/** A client that does not read loses its place. */
const MAX_BACKLOG_BYTES = 4 << 20;
const LOOPBACK_ADDRESS = 0x7f000001;
const MAX_RECIPIENTS = 256;

export interface SametimeServerOptions {
  /** 0: the kernel chooses. */
  readonly port: number;
  readonly accounts: readonly Account[];
  readonly serverId?: string;
  /** Every login is redirected there; clients that stay all the same are let in. */
  readonly redirectTo?: string;
  /** False: no key in the handshake, as servers before 3.0 did. */
  readonly offersKey?: boolean;
}

export interface SametimeServer {
  readonly port: number;
  /** An administrator's word to everyone. */
  broadcast(text: string): void;
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1. */
export async function startSametimeServer(options: SametimeServerOptions): Promise<SametimeServer> {
  const world: World = {
    serverId: options.serverId ?? 'sametime.range.test',
    accounts: options.accounts,
    redirectTo: options.redirectTo,
    offersKey: options.offersKey ?? true,
    connections: new Set(),
    storage: new Map(),
    logins: 0x1000,
  };
  const listener = await listenOnLoopback({ port: options.port, maxClients: MAX_CLIENTS }, (socket) => {
    serve(world, socket);
  });
  return {
    port: listener.port,
    broadcast: (text) => {
      for (const connection of world.connections)
        if (connection.login !== undefined) tell(connection, { kind: 'admin', text });
    },
    stop: () => listener.stop(),
  };
}

function serve(world: World, socket: Socket): void {
  const connection: Connection = {
    keys: keyPairOf(randomBytes(64)),
    magic: randomBytes(4).readUInt32BE(),
    routes: new Map(),
    attributes: new Map(),
    watched: new Set(),
    status: { status: STATUS_ACTIVE, time: 0, text: '' },
    nextChannel: 0,
    address: LOOPBACK_ADDRESS,
    write: (frame) => {
      if (!socket.destroyed) socket.write(frame);
      if (socket.writableLength > MAX_BACKLOG_BYTES) socket.destroy();
    },
    close: () => {
      socket.end();
    },
  };
  world.connections.add(connection);
  const framer = new SametimeFramer();
  socket.setNoDelay(true);
  socket.on('data', (chunk) => {
    try {
      for (const frame of framer.feed(chunk)) obey(world, connection, decodeSametime(frame));
    } catch (error) {
      if (!isSundewError(error)) throw error;
      socket.destroy(); // what no client sends
    }
  });
  // A reset connection is a client gone; `close` follows and says so.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => logOut(world, connection));
}

function obey(world: World, connection: Connection, message: SametimeMessage): void {
  switch (message.kind) {
    case 'handshake':
      shakeHands(world, connection);
      return;
    case 'login':
      logIn(world, connection, message);
      return;
    case 'login-continue':
      continueLogin(world, connection);
      return;
    default:
      if (connection.login !== undefined) obeyUser(world, connection, connection.login.userId, message);
  }
}

function obeyUser(world: World, connection: Connection, user: string, message: SametimeMessage): void {
  switch (message.kind) {
    case 'create':
      create(world, connection, message);
      return;
    case 'accept':
      accept(connection, message);
      return;
    case 'send':
      send(world, connection, message);
      return;
    case 'destroy':
      if (message.channel !== 0) {
        end(connection, message.channel, message.reason);
        return;
      }
      logOut(world, connection);
      connection.close();
      return;
    case 'status':
      connection.status = message.status;
      tell(connection, message);
      announcePresence(world, user);
      return;
    case 'sense':
      tell(connection, message);
      return;
    case 'announce':
      announce(world, connection, message);
      return;
    default:
      return; // privacy lists and what the range has no use for
  }
}

function announce(world: World, from: Connection, message: Extract<SametimeMessage, { kind: 'announce' }>): void {
  if (from.login === undefined) return;
  for (const recipient of message.recipients.slice(0, MAX_RECIPIENTS)) {
    const peer = recipient.startsWith('@U ') ? findOnline(world, recipient.slice(3)) : undefined;
    if (peer !== undefined) tell(peer, { ...message, sender: from.login });
  }
}
