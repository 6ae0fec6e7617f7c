// The range's MSN server: notification server, switchboards, log-in and offline messages on one port of 127.0.0.1.
import type { Socket } from 'node:net';
import { concatBytes } from '../../core/bytes.ts';
import type { Clock } from '../../core/clock.ts';
import { isSundewError } from '../../core/error.ts';
import { isRequest } from '../http/serve.ts';
import { listenOnLoopback } from '../server.ts';
import type { OfferedFile, OfferOutcome } from './server/file-sender.ts';
import { answerHttp } from './server/http.ts';
import { obeyNotification, tellOffline } from './server/notification.ts';
import { offerFile, type Stranger, visit } from './server/strangers.ts';
import { endSwitchboard, obeySwitchboard, type SwitchboardSession } from './server/switchboard.ts';
import {
  addedBy,
  findUser,
  type MsnpAccountOfRange,
  type NotificationSession,
  removedBy,
  token,
  type World,
} from './server/world.ts';
import { type MsnpFrame, takeFrames } from './wire/frame.ts';

const MAX_CLIENTS = 5_000;
/** A client that does not read loses its place. */
const MAX_BACKLOG_BYTES = 1 << 20;
const LIMITS = { from: 'client', maxPayload: 8192 } as const;

export type { Stranger };

export interface MsnpServer {
  readonly port: number;
  /** A stranger opens a conversation, says these payloads, and leaves. @returns false when the account did not come */
  ring(from: Stranger, to: string, payloads: readonly Uint8Array[]): Promise<boolean>;
  /** A stranger opens a conversation, offers a file and hands it over. @returns `unanswered` when nobody took it up in time */
  offerFile(from: Stranger, to: string, file: OfferedFile): Promise<OfferOutcome | 'unanswered'>;
  /** A stranger adds the account to its list. */
  add(from: Stranger, to: string): void;
  /** A stranger is on the account's reverse list and was let in long ago, as an operator plants it. */
  plant(contact: Stranger, account: string): void;
  /** A stranger takes the account off its list. */
  remove(from: Stranger, account: string): void;
  /** Who is on the account's allow list, lower-case. */
  admitted(account: string): readonly string[];
  /** A stranger leaves a message for an account that is away; `address` is where it came from. */
  leaveMessage(from: Stranger, to: string, text: string, address: string): void;
  /** Payloads that accounts said to strangers. */
  heard(): readonly Uint8Array[];
  stop(): Promise<void>;
}

export interface MsnpServerOptions {
  /** 0: the kernel chooses. */
  readonly port: number;
  readonly accounts: readonly MsnpAccountOfRange[];
  /** Whether signed-on clients are sent a challenge. */
  readonly challenge?: boolean;
  /** Port that clients are told for switchboards, where a proxy stands before this server. */
  readonly advertise?: () => number;
  readonly clock?: Pick<Clock, 'now'>;
}

/** Listens on 127.0.0.1. */
export async function startMsnpServer(options: MsnpServerOptions): Promise<MsnpServer> {
  let port = 0;
  const world: World = {
    clock: options.clock ?? { now: () => new Date() },
    users: new Map(),
    rooms: new Map(),
    tickets: new Map(),
    cookies: new Map(),
    challenge: options.challenge === true,
    port: () => options.advertise?.() ?? port,
  };
  for (const { address, password, name = address } of options.accounts) {
    const lists = { reverse: new Map(), pending: new Set<string>(), allowed: new Set<string>() };
    const user = { address, password, name, ...lists, offline: new Map(), session: undefined };
    world.users.set(address.toLowerCase(), user);
  }
  const listener = await listenOnLoopback({ port: options.port, maxClients: MAX_CLIENTS, noDelay: true }, (socket) => {
    serve(world, socket);
  });
  port = listener.port;
  return {
    port: listener.port,
    ...strangersOf(world),
    stop: () => listener.stop(),
  };
}

function strangersOf(world: World): Omit<MsnpServer, 'port' | 'stop'> {
  const said: Uint8Array[] = [];
  return {
    ring: async (from, to, payloads) => await visit(world, from, to, payloads, said),
    offerFile: async (from, to, file) => await offerFile(world, { from, to, file, said }),
    add: (from, to) => {
      const user = findUser(world, to);
      if (user !== undefined) addedBy(user, from);
    },
    plant: (contact, account) => {
      const user = findUser(world, account);
      user?.reverse.set(contact.address, contact.name);
      user?.allowed.add(contact.address.toLowerCase());
    },
    remove: (from, account) => {
      const user = findUser(world, account);
      if (user !== undefined) removedBy(user, from.address);
    },
    admitted: (account) => [...(findUser(world, account)?.allowed ?? [])],
    leaveMessage: (from, to, text, address) => {
      const user = findUser(world, to);
      if (user === undefined) return;
      const id = token();
      user.offline.set(id, { id, sender: from.address, text, at: world.clock.now().toISOString(), address });
      if (user.session !== undefined) tellOffline(user.session, 1);
    },
    heard: () => said,
  };
}

/** What a connection is shows in its first bytes. */
function serve(world: World, socket: Socket): void {
  const write = (bytes: Uint8Array | string): void => {
    if (!socket.destroyed) socket.write(bytes);
    if (socket.writableLength > MAX_BACKLOG_BYTES) socket.destroy();
  };
  const close = (): void => void socket.end();
  const notification: NotificationSession = {
    ...{ dialect: 0, user: undefined, salt: '', visible: false, challenge: undefined },
    write,
    close,
  };
  const switchboard: SwitchboardSession = { party: undefined, room: undefined, write, close };
  let obey: ((frame: MsnpFrame) => void) | undefined;
  let open: Uint8Array = new Uint8Array();
  const takeMsnp = (chunk: Uint8Array): void => {
    const { frames, rest, broken } = takeFrames(open, chunk, LIMITS);
    open = rest;
    for (const frame of frames) {
      obey ??=
        frame.command === 'VER'
          ? (next) => obeyNotification(world, notification, next)
          : (next) => obeySwitchboard(world, switchboard, next);
      obey(frame);
    }
    if (broken !== undefined) socket.destroy();
  };
  socket.on('data', (chunk) => {
    try {
      if (!isRequest(open.length > 0 ? open : chunk)) {
        takeMsnp(chunk);
        return;
      }
      open = concatBytes([open, chunk]);
      const answer = answerHttp(world, open);
      if (answer === undefined) return;
      write(answer);
      close();
    } catch (error) {
      if (!isSundewError(error)) throw error;
      socket.destroy(); // a client whose words cannot be passed on
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    if (notification.user?.session === notification) notification.user.session = undefined;
    endSwitchboard(world, switchboard);
  });
}
