// The payload of MSG: header lines, a blank line, a body of bytes. Total: strangers leave out any part of it.
import { concatBytes } from '../../../core/bytes.ts';
import { decodeHeaders, type Headers } from '../../http/headers.ts';

/** What is read of the header lines, bytes. */
const MAX_HEADER_BYTES = 8192;
const LF = 10;
const CR = 13;

export interface MimeMessage {
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Splits a payload at its first blank line. */
export function decodeMime(payload: Uint8Array): MimeMessage {
  const { head, body } = splitAtBlankLine(payload);
  return { headers: decodeHeaders(Buffer.from(head.subarray(0, MAX_HEADER_BYTES)).toString('utf8')), body };
}

/** Header lines, each with its end, and a blank line. */
export function encodeHeaders(headers: readonly (readonly [string, string])[]): string {
  return `${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

export function encodeMime(headers: readonly (readonly [string, string])[], body: Uint8Array): Uint8Array {
  return concatBytes([Buffer.from(encodeHeaders(headers), 'utf8'), body]);
}

/** The media type without parameters, lower-case; empty when there is none. */
export function mediaTypeOf(headers: Headers): string {
  return (headers.get('content-type')?.split(';')[0] ?? '').trim().toLowerCase();
}

/** The body as text, by the charset that the headers claim when there is such a one; UTF-8 otherwise. */
export function textOf(message: MimeMessage): string {
  const charset = /charset="?([\w.:-]{1,40})/i.exec(message.headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
  return decoderOf(charset).decode(message.body);
}

function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder('utf-8'); // no charset that exists
  }
}

function splitAtBlankLine(payload: Uint8Array): { head: Uint8Array; body: Uint8Array } {
  for (let at = payload.indexOf(LF); at !== -1; at = payload.indexOf(LF, at + 1)) {
    const next = payload[at + 1] === CR ? at + 2 : at + 1;
    if (payload[next] === LF) return { head: payload.subarray(0, at), body: payload.subarray(next + 1) };
  }
  return { head: payload, body: payload.subarray(payload.length) };
}
