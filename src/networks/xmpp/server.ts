// The XMPP server of the range: 127.0.0.1 only, in memory, for demonstrations and tests. Not a server to be relied on.
import { createServer, type Server, type Socket } from 'node:net';
import { SundewError } from '../../core/error.ts';
import { ClientStream, type Resumable } from './server/client-stream.ts';
import { ComponentStream } from './server/component-stream.ts';
import type { Subscription } from './server/rosters.ts';
import { Router } from './server/router.ts';
import { toStreamNs } from './server/translate.ts';
import type { XmppAccount, XmppComponent } from './server/types.ts';
import { NS } from './wire/namespaces.ts';
import { parseText } from './wire/xml-parse.ts';

export type { XmppAccount, XmppComponent } from './server/types.ts';

export interface XmppServerOptions {
  /** 0: the kernel chooses. */
  readonly port?: number;
  readonly componentPort?: number;
  readonly domain: string;
  readonly accounts: readonly XmppAccount[];
  /** Of these, one connection for each; the domain is known by the header. */
  readonly components?: readonly XmppComponent[];
  readonly now?: () => Date;
  /** How long a cut stream may be resumed. */
  readonly hibernateMs?: number;
}

export interface XmppServer {
  readonly port: number;
  readonly componentPort: number;
  readonly domain: string;
  addAccount(account: XmppAccount): void;
  /** Puts a contact on an account's list, as an operator plants it. */
  plant(local: string, contact: string, subscription: Subscription): void;
  /** Routes a stanza as if its `from` had sent it: other servers' users are played so. @throws SundewError WIRE_MALFORMED */
  deliver(stanzaXml: string): void;
  /** Messages for an account that it has not acknowledged yet, whether under way or kept for it. */
  waiting(local: string): number;
  /** Cuts every connection, or those of one account, as a broken cable would. */
  cut(local?: string): void;
  /** Writes bytes as they are to every open socket: for hostile input in tests. */
  inject(bytes: Uint8Array | string): void;
  stop(): Promise<void>;
}

const HIBERNATE_MS = 60_000;

/** Starts it. @throws SundewError LINK_REFUSED when a port is taken */
export async function startXmppServer(options: XmppServerOptions): Promise<XmppServer> {
  const router = new Router(options.domain, options.accounts, options.now ?? (() => new Date()));
  const resumable: Resumable = new Map();
  const sockets = new Set<Socket>();
  const track = (server: Server): Server =>
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
  const hibernateMs = options.hibernateMs ?? HIBERNATE_MS;
  const clients = track(createServer((socket) => void new ClientStream(socket, router, resumable, hibernateMs)));
  const components = track(createServer((socket) => acceptComponent(socket, router, options.components ?? [])));
  const port = await listen(clients, options.port ?? 0);
  const componentPort = await listen(components, options.componentPort ?? 0);
  const cut = (local?: string): void => {
    if (local !== undefined) router.cut(local);
    else for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    componentPort,
    domain: options.domain,
    addAccount: (account) => router.addAccount(account),
    plant: (local, contact, subscription) => router.rosters.plant(`${local}@${options.domain}`, contact, subscription),
    deliver: (stanzaXml) => router.route(toStreamNs(parseText(stanzaXml, NS.client), NS.client)),
    waiting: (local) => router.waiting(local),
    cut,
    inject: (bytes) => {
      for (const socket of sockets) socket.write(bytes);
    },
    stop: async () => {
      cut();
      await Promise.all([close(clients), close(components)]);
    },
  };
}

const HEADER_TO = /\sto=(?:"([^"]{1,255})"|'([^']{1,255})')/;
const MAX_HEADER = 4096;

/** XEP-0114: the header's `to` names the component, so it is read before the stream takes the socket. */
function acceptComponent(socket: Socket, router: Router, known: readonly XmppComponent[]): void {
  let head = Buffer.alloc(0);
  const read = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const match = HEADER_TO.exec(head.toString('latin1'));
    if (match === null && head.length < MAX_HEADER) return;
    socket.off('data', read);
    const component = known.find((one) => one.domain === (match?.[1] ?? match?.[2]));
    if (component === undefined) return void socket.destroy();
    socket.pause();
    new ComponentStream(socket, router, component);
    socket.unshift(head);
    socket.resume();
  };
  socket.on('data', read);
  socket.on('error', () => socket.destroy()); // 'close' follows.
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new SundewError('LINK_REFUSED', `the range's XMPP server cannot listen on 127.0.0.1:${port}`, { cause }));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
