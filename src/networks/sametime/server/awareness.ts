// Awareness on the range's server: snapshots, updates and attributes to whoever watches.
import {
  type Attribute,
  decodeAwareList,
  decodeSetAttribute,
  encodeAttributeValue,
  encodeSetAttribute,
  encodeSnapshot,
  encodeUpdate,
  SEND_AWARE,
  type Sighting,
} from '../wire/awareness.ts';
import type { ChannelSend } from '../wire/message.ts';
import { AWARENESS } from '../wire/services.ts';
import { type Connection, findOnline, sameUser, tell, type World } from './world.ts';

const MAX_WATCHED = 1000;
const MAX_ATTRIBUTES = 16;
const MAX_ATTRIBUTE_BYTES = 256;

/** Whoever watches a user is told how that one is now. */
export function announcePresence(world: World, user: string): void {
  for (const watcher of watchersOf(world, user)) {
    say(watcher, SEND_AWARE.update, encodeUpdate(sighting(world, user)));
  }
}

export function takeAwareness(world: World, connection: Connection, send: ChannelSend): void {
  switch (send.sendType) {
    case SEND_AWARE.add:
      watch(
        world,
        connection,
        decodeAwareList(send.data).map(({ user }) => user),
      );
      return;
    case SEND_AWARE.remove:
      for (const { user } of decodeAwareList(send.data)) connection.watched.delete(user);
      return;
    case SEND_AWARE.setAttribute:
      setAttribute(world, connection, decodeSetAttribute(send.data));
      return;
    default:
      return;
  }
}

function watch(world: World, connection: Connection, users: readonly string[]): void {
  for (const user of users) if (connection.watched.size < MAX_WATCHED) connection.watched.add(user);
  say(connection, SEND_AWARE.snapshot, encodeSnapshot(users.map((user) => sighting(world, user))));
  for (const user of users) {
    for (const [key, value] of findOnline(world, user)?.attributes ?? []) {
      say(connection, SEND_AWARE.attributeValue, encodeAttributeValue(user, { key, value }));
    }
  }
}

function setAttribute(world: World, connection: Connection, attribute: Attribute): void {
  const { key, value } = attribute;
  const known = connection.attributes.has(key) || connection.attributes.size < MAX_ATTRIBUTES;
  if (!known || value.length > MAX_ATTRIBUTE_BYTES) return;
  connection.attributes.set(key, value);
  say(connection, SEND_AWARE.attributeSet, encodeSetAttribute(attribute));
  const user = connection.login?.userId ?? '';
  for (const watcher of watchersOf(world, user)) {
    say(watcher, SEND_AWARE.attributeValue, encodeAttributeValue(user, attribute));
  }
}

function sighting(world: World, user: string): Sighting {
  const online = findOnline(world, user);
  if (online?.login === undefined) return { user };
  return { user, online: { status: online.status, name: online.login.userName } };
}

function* watchersOf(world: World, user: string): Generator<Connection> {
  for (const connection of world.connections) {
    for (const watched of connection.watched) if (sameUser(watched, user)) yield connection;
  }
}

/** On the awareness channel of a client, if it has one. */
function say(connection: Connection, sendType: number, data: Uint8Array): void {
  for (const [channel, route] of connection.routes) {
    if (route.to !== 'service' || route.service !== AWARENESS.service) continue;
    tell(connection, { kind: 'send', channel, sendType, data, encrypted: false });
    return;
  }
}
