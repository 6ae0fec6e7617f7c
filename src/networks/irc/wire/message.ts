// One IRC message: tags, source, command, parameters (RFC 2812 2.3.1, IRCv3 message-tags).
import { SundewError } from '../../../core/error.ts';
import { MAX_BODY_BYTES, MAX_TAG_BYTES } from './line.ts';
import { decodeText } from './text.ts';

/** RFC 2812 allows 15; some servers send one more. */
export const MAX_PARAMS = 32;
const MAX_TAGS = 512;
/** No nick, user and host together come near it. */
const MAX_SOURCE_BYTES = 512;

export interface IrcMessage {
  readonly tags: ReadonlyMap<string, string>;
  /** `nick!user@host` or a server's name; absent when it is the server at the other end. */
  readonly source?: string;
  /** Upper case, or three digits. */
  readonly command: string;
  readonly params: readonly string[];
  /** Part of the line was no UTF-8 and was read as windows-1252. */
  readonly fallback: boolean;
}

const SPACE = 0x20;
const COLON = 0x3a;
const AT = 0x40;
const COMMAND = /^(?:[A-Za-z]{1,32}|\d{3})$/;

/** Reads one line without its CR LF. @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function decodeMessage(line: Uint8Array): IrcMessage {
  if (line.includes(0) || line.includes(13)) {
    throw new SundewError('WIRE_MALFORMED', 'an IRC line holds a NUL or a bare carriage return');
  }
  const reader = { line, at: 0, fallback: false };
  const tags = line[0] === AT ? decodeTags(takeWord(reader, MAX_TAG_BYTES)) : new Map<string, string>();
  skipSpaces(reader);
  const source = line[reader.at] === COLON ? takeWord(reader, MAX_SOURCE_BYTES).slice(1) : undefined;
  skipSpaces(reader);
  const command = takeWord(reader, MAX_SOURCE_BYTES);
  if (!COMMAND.test(command)) throw new SundewError('WIRE_MALFORMED', 'an IRC line has no command');
  const params = takeParams(reader);
  return {
    tags,
    ...(source === undefined || source === '' ? {} : { source }),
    command: command.toUpperCase(),
    params,
    fallback: reader.fallback,
  };
}

interface LineReader {
  readonly line: Uint8Array;
  at: number;
  fallback: boolean;
}

function takeParams(reader: LineReader): readonly string[] {
  const params: string[] = [];
  for (skipSpaces(reader); reader.at < reader.line.length; skipSpaces(reader)) {
    if (params.length === MAX_PARAMS) {
      throw new SundewError('WIRE_TOO_LARGE', `an IRC line has over ${MAX_PARAMS} parameters`);
    }
    if (reader.line[reader.at] === COLON) {
      params.push(take(reader, reader.at + 1, reader.line.length));
      break;
    }
    params.push(takeWord(reader, reader.line.length));
  }
  return params;
}

function skipSpaces(reader: LineReader): void {
  while (reader.line[reader.at] === SPACE) reader.at += 1;
}

function takeWord(reader: LineReader, max: number): string {
  const space = reader.line.indexOf(SPACE, reader.at);
  const end = space === -1 ? reader.line.length : space;
  if (end - reader.at > max) throw new SundewError('WIRE_TOO_LARGE', `a word of an IRC line is over ${max} bytes`);
  return take(reader, reader.at, end);
}

function take(reader: LineReader, from: number, to: number): string {
  reader.at = to;
  const decoded = decodeText(reader.line.subarray(from, to));
  if (decoded.fallback) reader.fallback = true;
  return decoded.text;
}

const UNESCAPED: Readonly<Record<string, string>> = { ':': ';', s: ' ', '\\': '\\', r: '\r', n: '\n' };

function decodeTags(word: string): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const part of word.slice(1).split(';', MAX_TAGS)) {
    const equals = part.indexOf('=');
    const key = equals === -1 ? part : part.slice(0, equals);
    const value = equals === -1 ? '' : part.slice(equals + 1);
    // A lone backslash at the end is dropped, an unknown escape stands for its character.
    if (key !== '')
      tags.set(
        key,
        value.replaceAll(/\\(.?)/gs, (_, next: string) => UNESCAPED[next] ?? next),
      );
  }
  return tags;
}

export interface OutboundMessage {
  readonly command: string;
  /** Only the last may hold blanks or start with a colon. */
  readonly params: readonly string[];
}

// These would end the line and start another command.
const LINE_BREAK = /[\0\r\n]/;

/** Writes one line with its CR LF. @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function encodeMessage(message: OutboundMessage, source?: string): Uint8Array {
  const last = message.params.length - 1;
  const words = message.params.map((param, at) => encodeParam(param, at === last));
  const line = [...(source === undefined ? [] : [`:${source}`]), message.command, ...words].join(' ');
  if (LINE_BREAK.test(line)) throw new SundewError('WIRE_MALFORMED', 'an IRC parameter holds a line break or NUL');
  const bytes = new TextEncoder().encode(`${line}\r\n`);
  if (bytes.length > MAX_BODY_BYTES) {
    throw new SundewError('WIRE_TOO_LARGE', `an IRC line of ${bytes.length} bytes is over ${MAX_BODY_BYTES}`);
  }
  return bytes;
}

function encodeParam(param: string, last: boolean): string {
  const plain = param !== '' && !param.includes(' ') && !param.startsWith(':');
  if (plain) return param;
  if (last) return `:${param}`;
  throw new SundewError(
    'WIRE_MALFORMED',
    'only the last IRC parameter may be empty, hold blanks or start with a colon',
  );
}
