// The other side of the little HTTP: what the range's log-in servers read and write. One request a connection.
import { decodeHeaders, type Headers } from './headers.ts';

const MAX_REQUEST_BYTES = 64 * 1024;

export interface ServedRequest {
  /** Path and query, as written. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Whether a stream begins as a request does. */
export function isRequest(bytes: Uint8Array): boolean {
  return /^(?:GET|POST) \//.test(Buffer.from(bytes.subarray(0, 6)).toString('latin1'));
}

/** Answers a request once it is complete. @returns undefined until then */
export function answerRequest(bytes: Uint8Array, answer: (request: ServedRequest) => string): string | undefined {
  if (bytes.length > MAX_REQUEST_BYTES) return encodeResponse(413, '');
  const text = Buffer.from(bytes).toString('utf8');
  const blank = text.indexOf('\r\n\r\n');
  if (blank === -1) return undefined;
  const headers = decodeHeaders(text.slice(text.indexOf('\r\n') + 2, blank));
  const length = Number(headers.get('content-length') ?? 0);
  if (bytes.length < Buffer.byteLength(text.slice(0, blank + 4)) + length) return undefined;
  return answer({ path: text.split(' ', 2)[1] ?? '', headers, body: text.slice(blank + 4) });
}

/** A whole response that says it is the last. `headers` are lines. */
export function encodeResponse(status: number, body: string, headers: readonly string[] = []): string {
  return encode(status, [...headers, `Content-Length: ${Buffer.byteLength(body)}`], body);
}

/** The same with its body as one chunk, which some old clients take for granted. */
export function encodeChunkedResponse(status: number, body: string, headers: readonly string[] = []): string {
  const chunk = `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  return encode(status, [...headers, 'Transfer-Encoding: chunked'], chunk);
}

function encode(status: number, headers: readonly string[], body: string): string {
  return `${[`HTTP/1.1 ${status} x`, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`;
}
