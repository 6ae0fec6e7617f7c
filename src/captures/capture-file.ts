// Reads a file of captures: NDJSON, gzipped or not, one capture a line. A bad line is told of, never thrown.
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Capture } from '../core/capture.ts';
import { messageOf, SundewError } from '../core/error.ts';
import { parseCapture } from '../core/parse-capture.ts';

/** Longer lines are skipped and reported. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b];
const NEWLINE = 0x0a;

export type CaptureLine =
  /** `raw` is the line as it stood in the file, for the journal. */
  | { readonly line: number; readonly capture: Capture; readonly raw: Uint8Array }
  | { readonly line: number; readonly error: SundewError };

/**
 * Captures of a stream in order; reading slowly slows the stream down. Ends early, with an error line, when the stream
 * or its compression breaks.
 */
export async function* readCaptureFile(
  stream: Readable,
  defaults: { readonly sensor: string } = { sensor: 'file' },
): AsyncGenerator<CaptureLine> {
  let line = 0;
  try {
    for await (const bytes of lines(await maybeGunzip(stream))) {
      line += 1;
      if (bytes === undefined) yield { line, error: tooLong(line) };
      else if (!isBlank(bytes)) yield parseLine(bytes, line, defaults);
    }
  } catch (error) {
    const what = `the file cannot be read beyond line ${line}: ${messageOf(error)}`;
    yield { line: line + 1, error: new SundewError('INPUT_INVALID', what, { cause: error }) };
  }
}

function parseLine(bytes: Uint8Array, line: number, defaults: { readonly sensor: string }): CaptureLine {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { line, capture: parseCapture(JSON.parse(text), defaults), raw: bytes };
  } catch (error) {
    const what = error instanceof TypeError ? 'is not UTF-8' : messageOf(error);
    return { line, error: new SundewError('CAPTURE_INVALID', `line ${line}: ${what}`, { cause: error }) };
  }
}

function tooLong(line: number): SundewError {
  return new SundewError('CAPTURE_INVALID', `line ${line}: longer than ${MAX_LINE_BYTES} bytes, skipped`);
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

/** Looks at the first two bytes; a name says nothing on standard input. */
async function maybeGunzip(stream: Readable): Promise<AsyncIterable<Uint8Array>> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let head = Buffer.alloc(0);
  while (head.length < GZIP_MAGIC.length) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    head = Buffer.concat([head, Buffer.from(value)]);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield Buffer.from(next.value);
  }
  const zipped = head[0] === GZIP_MAGIC[0] && head[1] === GZIP_MAGIC[1];
  return zipped ? gunzip(whole()) : whole();
}

function gunzip(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const unzip = createGunzip();
  const feed = async (): Promise<void> => {
    for await (const chunk of source) {
      if (!unzip.write(chunk)) await new Promise((resolve) => unzip.once('drain', resolve).once('close', resolve));
      if (unzip.destroyed) return;
    }
    unzip.end();
  };
  feed().catch((error: unknown) => unzip.destroy(error instanceof Error ? error : new Error(String(error))));
  return unzip;
}

/** Lines without their end; `undefined` stands for one that was too long. */
async function* lines(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      length += at - from;
      yield length > MAX_LINE_BYTES ? undefined : Buffer.concat([...parts, chunk.subarray(from, at)]);
      parts = [];
      length = 0;
      from = at + 1;
    }
    length += chunk.length - from;
    if (length > MAX_LINE_BYTES) parts = [];
    else if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (length > 0) yield length > MAX_LINE_BYTES ? undefined : Buffer.concat(parts);
}
