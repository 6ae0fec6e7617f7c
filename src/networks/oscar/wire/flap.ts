// FLAP, the outer frame of every OSCAR connection: marker, channel, sequence, length, payload.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';

const MARKER = 0x2a;
const HEADER_BYTES = 6;
/** What the length field can say. */
export const MAX_FLAP_PAYLOAD = 0xffff;

export const FLAP_SIGN_ON = 1;
export const FLAP_DATA = 2;
export const FLAP_ERROR = 3;
export const FLAP_SIGN_OFF = 4;
export const FLAP_KEEP_ALIVE = 5;

export interface FlapFrame {
  readonly channel: number;
  /** Per direction and connection, plus one a frame, modulo 65536. */
  readonly sequence: number;
  readonly payload: Uint8Array;
}

/** Takes one frame off the buffer. @returns undefined until complete @throws SundewError WIRE_MALFORMED without the marker */
export function takeFlapFrame(
  buffer: Uint8Array,
): { readonly frame: FlapFrame; readonly bytes: Uint8Array; readonly rest: Uint8Array } | undefined {
  const [marker] = buffer;
  if (marker === undefined) return undefined;
  if (marker !== MARKER) throw new SundewError('WIRE_MALFORMED', `FLAP begins with 0x${marker.toString(16)}, not 0x2a`);
  if (buffer.length < HEADER_BYTES) return undefined;
  const header = new ByteReader(buffer.subarray(1, HEADER_BYTES));
  const channel = header.u8();
  const sequence = header.u16();
  const end = HEADER_BYTES + header.u16();
  if (buffer.length < end) return undefined;
  return {
    frame: { channel, sequence, payload: buffer.subarray(HEADER_BYTES, end) },
    bytes: buffer.subarray(0, end),
    rest: buffer.subarray(end),
  };
}

/** @throws SundewError WIRE_TOO_LARGE */
export function encodeFlapFrame(frame: FlapFrame): Uint8Array {
  const { channel, sequence, payload } = frame;
  if (payload.length > MAX_FLAP_PAYLOAD) throw new SundewError('WIRE_TOO_LARGE', `FLAP of ${payload.length} bytes`);
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint8(0, MARKER);
  view.setUint8(1, channel);
  view.setUint16(2, sequence & 0xffff);
  view.setUint16(4, payload.length);
  return concatBytes([header, payload]);
}

/** Open OSCAR Server ends old sessions with a sign-off cut after its sequence: `2a 04 seq seq`, then the end. */
export function isShortSignOff(rest: Uint8Array): boolean {
  return rest.length === 4 && rest[0] === MARKER && rest[1] === FLAP_SIGN_OFF;
}
