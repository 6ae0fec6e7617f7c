// Where a switchboard is and who asks the decoy there: RNG and XFR as values.
import type { MsnpFrame } from '../wire/frame.ts';
import { decodePercent } from '../wire/percent.ts';
import type { Ring } from './types.ts';

const MAX_FIELD = 512;
const DEFAULT_PORT = 1863;

/** `host:port`, or a host alone. @returns undefined for what is neither */
export function parseHost(text: string): { readonly host: string; readonly port: number } | undefined {
  const match = /^([\w.-]{1,253})(?::(\d{1,5}))?$/.exec(text);
  const port = Number(match?.[2] ?? DEFAULT_PORT);
  if (match?.[1] === undefined || port < 1 || port > 65_535) return undefined;
  return { host: match[1], port };
}

/** `RNG session host:port CKI cookie address name …`. @returns undefined when a part is missing */
export function readRing(frame: MsnpFrame): Ring | undefined {
  const [session = '', where = '', , cookie = '', inviter = '', name = ''] = frame.args;
  const to = parseHost(where);
  if (to === undefined || ![session, cookie, inviter].every(isToken)) return undefined;
  return { ...to, session, cookie, inviter: bareAddress(inviter), name: decodePercent(name).slice(0, MAX_FIELD) };
}

/** One argument that may be sent back: not empty, not long, no control characters. */
export function isToken(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these would end the argument or the line
  return text !== '' && text.length <= MAX_FIELD && !/[\x00-\x20\x7f]/.test(text);
}

/** Without the machine's GUID that later dialects put after the address. */
export function bareAddress(text: string): string {
  return decodePercent(text.split(';')[0] ?? '').slice(0, MAX_FIELD);
}
