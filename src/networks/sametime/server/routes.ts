// Channels between two clients: numbers are translated, what is sent passes as it is, identities are the server's own.
import type { ChannelAccept, ChannelCreate } from '../wire/channel.ts';
import type { ChannelSend } from '../wire/message.ts';
import { AWARENESS, CONFERENCE, FILE_TRANSFER, IM, RESOLVE, STORAGE } from '../wire/services.ts';
import { announcePresence, takeAwareness } from './awareness.ts';
import { openConference, takeConference, takeResolve, takeStorage } from './services.ts';
import { type Connection, destroy, findOnline, mayOpen, openChannel, type Route, tell, type World } from './world.ts';

const INVALID = 0x80000001;
const CHANNEL_EXISTS = 0x8000000c;
const NO_SERVICE = 0x8000000d;
const USER_GONE = 0x80002000;
const OWN_SERVICES = [AWARENESS, RESOLVE, STORAGE].map(({ service }) => service);

export function create(world: World, connection: Connection, message: ChannelCreate): void {
  const { id, protocol, service, version } = message;
  if (!mayOpen(connection, id)) {
    destroy(connection, id, CHANNEL_EXISTS);
    return;
  }
  if (OWN_SERVICES.includes(service)) {
    connection.routes.set(id, { to: 'service', service });
    const data = new Uint8Array();
    tell(connection, { kind: 'accept', channel: id, service, protocol, version, data, mode: 0 });
  }
  if (service === CONFERENCE.service && message.target.user === '') {
    openConference(connection, message);
    return;
  }
  if (service !== IM.service && service !== FILE_TRANSFER.service) {
    destroy(connection, id, NO_SERVICE);
    return;
  }
  forward(world, connection, message);
}

/** To the one it is for, with the creator as the server knows him, whatever the client wrote there. */
function forward(world: World, connection: Connection, message: ChannelCreate): void {
  const peer = findOnline(world, message.target.user);
  if (peer === undefined || connection.login === undefined) {
    destroy(connection, message.id, USER_GONE);
    return;
  }
  const channel = openChannel(peer, { to: 'user', peer: connection, channel: message.id });
  if (channel === undefined) {
    destroy(connection, message.id, USER_GONE);
    return;
  }
  connection.routes.set(message.id, { to: 'user', peer, channel });
  tell(peer, { ...message, id: channel, creator: connection.login });
}

export function accept(connection: Connection, message: ChannelAccept): void {
  const route = connection.routes.get(message.channel);
  if (route === undefined) {
    destroy(connection, message.channel, INVALID);
    return;
  }
  if (route.to !== 'user' || connection.login === undefined) return;
  tell(route.peer, { ...message, channel: route.channel, acceptor: connection.login });
}

export function send(world: World, connection: Connection, message: ChannelSend): void {
  const route = connection.routes.get(message.channel);
  if (route === undefined) return;
  if (route.to === 'user') {
    tell(route.peer, { ...message, channel: route.channel });
    return;
  }
  if (route.to === 'conference') {
    takeConference(world, connection, route, message);
    return;
  }
  if (route.service === AWARENESS.service) {
    takeAwareness(world, connection, message);
    return;
  }
  if (route.service === RESOLVE.service) {
    takeResolve(world, connection, message);
    return;
  }
  if (route.service === STORAGE.service) {
    takeStorage(world, connection, message);
    return;
  }
}

/** One channel ends at both ends. */
export function end(connection: Connection, channel: number, reason: number): void {
  const route = connection.routes.get(channel);
  connection.routes.delete(channel);
  if (route !== undefined) endPeer(route, reason);
}

function endPeer(route: Route, reason: number): void {
  if (route.to !== 'user' || !route.peer.routes.delete(route.channel)) return;
  destroy(route.peer, route.channel, reason);
}

/** A client is gone: so are its channels. */
export function logOut(world: World, connection: Connection): void {
  world.connections.delete(connection);
  for (const channel of [...connection.routes.keys()]) end(connection, channel, USER_GONE);
  if (connection.login !== undefined) announcePresence(world, connection.login.userId);
  delete connection.login;
}
