// Handshake and login on the range's server.
import { isSundewError } from '../../../core/error.ts';
import { MAJOR, MINOR_WITH_HOST } from '../wire/handshake.ts';
import { decodeLoginAuth } from '../wire/login-auth.ts';
import type { Login } from '../wire/message.ts';
import type { LoginInfo } from '../wire/structures.ts';
import { STATUS_ACTIVE } from '../wire/structures.ts';
import { announcePresence } from './awareness.ts';
import { accountOf, type Connection, destroy, tell, type World } from './world.ts';

const INCORRECT_LOGIN = 0x80000211;

export function shakeHands(world: World, connection: Connection): void {
  const key = world.offersKey ? connection.keys.publicKey : new Uint8Array();
  tell(connection, {
    kind: 'handshake-ack',
    major: MAJOR,
    minor: MINOR_WITH_HOST,
    clientIp: connection.address,
    offer: { magic: connection.magic, key },
  });
}

export function logIn(world: World, connection: Connection, login: Login): void {
  const account = accountOf(world, login.userId);
  if (connection.login !== undefined) return;
  if (account === undefined || passwordOf(login, connection) !== account.password) {
    destroy(connection, 0, INCORRECT_LOGIN);
    connection.close();
    return;
  }
  world.logins += 1;
  const info: LoginInfo = {
    // libmeanwhile takes its RC2-40 key from the first five bytes, whatever is there.
    loginId: `${world.logins.toString(16).padStart(8, '0').toUpperCase()}X`,
    loginType: login.loginType,
    userId: account.user,
    userName: account.name ?? account.user,
    community: '',
    full: { description: '', ip: connection.address, serverId: world.serverId },
  };
  if (world.redirectTo === undefined) {
    complete(world, connection, info);
    return;
  }
  connection.pending = info;
  tell(connection, { kind: 'redirect', host: world.redirectTo, serverId: world.serverId });
}

/** LOGIN_CONTINUE: the client stays here; a second login is not asked for. */
export function continueLogin(world: World, connection: Connection): void {
  if (connection.pending === undefined) return;
  shakeHands(world, connection);
  complete(world, connection, connection.pending);
  delete connection.pending;
}

function complete(world: World, connection: Connection, login: LoginInfo): void {
  connection.login = login;
  const status = { status: STATUS_ACTIVE, time: 0, text: '' };
  tell(connection, { kind: 'login-ack', login, privacy: { deny: false, users: [] }, status });
  connection.status = status;
  announcePresence(world, login.userId);
}

function passwordOf(login: Login, { keys, magic }: Connection): string | undefined {
  try {
    return decodeLoginAuth(login.authType, login.auth, { secret: keys.secret, magic });
  } catch (error) {
    if (isSundewError(error)) return undefined;
    throw error;
  }
}
