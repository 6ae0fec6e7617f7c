// Compound structures that several messages share.
import type { ByteReader } from '../../../core/bytes.ts';
import { boundedCount, type FieldWriter, readBool, readOpaque, readString } from './fields.ts';

const MAX_PRIVACY_ENTRIES = 256;
const MAX_OFFERED_CIPHERS = 16;

/** Who is behind a login, as the server states it. */
export interface LoginInfo {
  /** Of one connection; also the key source of RC2-40. */
  readonly loginId: string;
  /** Client software. */
  readonly loginType: number;
  readonly userId: string;
  readonly userName: string;
  readonly community: string;
  readonly full?: { readonly description: string; readonly ip: number; readonly serverId: string };
}

export interface UserStatus {
  readonly status: number;
  /** Unreliable: seconds, milliseconds or zero, by client. */
  readonly time: number;
  readonly text: string;
}

export interface IdBlock {
  readonly user: string;
  readonly community: string;
}

export interface PrivacyInfo {
  readonly deny: boolean;
  readonly users: readonly (IdBlock & { readonly name?: string })[];
}

export interface CipherItem {
  /** 0 RC2-40, 1 RC2-128. */
  readonly cipher: number;
  /** RC2-128: the sender's Diffie-Hellman public key. */
  readonly info: Uint8Array;
}

/** Status values. */
export const STATUS_ACTIVE = 0x0020;

export function readLoginInfo(reader: ByteReader): LoginInfo {
  const info = {
    loginId: readString(reader),
    loginType: reader.u16(),
    userId: readString(reader),
    userName: readString(reader),
    community: readString(reader),
  };
  if (!readBool(reader)) return info;
  return { ...info, full: { description: readString(reader), ip: reader.u32(), serverId: readString(reader) } };
}

export function writeLoginInfo(writer: FieldWriter, info: LoginInfo): FieldWriter {
  writer.string(info.loginId).u16(info.loginType).string(info.userId).string(info.userName).string(info.community);
  writer.bool(info.full !== undefined);
  if (info.full === undefined) return writer;
  return writer.string(info.full.description).u32(info.full.ip).string(info.full.serverId);
}

export function readUserStatus(reader: ByteReader): UserStatus {
  return { status: reader.u16(), time: reader.u32(), text: readString(reader) };
}

export function writeUserStatus(writer: FieldWriter, status: UserStatus): FieldWriter {
  return writer.u16(status.status).u32(status.time).string(status.text);
}

export function readIdBlock(reader: ByteReader): IdBlock {
  return { user: readString(reader), community: readString(reader) };
}

export function writeIdBlock(writer: FieldWriter, id: IdBlock): FieldWriter {
  return writer.string(id.user).string(id.community);
}

export function readPrivacyInfo(reader: ByteReader): PrivacyInfo {
  const deny = readBool(reader);
  const count = boundedCount(reader.u32(), MAX_PRIVACY_ENTRIES, 'privacy entries');
  const users: (IdBlock & { name?: string })[] = [];
  for (let at = 0; at < count; at += 1) {
    const full = readBool(reader);
    const id = readIdBlock(reader);
    users.push(full ? { ...id, name: readString(reader) } : id);
  }
  return { deny, users };
}

export function writePrivacyInfo(writer: FieldWriter, privacy: PrivacyInfo): FieldWriter {
  writer.bool(privacy.deny).u32(privacy.users.length);
  for (const { user, community, name } of privacy.users) {
    writeIdBlock(writer.bool(name !== undefined), { user, community });
    if (name !== undefined) writer.string(name);
  }
  return writer;
}

/** The offer inside CHANNEL_CREATE. @returns the ciphers; none for an empty blob */
export function readCipherOffer(reader: ByteReader): readonly CipherItem[] {
  if (reader.remaining === 0) return [];
  const count = boundedCount(reader.u32(), MAX_OFFERED_CIPHERS, 'offered ciphers');
  return Array.from({ length: count }, () => readCipherItem(reader));
}

export function readCipherItem(reader: ByteReader): CipherItem {
  return { cipher: reader.u16(), info: readOpaque(reader) };
}

export function writeCipherItem(writer: FieldWriter, item: CipherItem): FieldWriter {
  return writer.u16(item.cipher).opaque(item.info);
}
