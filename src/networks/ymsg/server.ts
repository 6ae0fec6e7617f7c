// The range's Yahoo server: loopback only, in memory, versions 9 to 16. Enough for decoys, senders and old clients.
import { randomInt } from 'node:crypto';
import type { Socket } from 'node:net';
import { concatBytes } from '../../core/bytes.ts';
import type { Clock } from '../../core/clock.ts';
import { isSundewError } from '../../core/error.ts';
import { isRequest } from '../http/serve.ts';
import { listenOnLoopback } from '../server.ts';
import { takePacketOf } from './server/commands.ts';
import { answerLogIn } from './server/log-in.ts';
import { signOff, type User, type World } from './server/world.ts';
import { PacketBuffer } from './wire/packet.ts';

const MAX_CLIENTS = 5000;
/** A client that does not read loses its place. */
const MAX_BACKLOG_BYTES = 1 << 20;

export interface YmsgAccount {
  readonly id: string;
  readonly password: string;
}

export interface YmsgServerOptions {
  /** 0: the kernel chooses. */
  readonly port: number;
  readonly accounts: readonly YmsgAccount[];
  /** With it, any other id signs on too: the range's senders. */
  readonly guestPassword?: string;
  readonly clock?: Pick<Clock, 'now'>;
  /** As escargot does: who was on before and does not show its cookies is left without an answer. */
  readonly demandCookies?: boolean;
}

export interface YmsgServer {
  readonly port: number;
  addAccount(account: YmsgAccount): void;
  /** Offline messages and add requests kept for an id. */
  waiting(id: string): number;
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1. */
export async function startYmsgServer(options: YmsgServerOptions): Promise<YmsgServer> {
  const world: World = {
    clock: options.clock ?? { now: () => new Date() },
    accounts: new Map(options.accounts.map(({ id, password }) => [id.toLowerCase(), password])),
    guestPassword: options.guestPassword,
    hashes: new Map(),
    cookies: options.demandCookies === true ? new Map() : undefined,
    online: new Map(),
    kept: new Map(),
    watchers: new Map(),
    rooms: new Map(),
    tokens: new Map(),
    crumbs: new Map(),
  };
  const listener = await listenOnLoopback({ port: options.port, maxClients: MAX_CLIENTS, noDelay: true }, (socket) => {
    serve(world, socket);
  });
  return {
    port: listener.port,
    addAccount: ({ id, password }) => void world.accounts.set(id.toLowerCase(), password),
    waiting: (id) => world.kept.get(id.toLowerCase())?.length ?? 0,
    stop: () => listener.stop(),
  };
}

function serve(world: World, socket: Socket): void {
  const user: User = {
    id: undefined,
    asked: undefined,
    challenge: '',
    version: 10,
    session: randomInt(1, 0x7fffffff),
    write: (bytes) => {
      if (!socket.destroyed) socket.write(bytes);
      if (socket.writableLength > MAX_BACKLOG_BYTES) socket.destroy();
      return undefined;
    },
    close: () => {
      socket.end();
      return undefined;
    },
  };
  const buffer = new PacketBuffer();
  let request: Uint8Array = new Uint8Array();
  socket.on('data', (chunk) => {
    try {
      if (request.length > 0 || (buffer.waiting === 0 && isRequest(chunk))) {
        request = concatBytes([request, chunk]);
        const answer = answerLogIn(world, request);
        if (answer !== undefined) socket.end(answer);
        return;
      }
      buffer.push(chunk);
      for (let packet = buffer.take(); packet !== undefined; packet = buffer.take()) takePacketOf(world, user, packet);
    } catch (error) {
      // What is no packet ends the connection, as on the real service.
      if (!isSundewError(error)) throw error;
      socket.destroy();
    }
  });
  // A reset connection is a client gone; `close` follows and says so.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => signOff(world, user));
}
