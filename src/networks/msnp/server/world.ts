// Who is on the range's MSN server: accounts, sign-ons, conversations.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../core/clock.ts';
import { encodeFrame } from '../wire/frame.ts';
import { encodePercent } from '../wire/percent.ts';

export interface MsnpAccountOfRange {
  readonly address: string;
  readonly password: string;
  readonly name?: string;
}

export interface StoredMessage {
  readonly id: string;
  readonly sender: string;
  readonly text: string;
  readonly at: string;
  readonly address: string;
}

export interface User {
  readonly address: string;
  readonly password: string;
  name: string;
  /** Who added this account, by address, with the name they showed. */
  readonly reverse: Map<string, string>;
  /** Those of them whom the account has not answered, and whom it has let in; lower-case. */
  readonly pending: Set<string>;
  readonly allowed: Set<string>;
  readonly offline: Map<string, StoredMessage>;
  session: NotificationSession | undefined;
}

export interface NotificationSession {
  dialect: number;
  user: User | undefined;
  /** MD5: what the password is hashed with. */
  salt: string;
  visible: boolean;
  /** What CHL asked, until QRY answered it. */
  challenge: string | undefined;
  write(frame: Uint8Array): void;
  close(): void;
}

/** One side of a conversation. */
export interface Party {
  readonly address: string;
  readonly name: string;
  write(frame: Uint8Array): void;
  close(): void;
}

export interface Room {
  readonly id: string;
  readonly parties: Set<Party>;
}

export interface World {
  readonly clock: Pick<Clock, 'now'>;
  readonly users: Map<string, User>;
  readonly rooms: Map<string, Room>;
  /** Log-in tickets of dialects 8 to 12. */
  readonly tickets: Map<string, User>;
  /** Keys to a switchboard: for a new room, or one that someone was called to. */
  readonly cookies: Map<string, { readonly user: User; readonly room: Room | undefined }>;
  /** Whether signed-on clients are sent a CHL. */
  readonly challenge: boolean;
  /** Port that XFR and RNG name. */
  port(): number;
}

const MAX_KEYS = 10_000;

export const token = (): string => randomBytes(10).toString('hex');

export const findUser = (world: World, address: string): User | undefined => world.users.get(address.toLowerCase());

/** Remembers a key; the oldest gives way. */
export function keep<Value>(keys: Map<string, Value>, value: Value): string {
  const key = token();
  const [oldest] = keys.keys();
  if (keys.size >= MAX_KEYS && oldest !== undefined) keys.delete(oldest);
  keys.set(key, value);
  return key;
}

export function openRoom(world: World): Room {
  const room: Room = { id: `${token()}${token()}`.slice(0, 31), parties: new Set() };
  world.rooms.set(room.id, room);
  return room;
}

/** Rings a user. @returns false when nobody is there to hear it */
export function ring(world: World, room: Room, caller: Party, to: User): boolean {
  const { session } = to;
  if (session === undefined || !session.visible) return false;
  const cookie = keep(world.cookies, { user: to, room });
  const where = `127.0.0.1:${world.port()}`;
  session.write(encodeFrame('RNG', [room.id, where, 'CKI', cookie, caller.address, encodePercent(caller.name)]));
  return true;
}

export function enter(room: Room, party: Party): void {
  const joined = encodeFrame('JOI', [party.address, encodePercent(party.name)]);
  for (const other of room.parties) other.write(joined);
  room.parties.add(party);
}

export function leave(world: World, room: Room, party: Party): void {
  if (!room.parties.delete(party)) return;
  for (const other of room.parties) other.write(encodeFrame('BYE', [party.address]));
  if (room.parties.size === 0) world.rooms.delete(room.id);
}

/** Hands a payload to everyone else. @returns whether there was anyone */
export function relay(room: Room, from: Party, payload: Uint8Array): boolean {
  const frame = encodeFrame('MSG', [from.address, encodePercent(from.name)], payload);
  for (const other of room.parties) if (other !== from) other.write(frame);
  return room.parties.size > 1;
}

/** Tells a user that someone added it, now or at its next sign-on. */
export function addedBy(to: User, from: { readonly address: string; readonly name: string }): void {
  to.reverse.set(from.address, from.name);
  const { session } = to;
  // Added while away: waits on the pending list, which dialects below 11 do not know.
  if (session === undefined) {
    to.pending.add(from.address.toLowerCase());
    return;
  }
  const name = encodePercent(from.name);
  session.write(
    session.dialect >= 10
      ? encodeFrame('ADC', [0, 'RL', `N=${from.address}`, `F=${name}`])
      : encodeFrame('ADD', [0, 'RL', 1, from.address, name]),
  );
}

/** Tells a user that someone took it off a list, if it is there to hear it. */
export function removedBy(to: User, address: string): void {
  const { session } = to;
  if (!to.reverse.delete(address) || session === undefined) return;
  session.write(encodeFrame('REM', [0, 'RL', ...(session.dialect < 10 ? [1] : []), address]));
}
