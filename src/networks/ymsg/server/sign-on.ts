// Handshake, challenge and answer: how a client gets onto the range's Yahoo server.
import { randomBytes } from 'node:crypto';
import { answerChallenge, hashPassword, type PasswordHashes, y64 } from '../wire/challenge.ts';
import { textOf, textsOf } from '../wire/fields.ts';
import type { Packet } from '../wire/packet.ts';
import { type Pair, pair } from '../wire/pairs.ts';
import { SERVICE, STATUS } from '../wire/services.ts';
import { checkCrumb } from './log-in.ts';
import { hasRecords, records, signOff, tell, tellWatchers, type User, type World } from './world.ts';

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
/**
 * From version 11 on clients look at key 13 for the way to answer: 0 is that of versions 9 and 10, 2 the token login. 1, which
 * the service of old wanted of 11 and 12, scrambles by tables that nobody needs any more (ADR 0078).
 */
const FIRST_WITH_METHOD = 11;
const FIRST_WITH_TOKEN = 13;
const FIRST_WITH_INTERVALS = 10;
/** Keys 143 and 144 as escargot says them, and the second as OpenYMSG expects it of version 16. */
const KEEP_ALIVE_MINUTES = '60';
const intervalOf = (version: number): string => (hasRecords(version) ? '1' : '13');
const MAX_HASHES = 5000;

/** Old clients write the version in little-endian. */
export function adoptVersion(user: User, packet: Packet): undefined {
  const version = packet.version > 0xff ? Math.floor(packet.version / 256) : packet.version;
  if (version > 0) user.version = version;
}

export function challenge(user: User, pairs: readonly Pair[]): undefined {
  user.asked = textOf(pairs, 1)?.toLowerCase() ?? '';
  user.challenge = y64(randomBytes(16));
  const method = user.version >= FIRST_WITH_METHOD ? [pair(13, user.version >= FIRST_WITH_TOKEN ? '2' : '0')] : [];
  tell(user, { service: SERVICE.AUTH, pairs: [pair(1, user.asked), pair(94, user.challenge), ...method] });
}

/** Checks both answers; a right one signs on and takes the id over from another connection. */
export function checkAnswer(world: World, user: User, pairs: readonly Pair[]): undefined {
  const id = user.asked;
  if (id === undefined || user.challenge === '') return;
  if (!ID.test(id)) return refuse(user, 1013);
  const password = world.accounts.get(id) ?? world.guestPassword;
  if (password === undefined) return refuse(user, 3);
  const { challenge } = user;
  user.challenge = '';
  const proof = textOf(pairs, 307);
  const right =
    proof === undefined
      ? isRightAnswer(id, hashesOf(world, password), challenge, pairs)
      : checkCrumb(world, id, challenge, proof);
  if (!right) return refuse(user, 13);
  const known = world.cookies?.get(id);
  if (known !== undefined && textsOf(pairs, 59, 3).join('\n') !== known.join('\n')) return;
  const before = world.online.get(id);
  if (before !== undefined && before !== user) {
    tell(before, { service: SERVICE.LOGOFF, status: STATUS.ERROR });
    signOff(world, before);
    before.close();
  }
  user.id = id;
  world.online.set(id, user);
  welcome(world, user, id);
}

function isRightAnswer(id: string, hashes: PasswordHashes, challenge: string, pairs: readonly Pair[]): boolean {
  const { plain, crypted } = answerChallenge(id, hashes, challenge);
  return textOf(pairs, 6) === plain && textOf(pairs, 96) === crypted;
}

/** Guests share a password: it is hashed once. */
function hashesOf(world: World, password: string): PasswordHashes {
  const known = world.hashes.get(password) ?? hashPassword(password);
  if (world.hashes.size < MAX_HASHES) world.hashes.set(password, known);
  return known;
}

function refuse(user: User, code: number): undefined {
  tell(user, { service: SERVICE.AUTH_RESPONSE, status: STATUS.ERROR, pairs: [pair(66, code)] });
  user.close();
}

function welcome(world: World, user: User, id: string): undefined {
  const buddies = [...world.watchers].filter(([, watchers]) => watchers.has(id)).map(([buddy]) => buddy);
  const late = hasRecords(user.version);
  tell(user, {
    service: SERVICE.LIST,
    status: STATUS.NORMAL,
    pairs: [
      ...(late ? [] : [pair(87, buddies.length === 0 ? '' : `Friends:${buddies.join(',')}\n`)]),
      ...(late ? [] : [pair(88, '')]),
      pair(89, id),
      ...cookiePairs(world, id),
      pair(3, id),
      pair(90, '1'),
      pair(100, '0'),
      pair(101, ''),
      pair(102, ''),
      pair(93, '86400'),
    ],
  });
  const here = buddies
    .filter((buddy) => world.online.has(buddy))
    .map((buddy) => [pair(7, buddy), pair(10, '0'), pair(11, '0'), pair(17, '0'), pair(13, '1')]);
  const me = [pair(0, id), pair(1, id), pair(8, here.length)];
  if (late) {
    tell(user, { service: SERVICE.LIST_15, status: STATUS.NORMAL, pairs: groupPairs(buddies) });
    tell(user, { service: SERVICE.STATUS_15, pairs: [...me, ...records(315, here)] });
  } else tell(user, { service: SERVICE.LOGON, pairs: [...me, ...here.flat()] });
  // Version 9 knows no intervals (seen on escargot).
  if (user.version >= FIRST_WITH_INTERVALS) sayPing(user);
  for (const packet of world.kept.get(id) ?? []) tell(user, packet);
  world.kept.delete(id);
  tellWatchers(world, id, true);
}

/** The one group of the range's lists. */
function groupPairs(buddies: readonly string[]): readonly Pair[] {
  if (buddies.length === 0) return [];
  const members = records(
    319,
    buddies.map((buddy) => [pair(7, buddy)]),
  );
  return records(318, [[pair(65, 'Friends'), ...members]]);
}

/** New cookies; those that were shown come back as they came (seen on escargot). */
function cookiePairs(world: World, id: string): readonly Pair[] {
  const known = world.cookies?.get(id);
  if (known !== undefined) return known.map((value) => pair(59, value));
  const values = [`v=1&n=${y64(randomBytes(9))}`, `z=${y64(randomBytes(9))}`] as const;
  if (world.cookies !== undefined && world.cookies.size < MAX_HASHES) world.cookies.set(id, values);
  const rest = 'expires=Thu, 31 Dec 2037 00:00:00 GMT; path=/; domain=.range.test';
  return values.map((value, at) => pair(59, `${at === 0 ? 'Y' : 'T'}\t${value}; ${rest}`));
}

/** How often to keep alive. */
export function sayPing(user: User): undefined {
  tell(user, { service: SERVICE.PING, pairs: [pair(143, KEEP_ALIVE_MINUTES), pair(144, intervalOf(user.version))] });
}
