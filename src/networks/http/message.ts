// The little HTTP/1.1 that ticket log-ins and offline messages need: one request, one response, then the end.
import { concatBytes } from '../../core/bytes.ts';
import { SundewError } from '../../core/error.ts';
import { decodeHeaders, type Headers } from './headers.ts';

/** Bytes of a whole response. */
export const MAX_RESPONSE_BYTES = 256 * 1024;
const MAX_HEAD_BYTES = 16 * 1024;
const MAX_CHUNKS = 4096;

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Encodes a request that asks the server to close. @throws SundewError INPUT_INVALID for a header with a line end */
export function encodeRequest(request: HttpRequest): Uint8Array {
  const { method, url, body } = request;
  const headers = [
    ['Host', url.host],
    ['Connection', 'close'],
    ...request.headers,
    ...(body === undefined ? [] : [['Content-Length', String(Buffer.byteLength(body))] as const]),
  ] as const;
  for (const [name, value] of headers) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these would end the header
    if (/[\x00\r\n]/.test(value)) throw new SundewError('INPUT_INVALID', `HTTP header ${name} with a line end`);
  }
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines}\r\n${body ?? ''}`, 'utf8');
}

/**
 * Reads a response off what has come so far.
 * @returns undefined until it is complete; `ended` says that nothing more comes
 * @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE
 */
export function takeResponse(bytes: Uint8Array, ended: boolean): HttpResponse | undefined {
  if (bytes.length > MAX_RESPONSE_BYTES) throw new SundewError('WIRE_TOO_LARGE', 'HTTP response over 256 KiB');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blank = buffer.indexOf('\r\n\r\n');
  if (blank === -1) {
    if (bytes.length > MAX_HEAD_BYTES) throw new SundewError('WIRE_TOO_LARGE', 'HTTP header over 16 KiB');
    if (ended) throw new SundewError('WIRE_CLOSED', 'the HTTP response ended within its header');
    return undefined;
  }
  const head = buffer.toString('latin1', 0, blank);
  const status = /^HTTP\/1\.[01] (\d{3})(?: |\r|$)/.exec(head)?.[1];
  if (status === undefined) throw new SundewError('WIRE_MALFORMED', 'HTTP: no status line');
  const headers = decodeHeaders(head.slice(head.indexOf('\r\n') + 2));
  const body = takeBody(bytes.subarray(blank + 4), headers, ended);
  return body === undefined ? undefined : { status: Number(status), headers, body };
}

function takeBody(bytes: Uint8Array, headers: Headers, ended: boolean): Uint8Array | undefined {
  if (/\bchunked\b/i.test(headers.get('transfer-encoding') ?? '')) return takeChunks(bytes, ended);
  const length = headers.get('content-length');
  if (length === undefined) return ended ? bytes : undefined;
  if (!/^\d{1,9}$/.test(length)) throw new SundewError('WIRE_MALFORMED', 'HTTP: a length that is none');
  if (bytes.length >= Number(length)) return bytes.subarray(0, Number(length));
  if (ended) throw new SundewError('WIRE_CLOSED', 'the HTTP response was cut short');
  return undefined;
}

function takeChunks(bytes: Uint8Array, ended: boolean): Uint8Array | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 0; parts.length < MAX_CHUNKS; ) {
    const end = buffer.indexOf('\r\n', at);
    if (end === -1) break;
    const size = /^[0-9a-f]{1,6}(?=[;\s]|$)/i.exec(buffer.toString('latin1', at, end))?.[0];
    if (size === undefined) throw new SundewError('WIRE_MALFORMED', 'HTTP: a chunk without a size');
    const length = Number.parseInt(size, 16);
    if (length === 0) return concatBytes(parts);
    if (buffer.length < end + 4 + length) break;
    parts.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 4 + length;
  }
  if (parts.length >= MAX_CHUNKS) throw new SundewError('WIRE_TOO_LARGE', `HTTP: over ${MAX_CHUNKS} chunks`);
  if (ended) throw new SundewError('WIRE_CLOSED', 'the HTTP response was cut short');
  return undefined;
}
