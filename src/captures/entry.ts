// The content of a journal entry of type `capture`: the capture as JSON and the exact bytes it came from.
import type { Capture } from '../core/capture.ts';
import { messageOf, SundewError } from '../core/error.ts';
import { parseCapture } from '../core/parse-capture.ts';

const VERSION = 1;
const HEAD_BYTES = 5;

/** Version, length of the JSON, JSON, raw bytes. */
export function encodeCaptureEntry(capture: Capture, raw: Uint8Array): Uint8Array {
  const json = Buffer.from(JSON.stringify(capture), 'utf8');
  const entry = Buffer.allocUnsafe(HEAD_BYTES + json.length + raw.length);
  entry.writeUInt8(VERSION, 0);
  entry.writeUInt32BE(json.length, 1);
  json.copy(entry, HEAD_BYTES);
  entry.set(raw, HEAD_BYTES + json.length);
  return entry;
}

/** @throws SundewError CAPTURE_INVALID when the content is no capture entry */
export function decodeCaptureEntry(content: Uint8Array): { readonly capture: Capture; readonly raw: Uint8Array } {
  const entry = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (entry.length < HEAD_BYTES || entry.readUInt8(0) !== VERSION) {
    throw new SundewError('CAPTURE_INVALID', 'the journal entry is not a capture of version 1');
  }
  const end = HEAD_BYTES + entry.readUInt32BE(1);
  if (end > entry.length) throw new SundewError('CAPTURE_INVALID', 'the journal entry of a capture is cut short');
  let json: unknown;
  try {
    json = JSON.parse(entry.toString('utf8', HEAD_BYTES, end));
  } catch (error) {
    throw new SundewError('CAPTURE_INVALID', `the journal entry of a capture is no JSON: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return { capture: parseCapture(json, { sensor: 'unknown' }), raw: content.subarray(end) };
}
