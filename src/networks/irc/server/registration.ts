// NICK, USER and CAP: how a client gets onto the range's IRC server.
import type { User, World } from './world.ts';
import { deliver, findUser, neighbours, reply } from './world.ts';

const CAPABILITIES = ['message-tags', 'server-time'];
const NICK = /^[A-Za-z[\]\\`_^{|}][A-Za-z0-9[\]\\`_^{|}-]{0,30}$/;

export function takeNick(world: World, user: User, params: readonly string[]): undefined {
  const [nick = ''] = params;
  if (nick === '') return reply(world, user, '431', 'No nickname given');
  if (!NICK.test(nick)) return reply(world, user, '432', nick.slice(0, 32) || '*', 'Erroneous nickname');
  const holder = findUser(world, nick);
  if (holder !== undefined && holder !== user) return reply(world, user, '433', nick, 'Nickname is already in use');
  if (user.registered) deliver(world, user, [user, ...neighbours(world, user)], 'NICK', nick);
  user.nick = nick;
  return welcome(world, user);
}

export function takeUser(world: World, user: User, params: readonly string[]): undefined {
  if (user.registered) return reply(world, user, '462', 'You may not reregister');
  user.user = (params[0] ?? 'user').replaceAll(/[^A-Za-z0-9._-]/g, '').slice(0, 20) || 'user';
  user.realname = (params[3] ?? '').slice(0, 100);
  return welcome(world, user);
}

export function takeCap(world: World, user: User, params: readonly string[]): undefined {
  const [subcommand = '', list = ''] = params;
  switch (subcommand.toUpperCase()) {
    case 'LS':
      user.negotiating = !user.registered;
      return replyCap(world, user, 'LS', CAPABILITIES.join(' '));
    case 'REQ': {
      user.negotiating = !user.registered;
      const asked = list.split(' ').filter((name) => name !== '');
      if (!asked.every((name) => CAPABILITIES.includes(name))) return replyCap(world, user, 'NAK', list);
      for (const name of asked) user.capabilities.add(name);
      return replyCap(world, user, 'ACK', list);
    }
    case 'LIST':
      return replyCap(world, user, 'LIST', [...user.capabilities].join(' '));
    case 'END':
      user.negotiating = false;
      return welcome(world, user);
    default:
      return reply(world, user, '410', subcommand.slice(0, 32) || '*', 'Invalid CAP command');
  }
}

const replyCap = (world: World, user: User, subcommand: string, list: string): undefined =>
  reply(world, user, 'CAP', subcommand, list.slice(0, 300));

function welcome(world: World, user: User): undefined {
  const { nick } = user;
  if (user.registered || user.negotiating || nick === undefined || user.user === undefined) return;
  if (findUser(world, nick) !== undefined) return reply(world, user, '433', nick, 'Nickname is already in use');
  user.registered = true;
  reply(world, user, '001', `Welcome to the Sundew range, ${nick}`);
  reply(world, user, '002', `Your host is ${world.name}`);
  reply(world, user, '003', 'Everything here is simulated');
  reply(world, user, '004', world.name, 'range', 'i', 'nt');
  reply(world, user, '005', 'CASEMAPPING=rfc1459', 'CHANTYPES=#', 'NICKLEN=31', 'are supported by this server');
  reply(world, user, '375', `- ${world.name} Message of the day -`);
  reply(world, user, '372', '- Loopback test range: nobody here is real.');
  return reply(world, user, '376', 'End of MOTD command');
}
