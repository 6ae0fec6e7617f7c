// The log-in server and the service of offline messages of the range, on the port of the rest.
import { answerRequest, encodeResponse } from '../../http/serve.ts';
import { encodeOfflineMessage } from '../wire/offline.ts';
import { readLeaves } from '../wire/small-xml.ts';
import { findUser, keep, type World } from './world.ts';

/** Answers a request once it is complete. @returns undefined until then */
export function answerHttp(world: World, bytes: Uint8Array): string | undefined {
  return answerRequest(bytes, ({ path, headers, body }) => {
    if (path.startsWith('/login')) return logIn(world, headers.get('authorization') ?? '');
    if (path.startsWith('/rdr/pprdr.asp')) {
      return encodeResponse(200, '', [`PassportURLs: DALogin=http://${headers.get('host') ?? ''}/login`]);
    }
    if (path.startsWith('/rsi/rsi.asmx')) return serveOffline(world, body);
    return encodeResponse(404, '');
  });
}

function logIn(world: World, authorization: string): string {
  const field = (name: string): string => {
    const value = new RegExp(`[ ,]${name}=([^,]*)`).exec(authorization)?.[1] ?? '';
    return URL.canParse(`x:?${value}`) ? (new URLSearchParams(`v=${value.replaceAll('+', '%2B')}`).get('v') ?? '') : '';
  };
  const user = findUser(world, field('sign-in'));
  if (user === undefined || user.password !== field('pwd')) {
    return encodeResponse(401, '', ['WWW-Authenticate: Passport1.4 da-status=failed,srealm=Passport.NET']);
  }
  const ticket = `t=${keep(world.tickets, user)}&p=`;
  const key = /^t=([^&]*)/.exec(ticket)?.[1] ?? '';
  world.tickets.delete(key);
  world.tickets.set(ticket, user);
  return encodeResponse(200, '', [`Authentication-Info: Passport1.4 da-status=success,from-PP='${ticket}'`]);
}

function serveOffline(world: World, body: string): string {
  const leaves = readLeaves(body);
  const text = (end: string): string => leaves.find(({ path }) => path.endsWith(end))?.text ?? '';
  const user = world.tickets.get(`t=${text('/PassportCookie/t')}&p=${text('/PassportCookie/p')}`);
  const message = user?.offline.get(text('/messageId') || text('/messageIds/messageId'));
  if (user === undefined || message === undefined) return encodeResponse(500, '<fault/>');
  if (!body.includes('<DeleteMessages')) return encodeResponse(200, encodeOfflineMessage(message));
  user.offline.delete(message.id);
  return encodeResponse(200, '<ok/>');
}
