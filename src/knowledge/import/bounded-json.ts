// JSON of strangers: its size and nesting are looked at before it is parsed.
import { SundewError } from '../../core/error.ts';

/** The largest file that is read: the largest galaxy cluster of today is under 4 MB. */
export const MAX_JSON_BYTES = 64 * 1024 * 1024;
const MAX_DEPTH = 32;

/** @throws SundewError INPUT_INVALID when it is too large, too deep or no JSON */
export function parseBounded(text: string): unknown {
  if (Buffer.byteLength(text) > MAX_JSON_BYTES) throw refusal('it is over 64 MiB');
  if (depthOf(text) > MAX_DEPTH) throw refusal(`it is nested deeper than ${MAX_DEPTH}`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refusal('it is not JSON', cause);
  }
}

/** Deepest nesting of brackets outside of strings. */
function depthOf(text: string): number {
  let [depth, deepest, inString] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return deepest;
}

function refusal(why: string, cause?: unknown): SundewError {
  return new SundewError('INPUT_INVALID', `the file cannot be imported: ${why}`, { cause });
}
