// Cuts the byte stream into lines (RFC 1459 2.3, IRCv3 message-tags). Bytes stay bytes: IRC promises no charset.
import { concatBytes } from '../../../core/bytes.ts';

/** IRCv3 message-tags: `@` … space, from a server. */
export const MAX_TAG_BYTES = 8191;
/** RFC 2812 2.3: a message with its CR LF. */
export const MAX_BODY_BYTES = 512;
/**
 * Longest line that is kept. Servers that announce a longer LINELEN may use the room of absent tags; beyond it, bytes
 * are counted and thrown away until the next line feed.
 */
export const MAX_LINE_BYTES = MAX_TAG_BYTES + MAX_BODY_BYTES;

export type Line =
  /** Without CR and LF. */
  | { readonly type: 'line'; readonly bytes: Uint8Array }
  /** The first `MAX_LINE_BYTES` of a line that goes on; said once, as soon as it is known. */
  | { readonly type: 'overlong'; readonly bytes: Uint8Array };

/** A line that has not ended yet. */
export interface LineBuffer {
  readonly kept: Uint8Array;
  /** The line was over the maximum: everything up to its end is thrown away. */
  readonly skipping: boolean;
}

export const EMPTY_LINE: LineBuffer = { kept: new Uint8Array(0), skipping: false };

const LF = 10;
const CR = 13;

/** Adds a chunk: the lines it completes, empty ones left out, and what stays open (never over `MAX_LINE_BYTES`). */
export function takeLines(
  buffer: LineBuffer,
  chunk: Uint8Array,
): { readonly lines: readonly Line[]; readonly rest: LineBuffer } {
  const lines: Line[] = [];
  let open = buffer;
  let at = 0;
  for (let end = chunk.indexOf(LF, at); end !== -1; end = chunk.indexOf(LF, at)) {
    open = extend(open, chunk.subarray(at, end), lines);
    const kept = withoutCr(open.kept);
    if (!open.skipping && kept.length > 0) lines.push({ type: 'line', bytes: kept });
    open = EMPTY_LINE;
    at = end + 1;
  }
  return { lines, rest: extend(open, chunk.subarray(at), lines) };
}

function extend(open: LineBuffer, more: Uint8Array, lines: Line[]): LineBuffer {
  if (more.length === 0 || open.skipping) return open;
  const room = MAX_LINE_BYTES - open.kept.length;
  const kept = concatBytes([open.kept, more.subarray(0, room)]);
  if (more.length <= room) return { kept, skipping: false };
  lines.push({ type: 'overlong', bytes: kept });
  return { kept: EMPTY_LINE.kept, skipping: true };
}

function withoutCr(bytes: Uint8Array): Uint8Array {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === CR) length -= 1;
  return bytes.subarray(0, length);
}
