import type { Clock } from '../../core/clock.ts';
import { listenOnLoopback } from '../server.ts';
import { ClientSocket } from './server/client-socket.ts';
import { startRendezvousProxy } from './server/rendezvous-proxy.ts';
import { addAccount, type World } from './server/world.ts';

const MAX_CLIENTS = 3000;

export interface OscarAccountEntry {
  /** AIM name or ICQ number. */
  readonly name: string;
  readonly password: string;
  /** Others must ask before they put it on a list. */
  readonly authorise?: boolean;
}

export interface OscarServer {
  readonly port: number;
  /** Of the rendezvous proxy, if there is one. */
  readonly proxyPort: number | undefined;
  /** A name that exists already keeps its password. */
  addAccount(account: OscarAccountEntry): void;
  stop(): Promise<void>;
}

export interface OscarServerOptions {
  /** 0: the kernel chooses. */
  readonly port: number;
  readonly accounts: readonly OscarAccountEntry[];
  /** Where clients go on after the login; without a port they stay at the one they used. Default: this server. */
  readonly advertise?: string;
  readonly clock?: Pick<Clock, 'now'>;
  /** Also a rendezvous proxy, there; 0: the kernel chooses. */
  readonly proxyPort?: number;
}

/** Listens on 127.0.0.1. */
export async function startOscarServer(options: OscarServerOptions): Promise<OscarServer> {
  let port = options.port;
  const world: World = {
    clock: options.clock ?? { now: () => new Date() },
    accounts: new Map(),
    cookies: new Map(),
    sessions: new Map(),
    advertised: () => options.advertise ?? `127.0.0.1:${port}`,
  };
  for (const account of options.accounts) addAccount(world, account);
  const listener = await listenOnLoopback({ port: options.port, maxClients: MAX_CLIENTS, noDelay: true }, (socket) => {
    new ClientSocket(world, socket);
  });
  port = listener.port;
  const proxy = options.proxyPort === undefined ? undefined : await startRendezvousProxy(options.proxyPort);
  return {
    port: listener.port,
    proxyPort: proxy?.port,
    addAccount: (account) => addAccount(world, account),
    stop: async () => {
      await Promise.all([listener.stop(), proxy?.stop()]);
    },
  };
}
