// The rendezvous block (ICBM channel 2, TLV 05): an offer of a service between two clients.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { CAPABILITY_BYTES } from './capability.ts';
import { ipv4Of, u16, u16Of } from './fields.ts';
import { decodeTlvs, encodeTlvs, findTlv, type Tlv, type TlvList } from './tlv.ts';

export const RENDEZVOUS_PROPOSE = 0;
export const RENDEZVOUS_ACCEPT = 2;
const COOKIE_BYTES = 8;

export const TLV_CLIENT_IP = 0x03;
export const TLV_VERIFIED_IP = 0x04;
export const TLV_PORT = 0x05;
export const TLV_REQUEST_NUMBER = 0x0a;
export const TLV_INVITATION = 0x0c;
export const TLV_BY_PROXY = 0x10;
export const TLV_WANTS_TLS = 0x11;
export const TLV_SERVICE_DATA = 0x2711;
export const TLV_NAME_CHARSET = 0x2712;

export interface Rendezvous {
  readonly status: number;
  readonly cookie: Uint8Array;
  readonly capability: Uint8Array;
  readonly list: TlvList;
}

/** @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function decodeRendezvous(bytes: Uint8Array): Rendezvous {
  const reader = new ByteReader(bytes);
  const status = reader.u16();
  const cookie = reader.take(COOKIE_BYTES);
  const capability = reader.take(CAPABILITY_BYTES);
  return { status, cookie, capability, list: decodeTlvs(reader.take(reader.remaining)) };
}

export const encodeRendezvous = (
  status: number,
  cookie: Uint8Array,
  capability: Uint8Array,
  tlvs: readonly Tlv[],
): Uint8Array => concatBytes([u16(status), cookie, capability, encodeTlvs(tlvs)]);

/** Where the offerer says it can be reached, and where the server saw it. */
export interface Addresses {
  readonly proxy?: string;
  readonly claimed?: string;
  /** The only one that the offerer cannot choose. */
  readonly verified?: string;
  readonly port?: number;
  /** Fields of a length that no client sends, or that contradict their check field. */
  readonly oddities: readonly string[];
}

export function readAddresses(tlvs: readonly Tlv[]): Addresses {
  const oddities: string[] = [];
  const address = (type: number, name: string): string | undefined => {
    const value = findTlv(tlvs, type);
    const text = ipv4Of(value);
    if (value !== undefined && text === undefined) oddities.push(`${name} of ${value.length} bytes`);
    return text;
  };
  const proxy = address(0x02, 'proxy address');
  const claimed = address(TLV_CLIENT_IP, 'client address');
  const verified = address(TLV_VERIFIED_IP, 'verified address');
  if (tlvs.filter(({ type }) => type === TLV_VERIFIED_IP).length > 1) oddities.push('several verified addresses');
  const portBytes = findTlv(tlvs, TLV_PORT);
  const port = u16Of(portBytes);
  if (portBytes !== undefined && port === undefined) oddities.push(`port of ${portBytes.length} bytes`);
  if (!isComplement(findTlv(tlvs, 0x02), findTlv(tlvs, 0x16))) oddities.push('address and its complement differ');
  if (!isComplement(portBytes, findTlv(tlvs, 0x17))) oddities.push('port and its complement differ');
  return {
    ...(proxy === undefined ? {} : { proxy }),
    ...(claimed === undefined ? {} : { claimed }),
    ...(verified === undefined ? {} : { verified }),
    ...(port === undefined ? {} : { port }),
    oddities,
  };
}

/** Absent fields contradict nothing. */
function isComplement(value: Uint8Array | undefined, check: Uint8Array | undefined): boolean {
  if (value === undefined || check === undefined) return true;
  return value.length === check.length && value.every((byte, at) => byte === (~(check[at] ?? 0) & 0xff));
}
