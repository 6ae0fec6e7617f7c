// The range's community: accounts, who is signed on, and which channel leads where.
import type { KeyPair } from '../wire/diffie-hellman.ts';
import { encodeSametime, type SametimeMessage } from '../wire/message.ts';
import { SERVER_CHANNEL } from '../wire/services.ts';
import type { LoginInfo, UserStatus } from '../wire/structures.ts';

export interface Account {
  readonly user: string;
  readonly password: string;
  readonly name?: string;
}

/** The other end of a channel: another user's, or one of the services. */
export type Route =
  | { readonly to: 'user'; readonly peer: Connection; readonly channel: number }
  | { readonly to: 'service'; readonly service: number }
  | { readonly to: 'conference'; readonly name: string; readonly title: string };

export interface Connection {
  readonly keys: KeyPair;
  readonly magic: number;
  readonly routes: Map<number, Route>;
  readonly attributes: Map<number, Uint8Array>;
  readonly watched: Set<string>;
  login?: LoginInfo;
  /** Logged in as, while a redirect waits for LOGIN_CONTINUE. */
  pending?: LoginInfo;
  status: UserStatus;
  nextChannel: number;
  readonly address: number;
  write(frame: Uint8Array): void;
  close(): void;
}

export interface World {
  readonly serverId: string;
  readonly accounts: readonly Account[];
  /** Every login is sent there first. */
  readonly redirectTo: string | undefined;
  /** Whether HANDSHAKE_ACK carries a key. */
  readonly offersKey: boolean;
  readonly connections: Set<Connection>;
  /** What users saved, by user and key. */
  readonly storage: Map<string, Uint8Array>;
  logins: number;
}

const MAX_ROUTES = 1024;

export function tell(connection: Connection, message: SametimeMessage): void {
  connection.write(encodeSametime(message));
}

export function destroy(connection: Connection, channel: number, reason: number): void {
  tell(connection, { kind: 'destroy', channel, reason, info: new Uint8Array() });
}

/** User ids are the same in any case. */
export function sameUser(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The latest login of a user. */
export function findOnline(world: World, user: string): Connection | undefined {
  return [...world.connections].findLast(({ login }) => login !== undefined && sameUser(login.userId, user));
}

export function accountOf(world: World, user: string): Account | undefined {
  return world.accounts.find((account) => sameUser(account.user, user));
}

/** The number of a channel that the server opens to a client. @returns undefined when it has too many already */
export function openChannel(connection: Connection, route: Route): number | undefined {
  if (connection.routes.size >= MAX_ROUTES) return undefined;
  connection.nextChannel += 1;
  const channel = (SERVER_CHANNEL | connection.nextChannel) >>> 0;
  connection.routes.set(channel, route);
  return channel;
}

/** A client's own number for a new channel. @returns whether it may be used */
export function mayOpen(connection: Connection, channel: number): boolean {
  return (
    channel > 0 && channel < SERVER_CHANNEL && !connection.routes.has(channel) && connection.routes.size < MAX_ROUTES
  );
}
