// The state of the range's Yahoo server: who is on, what is kept for whom, and how a packet reaches somebody.
import type { Clock } from '../../../core/clock.ts';
import type { PasswordHashes } from '../wire/challenge.ts';
import { encodePacket, type OutboundPacket } from '../wire/packet.ts';
import { type Pair, pair } from '../wire/pairs.ts';
import { SERVICE, STATUS } from '../wire/services.ts';
import type { TokenLogin } from '../wire/token-login.ts';

/** Offline messages and add requests kept for one id. */
const MAX_KEPT = 200;
/** Ids for which something is kept. */
const MAX_KEEPERS = 5000;

export interface User {
  /** In lower case, once signed on. */
  id: string | undefined;
  /** The id that asked for a challenge. */
  asked: string | undefined;
  challenge: string;
  version: number;
  /** The number of the session, in every packet to the client. */
  session: number;
  readonly write: (bytes: Uint8Array) => undefined;
  readonly close: () => undefined;
}

/** A packet, or what it is to a client of a version. */
export type Parcel = OutboundPacket | ((version: number) => OutboundPacket);

export interface World {
  readonly clock: Pick<Clock, 'now'>;
  readonly accounts: Map<string, string>;
  readonly guestPassword: string | undefined;
  /** By password. */
  readonly hashes: Map<string, PasswordHashes>;
  /** By id, where they are demanded at the next sign-on: the values of Y and T. */
  readonly cookies: Map<string, readonly [string, string]> | undefined;
  readonly online: Map<string, User>;
  readonly kept: Map<string, Parcel[]>;
  /** By id: who has it as a buddy. */
  readonly watchers: Map<string, Set<string>>;
  /** Tokens of the log-in server, and for whom they are. */
  readonly tokens: Map<string, string>;
  /** By id: what the log-in server gave last. */
  readonly crumbs: Map<string, TokenLogin>;
  /** Conference rooms by name. */
  readonly rooms: Map<string, Set<string>>;
}

/** Writes a packet to a user. */
export function tell(user: User, parcel: Parcel): undefined {
  const { version, session } = user;
  const packet = typeof parcel === 'function' ? parcel(version) : parcel;
  user.write(encodePacket({ version, session, status: STATUS.ACK, ...packet }));
}

/** A packet for an id: at once, or with `keep` when it is back. @returns whether there is such an id */
export function deliver(world: World, to: string, packet: Parcel, keep?: Parcel): boolean {
  const id = to.toLowerCase();
  const user = world.online.get(id);
  if (user !== undefined) {
    tell(user, packet);
    return true;
  }
  if (!world.accounts.has(id)) return false;
  if (keep !== undefined) keepFor(world, id, keep);
  return true;
}

function keepFor(world: World, id: string, packet: Parcel): undefined {
  const list = world.kept.get(id) ?? [];
  if (list.length >= MAX_KEPT || (list.length === 0 && world.kept.size >= MAX_KEEPERS)) return;
  list.push(packet);
  world.kept.set(id, list);
}

/** Unix seconds with a fraction, as escargot writes them. */
export const timePair = (world: World): Pair => pair(15, world.clock.now().getTime() / 1000);

/** Tells who has the id as a buddy that it came or went. */
export function tellWatchers(world: World, id: string, here: boolean): undefined {
  for (const watcher of world.watchers.get(id) ?? []) {
    const user = world.online.get(watcher);
    if (user === undefined) continue;
    tell(user, (version) => presence(version, watcher, id, here));
  }
}

/** From version 15 on records have marks around them, and presence a service of its own. */
const FIRST_WITH_RECORDS = 15;
export const hasRecords = (version: number): boolean => version >= FIRST_WITH_RECORDS;

function presence(version: number, watcher: string, id: string, here: boolean): OutboundPacket {
  const state = [pair(7, id), pair(10, '0'), pair(13, here ? '1' : '0')];
  if (here && hasRecords(version))
    return { service: SERVICE.STATUS_15, pairs: [pair(0, watcher), ...records(315, [state])] };
  return { service: here ? SERVICE.LOGON : SERVICE.LOGOFF, pairs: [pair(0, watcher), ...state] };
}

/** Records as versions 15 and later write them: 302 and 300 begin the first, 301 and 300 the next, 303 ends the list. */
export function records(kind: number, list: readonly (readonly Pair[])[]): readonly Pair[] {
  if (list.length === 0) return [];
  const marked = list.flatMap((one, at) => [pair(at === 0 ? 302 : 301, kind), pair(300, kind), ...one]);
  return [...marked, pair(301, kind), pair(303, kind)];
}

/** Takes a user off the server. */
export function signOff(world: World, user: User): undefined {
  const { id } = user;
  user.id = undefined;
  if (id === undefined || world.online.get(id) !== user) return;
  world.online.delete(id);
  for (const [name, members] of world.rooms) {
    members.delete(id);
    if (members.size === 0) world.rooms.delete(name);
  }
  tellWatchers(world, id, false);
}
