// The login of versions 15 and 16: a token for the password, a crumb for the token, and an MD5 over crumb and challenge.
// Text of HTTP responses in and out; see docs/networks/ymsg.md.
import { hash } from 'node:crypto';
import { y64 } from './challenge.ts';

const MAX_VALUE = 2048;
const MAX_LINES = 40;

/** What goes into the answer to the challenge. All of it secret. */
export interface TokenLogin {
  readonly crumb: string;
  /** Keys 277 and 278, as the log-in server wrote them. */
  readonly y: string;
  readonly t: string;
}

export interface TokenRequest {
  readonly user: string;
  readonly password: string;
  /** Key 94. */
  readonly challenge: string;
}

/** Asks for a token; `base` is the address below which the log-in server answers, with a slash at its end. */
export function tokenUrl(base: URL, { user, password, challenge }: TokenRequest): URL {
  const query = [`login=${encode(user)}`, `passwd=${encode(password)}`, `chal=${encode(challenge)}`].join('&');
  return new URL(`pwtoken_get?src=ymsgr&ts=&${query}`, base);
}

/** Asks for a crumb. */
export function crumbUrl(base: URL, token: string): URL {
  return new URL(`pwtoken_login?src=ymsgr&ts=&token=${encode(token)}`, base);
}

/** `URL` leaves an apostrophe alone in one place and not in another. */
const encode = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');

/** A value, or the number with which the log-in server refused; without a number the response is none of its. */
export type TokenReply<Value> = { readonly value: Value } | { readonly refused: number | undefined };

export function readToken(body: Uint8Array): TokenReply<string> {
  const { code, values } = linesOf(body);
  const token = values.get('ymsgr');
  return code === 0 && token !== undefined ? { value: token } : { refused: code === 0 ? undefined : code };
}

export function readCrumb(body: Uint8Array): TokenReply<TokenLogin> {
  const { code, values } = linesOf(body);
  const [crumb, y, t] = [values.get('crumb'), values.get('Y'), values.get('T')];
  if (code !== 0 || crumb === undefined || y === undefined || t === undefined) {
    return { refused: code === 0 ? undefined : code };
  }
  return { value: { crumb, y, t } };
}

/** Key 307. */
export function answerWithCrumb(crumb: string, challenge: string): string {
  return y64(hash('md5', Buffer.from(crumb + challenge, 'utf8'), 'buffer'));
}

/** A number, then lines of `name=value` in any order. Values with other than visible ASCII and blanks are left out. */
function linesOf(body: Uint8Array): { readonly code: number | undefined; readonly values: Map<string, string> } {
  const lines = Buffer.from(body).toString('latin1').split(/\r?\n/, MAX_LINES);
  // Some servers put an empty line first.
  const first = lines.findIndex((line) => line.trim() !== '');
  const code = lines[first]?.trim() ?? '';
  const values = new Map<string, string>();
  for (const line of lines.slice(first + 1)) {
    const [, name = '', value = ''] = /^(\w{1,20})=([\x20-\x7e]+)$/.exec(line.trim()) ?? [];
    if (value !== '' && value.length <= MAX_VALUE && !values.has(name)) values.set(name, value);
  }
  return { code: /^-?\d{1,6}$/.test(code) ? Number(code) : undefined, values };
}
