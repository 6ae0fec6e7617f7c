// The range's log-in server of versions 15 and 16, on the port of the rest: a token for the password, a crumb for the token.
import { randomBytes } from 'node:crypto';
import { answerRequest, encodeChunkedResponse, encodeResponse } from '../../http/serve.ts';
import { y64 } from '../wire/challenge.ts';
import { answerWithCrumb, type TokenLogin } from '../wire/token-login.ts';
import type { World } from './world.ts';

/** Tokens and crumbs that wait to be used; the oldest goes first. */
const MAX_WAITING = 1000;
const COOKIE_DAYS = 86_400;

/** Answers a request once it is complete. @returns undefined until then */
export function answerLogIn(world: World, bytes: Uint8Array): string | undefined {
  return answerRequest(bytes, ({ path }) => {
    const url = URL.canParse(path, 'http://range/') ? new URL(path, 'http://range/') : undefined;
    if (url?.pathname.endsWith('/pwtoken_get')) return say(giveToken(world, url.searchParams));
    if (url?.pathname.endsWith('/pwtoken_login')) return giveCrumb(world, url.searchParams.get('token') ?? '');
    return encodeResponse(404, '');
  });
}

/** Whether key 307 answers the challenge with a crumb of that id; it counts once. */
export function checkCrumb(world: World, id: string, challenge: string, answer: string): boolean {
  const login = world.crumbs.get(id);
  world.crumbs.delete(id);
  return login !== undefined && answerWithCrumb(login.crumb, challenge) === answer;
}

function giveToken(world: World, query: URLSearchParams): string {
  const [id, password] = [query.get('login')?.toLowerCase() ?? '', query.get('passwd') ?? ''];
  if (id === '' || password === '') return '100';
  const right = world.accounts.get(id) ?? world.guestPassword;
  if (right === undefined) return '1235';
  if (password !== right) return '1212';
  const token = y64(randomBytes(24));
  keep(world.tokens, token, id);
  return `0\r\nymsgr=${token}\r\npartnerid=range`;
}

function giveCrumb(world: World, token: string): string {
  const id = world.tokens.get(token);
  world.tokens.delete(token);
  if (id === undefined) return say('100');
  const cookie = (name: string): string => `${name}=${y64(randomBytes(12))}; path=/; domain=.range.test`;
  const login: TokenLogin = { crumb: y64(randomBytes(9)), y: `v=1&${cookie('n')}`, t: cookie('z') };
  keep(world.crumbs, id, login);
  const lines = ['0', `crumb=${login.crumb}`, `Y=${login.y}`, `T=${login.t}`, `cookievalidfor=${COOKIE_DAYS}`];
  // libyahoo2 reads the cookies from the header, and wants the browser's, B, besides.
  const cookies = [`Y=${login.y}`, `T=${login.t}`, cookie('B')].map((value) => `Set-Cookie: ${value}`);
  return say(lines.join('\r\n'), cookies);
}

/** In chunks, as the service of old answered: libyahoo2 skips the chunk's size unseen. */
const say = (text: string, headers: readonly string[] = []): string =>
  encodeChunkedResponse(200, `${text}\r\n`, ['Content-Type: text/plain', ...headers]);

function keep<Value>(map: Map<string, Value>, key: string, value: Value): undefined {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MAX_WAITING) break;
    map.delete(oldest);
  }
}
