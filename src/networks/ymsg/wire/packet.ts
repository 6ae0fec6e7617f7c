// The YMSG packet: a header of 20 bytes in network byte order and a body. Framing never says more than "not yet".
import { SundewError } from '../../../core/error.ts';
import { encodePairs, type Pair } from './pairs.ts';

export const HEADER_BYTES = 20;
/** The length field has 16 bits; real packets stay under 2,000 bytes. */
export const MAX_BODY_BYTES = 0xffff;
const MAX_PACKET_BYTES = HEADER_BYTES + MAX_BODY_BYTES;
const MAGIC = [0x59, 0x4d, 0x53, 0x47]; // "YMSG"
const FIRST_CAPACITY = 1024;
/** An empty buffer that grew larger than this is given back. */
const KEPT_CAPACITY = 8192;

export interface Packet {
  /** Servers write what they like here (escargot: 0); never validated. */
  readonly version: number;
  readonly service: number;
  /** Unsigned; 0xFFFFFFFF is an error. */
  readonly status: number;
  readonly session: number;
  readonly body: Uint8Array;
  /** The exact bytes, header and body. */
  readonly raw: Uint8Array;
}

/**
 * Takes one packet off the front of the bytes.
 * @returns undefined until it is complete
 * @throws SundewError WIRE_MALFORMED when the bytes do not begin with "YMSG": the stream is lost
 */
export function takePacket(bytes: Uint8Array): Packet | undefined {
  for (const [at, expected] of MAGIC.entries()) {
    const found = bytes[at];
    if (found === undefined) return undefined;
    if (found !== expected) throw new SundewError('WIRE_MALFORMED', 'the stream does not go on with a YMSG packet');
  }
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = HEADER_BYTES + view.getUint16(8);
  if (bytes.length < end) return undefined;
  // Not `slice`: that of a Buffer shares its memory.
  const raw = new Uint8Array(bytes.subarray(0, end));
  return {
    version: view.getUint16(4),
    service: view.getUint16(10),
    status: view.getUint32(12),
    session: view.getUint32(16),
    body: raw.subarray(HEADER_BYTES),
    raw,
  };
}

export interface OutboundPacket {
  readonly version?: number;
  readonly service: number;
  readonly status?: number;
  readonly session?: number;
  readonly pairs?: readonly Pair[];
}

/** Bytes of a packet. @throws SundewError WIRE_TOO_LARGE over 65,535 bytes of body, WIRE_MALFORMED for a bad pair */
export function encodePacket(packet: OutboundPacket): Uint8Array {
  const body = encodePairs(packet.pairs ?? []);
  if (body.length > MAX_BODY_BYTES) {
    throw new SundewError('WIRE_TOO_LARGE', `a YMSG body of ${body.length} bytes does not fit its length field`);
  }
  const bytes = new Uint8Array(HEADER_BYTES + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint16(4, packet.version ?? 0);
  view.setUint16(8, body.length);
  view.setUint16(10, packet.service);
  view.setUint32(12, packet.status ?? 0);
  view.setUint32(16, packet.session ?? 0);
  bytes.set(body, HEADER_BYTES);
  return bytes;
}

/** Bytes of a stream until they are packets; grows with what really came, never by what a length field claims. */
export class PacketBuffer {
  #bytes = new Uint8Array(0);
  #start = 0;
  #end = 0;

  /** Bytes that wait for the rest of their packet. */
  get waiting(): number {
    return this.#end - this.#start;
  }

  push(chunk: Uint8Array): void {
    const needed = this.waiting + chunk.length;
    if (this.#end + chunk.length > this.#bytes.length) {
      const capacity = needed <= this.#bytes.length ? this.#bytes.length : grown(this.#bytes.length, needed);
      const larger = new Uint8Array(capacity);
      larger.set(this.#bytes.subarray(this.#start, this.#end));
      this.#bytes = larger;
      this.#end -= this.#start;
      this.#start = 0;
    }
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** The next whole packet. @throws SundewError WIRE_MALFORMED: nothing more can be read from this stream */
  take(): Packet | undefined {
    const packet = takePacket(this.#bytes.subarray(this.#start, this.#end));
    if (packet === undefined) return undefined;
    this.#start += packet.raw.length;
    if (this.#start === this.#end) {
      this.#start = 0;
      this.#end = 0;
      if (this.#bytes.length > KEPT_CAPACITY) this.#bytes = new Uint8Array(0);
    }
    return packet;
  }

  /** A copy of what waits, for evidence: at most one packet's worth. */
  peek(): Uint8Array {
    return this.#bytes.slice(this.#start, Math.min(this.#end, this.#start + MAX_PACKET_BYTES));
  }
}

function grown(capacity: number, needed: number): number {
  let size = Math.max(FIRST_CAPACITY, capacity);
  while (size < needed) size *= 2;
  return size;
}
