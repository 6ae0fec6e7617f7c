// The user-info block: who a peer is, as the server says it.
import { type ByteReader, concatBytes } from '../../../core/bytes.ts';
import { capabilityNames } from './capability.ts';
import { ipv4Of, string8, takeString8, u16, u16Of, u32Of } from './fields.ts';
import { screenNameText } from './screen-name.ts';
import { encodeTlvs, findTlv, type Tlv, takeTlvs } from './tlv.ts';

export interface UserInfo {
  /** As received; see `screenNameText`. */
  readonly name: string;
  readonly nameBytes: Uint8Array;
  /** Tenths of a percent. */
  readonly warning: number;
  readonly tlvs: readonly Tlv[];
}

export const USER_CLASS_FREE = 0x0010;
export const USER_CLASS_ICQ = 0x0040;
export const USER_CLASS_BOT = 0x0400;

export const TLV_USER_CLASS = 0x01;
export const TLV_ONLINE_SINCE = 0x03;
export const TLV_EXTERNAL_IP = 0x0a;
export const TLV_CAPABILITIES = 0x0d;

/** @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function takeUserInfo(reader: ByteReader): UserInfo {
  const nameBytes = takeString8(reader);
  const warning = reader.u16();
  const { tlvs } = takeTlvs(reader, reader.u16());
  return { name: screenNameText(nameBytes), nameBytes, warning, tlvs };
}

export function encodeUserInfo(name: string, warning: number, tlvs: readonly Tlv[]): Uint8Array {
  return concatBytes([string8(name), u16(warning), u16(tlvs.length), encodeTlvs(tlvs)]);
}

/** The class bits, 0 when the block has none. Some servers send four bytes. */
export function userClassOf(info: UserInfo): number {
  const value = findTlv(info.tlvs, TLV_USER_CLASS);
  return u16Of(value) ?? u32Of(value) ?? 0;
}

/** What of the block is worth keeping with a capture. */
export function userFacts(info: UserInfo): Readonly<Record<string, unknown>> {
  const since = u32Of(findTlv(info.tlvs, TLV_ONLINE_SINCE));
  const created = u32Of(findTlv(info.tlvs, 0x05)) ?? u32Of(findTlv(info.tlvs, 0x02));
  const externalIp = ipv4Of(findTlv(info.tlvs, TLV_EXTERNAL_IP));
  const capabilities = findTlv(info.tlvs, TLV_CAPABILITIES);
  return {
    ...(info.tlvs.length === 0 ? {} : { userClass: userClassOf(info) }),
    ...(info.warning === 0 ? {} : { warningLevel: info.warning / 10 }),
    ...(since === undefined ? {} : { onlineSince: unixTime(since) }),
    ...(created === undefined ? {} : { accountCreated: unixTime(created) }),
    ...(externalIp === undefined ? {} : { externalIp }),
    ...(capabilities === undefined ? {} : { capabilities: capabilityNames(capabilities) }),
  };
}

/** RFC 3339 of a Unix time in seconds. */
export const unixTime = (seconds: number): string => new Date(seconds * 1000).toISOString();
