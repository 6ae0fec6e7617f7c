// What a registered client may do on the range's IRC server (RFC 2812 3.2 to 3.7, the part that clients use).
import type { IrcMessage } from '../wire/message.ts';
import { channelOf, foldName } from '../wire/source.ts';
import { takeCap, takeNick, takeUser } from './registration.ts';
import { type Channel, deliver, dropUser, findUser, openChannel, reply, type User, type World } from './world.ts';

type Command = (world: World, user: User, params: readonly string[]) => undefined;

const MAX_TARGETS = 10;

/** Carries out one message of a client. */
export function obey(world: World, user: User, message: IrcMessage): undefined {
  const before = BEFORE[message.command];
  if (before !== undefined) return before(world, user, message.params);
  if (!user.registered) return reply(world, user, '451', 'You have not registered');
  const command = COMMANDS[message.command];
  if (command === undefined) return reply(world, user, '421', message.command, 'Unknown command');
  return command(world, user, message.params);
}

const ping: Command = (world, user, params) =>
  user.write(new TextEncoder().encode(`:${world.name} PONG ${world.name} :${(params[0] ?? '').slice(0, 120)}\r\n`));

const quit: Command = (world, user, params) => {
  dropUser(world, user, `Quit: ${(params[0] ?? user.nick ?? '').slice(0, 200)}`);
  user.close();
};

const ignore: Command = () => undefined;

/** Also allowed before registration. */
const BEFORE: Readonly<Record<string, Command>> = {
  CAP: takeCap,
  NICK: takeNick,
  USER: takeUser,
  PASS: ignore,
  PING: ping,
  PONG: ignore,
  QUIT: quit,
};

const join: Command = (world, user, params) => {
  for (const name of (params[0] ?? '').split(',', MAX_TARGETS)) {
    const channel = /^#[^\s,]{1,49}$/.test(name) ? openChannel(world, name) : undefined;
    if (channel === undefined) {
      reply(world, user, '403', name.slice(0, 50) || '*', 'No such channel');
    } else if (!channel.members.has(user)) {
      channel.members.add(user);
      deliver(world, user, channel.members, 'JOIN', channel.name);
      if (channel.topic !== '') reply(world, user, '332', channel.name, channel.topic);
      listNames(world, user, channel);
    }
  }
};

const part: Command = (world, user, params) => {
  for (const name of (params[0] ?? '').split(',', MAX_TARGETS)) {
    const channel = memberOf(world, user, name);
    if (channel === undefined) continue;
    deliver(world, user, channel.members, 'PART', channel.name, (params[1] ?? '').slice(0, 300));
    channel.members.delete(user);
  }
};

const speak =
  (command: 'PRIVMSG' | 'NOTICE'): Command =>
  (world, user, params) => {
    const [target = '', text = ''] = params;
    if (text === '') return reply(world, user, '412', 'No text to send');
    const name = channelOf(target);
    const channel = name === undefined ? undefined : memberOf(world, user, name);
    const peer = name === undefined ? findUser(world, target) : undefined;
    if (channel !== undefined) {
      const others = [...channel.members].filter((member) => member !== user);
      return deliver(world, user, others, command, channel.name, text.slice(0, 400));
    }
    if (peer !== undefined) return deliver(world, user, [peer], command, peer.nick ?? target, text.slice(0, 400));
    return reply(world, user, '401', target.slice(0, 50) || '*', 'No such nick/channel');
  };

const invite: Command = (world, user, params) => {
  const [nick = '', name = ''] = params;
  const peer = findUser(world, nick);
  if (peer === undefined) return reply(world, user, '401', nick.slice(0, 50) || '*', 'No such nick/channel');
  deliver(world, user, [peer], 'INVITE', peer.nick ?? nick, name.slice(0, 50) || '*');
  return reply(world, user, '341', peer.nick ?? nick, name.slice(0, 50) || '*');
};

const topic: Command = (world, user, params) => {
  const channel = memberOf(world, user, params[0] ?? '');
  if (channel === undefined) return;
  const [, text] = params;
  if (text === undefined) return reply(world, user, '332', channel.name, channel.topic || 'No topic is set');
  channel.topic = text.slice(0, 300);
  return deliver(world, user, channel.members, 'TOPIC', channel.name, channel.topic);
};

const names: Command = (world, user, params) => {
  const channel = world.channels.get(foldName(params[0] ?? ''));
  if (channel !== undefined) listNames(world, user, channel);
};

function listNames(world: World, user: User, channel: Channel): undefined {
  let line = '';
  for (const member of channel.members) {
    if (line.length > 350) {
      reply(world, user, '353', '=', channel.name, line.trim());
      line = '';
    }
    line += ` ${member.nick ?? ''}`;
  }
  if (line !== '') reply(world, user, '353', '=', channel.name, line.trim());
  reply(world, user, '366', channel.name, 'End of NAMES list');
}

/** Nothing can be set; clients ask for it after every join. */
const mode: Command = (world, user, params) => {
  const [target = '', modes = ''] = params;
  if (channelOf(target) === undefined) return reply(world, user, '221', '+i');
  if (/^\+?b$/.test(modes)) return reply(world, user, '368', target.slice(0, 50), 'End of channel ban list');
  return reply(world, user, '324', target.slice(0, 50), '+nt');
};

const who: Command = (world, user, params) =>
  reply(world, user, '315', (params[0] ?? '*').slice(0, 50) || '*', 'End of WHO list');

const whois: Command = (world, user, params) => {
  const nick = (params.at(-1) ?? '').slice(0, 50) || '*';
  const peer = findUser(world, nick);
  if (peer === undefined) reply(world, user, '401', nick, 'No such nick/channel');
  else reply(world, user, '311', nick, `~${peer.user ?? 'user'}`, 'users.test', '*', peer.realname);
  return reply(world, user, '318', nick, 'End of WHOIS list');
};

function memberOf(world: World, user: User, name: string): Channel | undefined {
  const channel = world.channels.get(foldName(name));
  if (channel?.members.has(user) === true) return channel;
  reply(world, user, '442', name.slice(0, 50) || '*', 'You are not on that channel');
  return undefined;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  JOIN: join,
  PART: part,
  PRIVMSG: speak('PRIVMSG'),
  NOTICE: speak('NOTICE'),
  INVITE: invite,
  TOPIC: topic,
  NAMES: names,
  MODE: mode,
  WHO: who,
  WHOIS: whois,
  AWAY: ignore,
};
