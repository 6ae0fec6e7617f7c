// Who and what is on the range's IRC server: users, channels, and how a line reaches them.
import type { Clock } from '../../../core/clock.ts';
import { encodeMessage } from '../wire/message.ts';
import { foldName } from '../wire/source.ts';

export const MAX_CHANNELS = 200;

export interface User {
  nick: string | undefined;
  user: string | undefined;
  realname: string;
  /** CAP LS came and CAP END not yet: registration waits. */
  negotiating: boolean;
  registered: boolean;
  readonly capabilities: Set<string>;
  readonly write: (line: Uint8Array) => undefined;
  readonly close: () => undefined;
}

export interface Channel {
  readonly name: string;
  topic: string;
  readonly members: Set<User>;
}

export interface World {
  readonly name: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly users: Set<User>;
  readonly channels: Map<string, Channel>;
  /** Of this start: a msgid must not come again after the next one. */
  readonly epoch: string;
  /** Number of the last message, for msgid. */
  messages: number;
}

/** Masked: the range's peers have no address worth showing. */
export const maskOf = (user: User): string => `${user.nick ?? '*'}!~${user.user ?? 'user'}@${hostOf(user)}`;
const hostOf = (user: User): string => `${foldName(user.user ?? 'user').replaceAll(/[^a-z0-9]/g, '')}.users.test`;

export function findUser(world: World, nick: string): User | undefined {
  const folded = foldName(nick);
  for (const user of world.users) if (user.registered && foldName(user.nick ?? '') === folded) return user;
  return undefined;
}

/** A channel, made when there is room. */
export function openChannel(world: World, name: string): Channel | undefined {
  const key = foldName(name);
  const known = world.channels.get(key);
  if (known !== undefined || world.channels.size >= MAX_CHANNELS) return known;
  const channel: Channel = { name, topic: '', members: new Set() };
  world.channels.set(key, channel);
  return channel;
}

/** A numeric reply, with the user's nick in front. */
export function reply(world: World, user: User, numeric: string, ...params: string[]): undefined {
  user.write(encodeMessage({ command: numeric, params: [user.nick ?? '*', ...params] }, world.name));
}

/** A message of one user to others, with the tags that each of them asked for. */
export function deliver(world: World, from: User, to: Iterable<User>, command: string, ...params: string[]): undefined {
  const line = encodeMessage({ command, params }, maskOf(from));
  world.messages += 1;
  const at = world.clock.now().toISOString();
  for (const user of to) {
    const tags = [
      ...(user.capabilities.has('server-time') ? [`time=${at}`] : []),
      ...(user.capabilities.has('message-tags') ? [`msgid=${world.epoch}-${world.messages}`] : []),
    ];
    user.write(tags.length === 0 ? line : Buffer.concat([Buffer.from(`@${tags.join(';')} `), line]));
  }
}

/** Everyone who shares a channel with a user, the user left out. */
export function neighbours(world: World, user: User): Set<User> {
  const found = new Set<User>();
  for (const channel of world.channels.values()) {
    if (channel.members.has(user)) for (const member of channel.members) found.add(member);
  }
  found.delete(user);
  return found;
}

/** Takes a user off the server and tells the neighbours. */
export function dropUser(world: World, user: User, reason: string): undefined {
  if (!world.users.delete(user)) return;
  const others = neighbours(world, user);
  for (const channel of world.channels.values()) channel.members.delete(user);
  if (user.registered) deliver(world, user, others, 'QUIT', reason);
}
