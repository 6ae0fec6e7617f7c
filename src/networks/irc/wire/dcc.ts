// DCC offers inside CTCP (the "DCC Negotiation" description of mIRC and irssi): read, never answered.
import { isZeroNet, looksLikeAddress, parseCount, parseDccAddress, parsePort } from './dcc-address.ts';

export type DccOffer =
  | {
      readonly kind: 'send';
      /** `SEND`, `SSEND`, `TSEND`, `XMIT`, `OFFER`, `FILE`. */
      readonly type: string;
      /** As the peer wrote it, paths and all: never a path of ours. */
      readonly name: string;
      readonly host: string;
      /** 0: the peer wants to be connected from, which would show our address. */
      readonly port: number;
      readonly size?: number;
      readonly token?: string;
    }
  | {
      readonly kind: 'chat';
      readonly type: string;
      /** `chat`, `wboard` … */
      readonly protocol: string;
      readonly host: string;
      readonly port: number;
      readonly token?: string;
    }
  | {
      readonly kind: 'resume';
      /** `RESUME` or `ACCEPT`. */
      readonly type: string;
      readonly name: string;
      readonly port: number;
      readonly position: number;
      readonly token?: string;
    }
  | { readonly kind: 'other'; readonly type: string; readonly argument: string }
  | { readonly kind: 'malformed'; readonly type: string; readonly reason: string };

const SENDS = ['SEND', 'SSEND', 'TSEND', 'OFFER', 'FILE'];
const CHATS = ['CHAT', 'SCHAT'];
const RESUMES = ['RESUME', 'ACCEPT'];
/** A DCC offer stands in one line of 512 bytes, so no honest one has more words. */
const MAX_WORDS = 256;

/** Reads the argument of a `DCC` request. Total: what cannot be read is `malformed` with a reason. */
export function parseDcc(argument: string): DccOffer {
  const trimmed = argument.trim();
  const blank = trimmed.indexOf(' ');
  const type = (blank === -1 ? trimmed : trimmed.slice(0, blank)).toUpperCase();
  const rest = blank === -1 ? '' : trimmed.slice(blank + 1).trim();
  if (SENDS.includes(type)) return parseSend(type, rest);
  if (type === 'XMIT') return parseXmit(type, rest);
  if (CHATS.includes(type)) return parseChat(type, rest);
  if (RESUMES.includes(type)) return parseResume(type, rest);
  if (type === '') return { kind: 'malformed', type, reason: 'no DCC type' };
  return { kind: 'other', type, argument: rest };
}

const wordsOf = (text: string): readonly string[] => text.split(/ +/, MAX_WORDS).filter((word) => word !== '');

/** A name in quotes, `\"` standing for a quote, and the words after it. */
function takeQuoted(rest: string): { readonly name: string; readonly words: readonly string[] } | undefined {
  if (!rest.startsWith('"')) return undefined;
  for (let at = 1; at < rest.length; at += 1) {
    if (rest[at] === '\\' && rest[at + 1] === '"') at += 1;
    else if (rest[at] === '"') {
      return { name: rest.slice(1, at).replaceAll('\\"', '"'), words: wordsOf(rest.slice(at + 1)) };
    }
  }
  return undefined;
}

function parseSend(type: string, rest: string): DccOffer {
  const quoted = takeQuoted(rest);
  if (quoted !== undefined) return readSend(type, quoted.name, quoted.words);
  // Unquoted names may hold blanks and numbers: read from the right, longest tail of address, port, size, token first.
  // A shorter tail may not turn a port or size into an address, so it must not name 0.0.0.0/8.
  const words = wordsOf(rest);
  let refused: DccOffer | undefined;
  for (const length of [4, 3, 2]) {
    const cut = words.length - length;
    if (cut < 1 || !isTail(words.slice(cut))) continue;
    const offer = readSend(type, words.slice(0, cut).join(' '), words.slice(cut));
    if (offer.kind === 'send' && (refused === undefined || !isZeroNet(offer.host))) return offer;
    refused ??= offer;
  }
  return refused ?? { kind: 'malformed', type, reason: 'no address and port' };
}

function isTail(words: readonly string[]): boolean {
  const [address = '', port = '', size = '0'] = words;
  return looksLikeAddress(address) && /^\d+$/.test(port) && /^-?\d+$/.test(size);
}

function readSend(type: string, name: string, words: readonly string[]): DccOffer {
  const [address = '', portWord = '', sizeWord, token] = words;
  const host = parseDccAddress(address);
  if (host === undefined) return { kind: 'malformed', type, reason: 'address out of range' };
  const port = parsePort(portWord);
  if (port === undefined) return { kind: 'malformed', type, reason: 'port out of range' };
  const size = sizeWord === undefined ? undefined : parseCount(sizeWord);
  if (sizeWord !== undefined && size === undefined) return { kind: 'malformed', type, reason: 'size out of range' };
  return {
    kind: 'send',
    type,
    name,
    host,
    port,
    ...(size === undefined ? {} : { size }),
    ...(token === undefined ? {} : { token }),
  };
}

/** `XMIT protocol address port [name [size]]`. */
function parseXmit(type: string, rest: string): DccOffer {
  const [, address = '', port = '', name = '', size] = wordsOf(rest);
  return readSend(type, name, [address, port, ...(size === undefined ? [] : [size])]);
}

function parseChat(type: string, rest: string): DccOffer {
  const [protocol = '', address = '', portWord = '', token] = wordsOf(rest);
  const host = parseDccAddress(address);
  if (host === undefined) return { kind: 'malformed', type, reason: 'address out of range' };
  const port = parsePort(portWord);
  if (port === undefined) return { kind: 'malformed', type, reason: 'port out of range' };
  return { kind: 'chat', type, protocol, host, port, ...(token === undefined ? {} : { token }) };
}

function parseResume(type: string, rest: string): DccOffer {
  const quoted = takeQuoted(rest);
  const words = quoted?.words ?? wordsOf(rest);
  // Passive transfers carry port 0 and a token behind the position.
  const passive = words.length >= 3 && parsePort(words.at(-3) ?? '') === 0;
  const cut = words.length - (passive ? 3 : 2);
  const name = quoted?.name ?? words.slice(0, Math.max(0, cut)).join(' ');
  const [portWord = '', positionWord = '', token] = words.slice(Math.max(0, cut));
  const port = parsePort(portWord);
  if (port === undefined) return { kind: 'malformed', type, reason: 'port out of range' };
  const position = parseCount(positionWord);
  if (position === undefined) return { kind: 'malformed', type, reason: 'position out of range' };
  return { kind: 'resume', type, name, port, position, ...(token === undefined ? {} : { token }) };
}
