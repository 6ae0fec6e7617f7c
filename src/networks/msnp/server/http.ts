// The log-in server and the service of offline messages of the range, on the port of the rest.
import { decodeHeaders } from '../../http/headers.ts';
import { encodeOfflineMessage } from '../wire/offline.ts';
import { readLeaves } from '../wire/small-xml.ts';
import { findUser, keep, type World } from './world.ts';

const MAX_REQUEST_BYTES = 64 * 1024;

/** Answers a request once it is complete. @returns undefined until then */
export function answerHttp(world: World, bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  const blank = text.indexOf('\r\n\r\n');
  if (bytes.length > MAX_REQUEST_BYTES) return respond(413, '');
  if (blank === -1) return undefined;
  const headers = decodeHeaders(text.slice(text.indexOf('\r\n') + 2, blank));
  const length = Number(headers.get('content-length') ?? 0);
  if (bytes.length < Buffer.byteLength(text.slice(0, blank + 4)) + length) return undefined;
  const path = text.split(' ', 2)[1] ?? '';
  if (path.startsWith('/login')) return logIn(world, headers.get('authorization') ?? '');
  if (path.startsWith('/rdr/pprdr.asp')) {
    return respond(200, '', [`PassportURLs: DALogin=http://${headers.get('host') ?? ''}/login`]);
  }
  if (path.startsWith('/rsi/rsi.asmx')) return serveOffline(world, text.slice(blank + 4));
  return respond(404, '');
}

function respond(status: number, body: string, headers: readonly string[] = []): string {
  const lines = [`HTTP/1.1 ${status} x`, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close'];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function logIn(world: World, authorization: string): string {
  const field = (name: string): string => {
    const value = new RegExp(`[ ,]${name}=([^,]*)`).exec(authorization)?.[1] ?? '';
    return URL.canParse(`x:?${value}`) ? (new URLSearchParams(`v=${value.replaceAll('+', '%2B')}`).get('v') ?? '') : '';
  };
  const user = findUser(world, field('sign-in'));
  if (user === undefined || user.password !== field('pwd')) {
    return respond(401, '', ['WWW-Authenticate: Passport1.4 da-status=failed,srealm=Passport.NET']);
  }
  const ticket = `t=${keep(world.tickets, user)}&p=`;
  const key = /^t=([^&]*)/.exec(ticket)?.[1] ?? '';
  world.tickets.delete(key);
  world.tickets.set(ticket, user);
  return respond(200, '', [`Authentication-Info: Passport1.4 da-status=success,from-PP='${ticket}'`]);
}

function serveOffline(world: World, body: string): string {
  const leaves = readLeaves(body);
  const text = (end: string): string => leaves.find(({ path }) => path.endsWith(end))?.text ?? '';
  const user = world.tickets.get(`t=${text('/PassportCookie/t')}&p=${text('/PassportCookie/p')}`);
  const message = user?.offline.get(text('/messageId') || text('/messageIds/messageId'));
  if (user === undefined || message === undefined) return respond(500, '<fault/>');
  if (!body.includes('<DeleteMessages')) return respond(200, encodeOfflineMessage(message));
  user.offline.delete(message.id);
  return respond(200, '<ok/>');
}
