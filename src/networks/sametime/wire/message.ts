// Messages of the master protocol: header, body, and the union of all that are understood. Trailing bytes are ignored.
import { ByteReader } from '../../../core/bytes.ts';
import { unreachable } from '../../../core/error.ts';
import {
  type ChannelAccept,
  type ChannelCreate,
  decodeAccept,
  decodeCreate,
  encodeAccept,
  encodeCreate,
} from './channel.ts';
import { boundedCount, FieldWriter, readBool, readOpaque, readString } from './fields.ts';
import type { Handshake, HandshakeAck } from './handshake.ts';
import { decodeHandshake, decodeHandshakeAck, encodeHandshake, encodeHandshakeAck } from './handshake.ts';
import {
  type LoginInfo,
  type PrivacyInfo,
  readLoginInfo,
  readPrivacyInfo,
  readUserStatus,
  type UserStatus,
  writeLoginInfo,
  writePrivacyInfo,
  writeUserStatus,
} from './structures.ts';

export const TYPE = {
  handshake: 0x0000,
  login: 0x0001,
  create: 0x0002,
  destroy: 0x0003,
  send: 0x0004,
  accept: 0x0006,
  status: 0x0009,
  privacy: 0x000b,
  sense: 0x0011,
  loginContinue: 0x0016,
  redirect: 0x0018,
  admin: 0x0019,
  announce: 0x0022,
  handshakeAck: 0x8000,
  loginAck: 0x8001,
} as const;

const OPTION_ATTRIBUTES = 0x8000;
const OPTION_ENCRYPTED = 0x4000;
const MAX_RECIPIENTS = 256;

export interface Login {
  readonly kind: 'login';
  readonly loginType: number;
  readonly userId: string;
  readonly auth: Uint8Array;
  readonly authType: number;
}

export interface LoginAck {
  readonly kind: 'login-ack';
  readonly login: LoginInfo;
  readonly privacy: PrivacyInfo;
  readonly status: UserStatus;
}

export interface ChannelSend {
  readonly kind: 'send';
  readonly channel: number;
  readonly sendType: number;
  /** Ciphertext when `encrypted`. */
  readonly data: Uint8Array;
  readonly encrypted: boolean;
}

export interface Announce {
  readonly kind: 'announce';
  readonly sender?: LoginInfo;
  readonly mayReply: boolean;
  readonly text: string;
  /** `@U user` or `@G group`. */
  readonly recipients: readonly string[];
}

export type SametimeMessage =
  | Handshake
  | HandshakeAck
  | Login
  | LoginAck
  | ChannelCreate
  | ChannelAccept
  | ChannelSend
  | Announce
  | { readonly kind: 'redirect'; readonly host: string; readonly serverId: string }
  | { readonly kind: 'login-continue' }
  | { readonly kind: 'destroy'; readonly channel: number; readonly reason: number; readonly info: Uint8Array }
  | { readonly kind: 'status'; readonly status: UserStatus }
  | { readonly kind: 'privacy'; readonly privacy: PrivacyInfo }
  | { readonly kind: 'sense'; readonly service: number }
  | { readonly kind: 'admin'; readonly text: string }
  | { readonly kind: 'unknown'; readonly type: number; readonly channel: number; readonly body: Uint8Array };

/** Reads one frame of `takeSametimeFrame`. @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE */
export function decodeSametime(frame: Uint8Array): SametimeMessage {
  const reader = new ByteReader(frame);
  reader.u32();
  const type = reader.u16();
  const options = reader.u16();
  const channel = reader.u32();
  if ((options & OPTION_ATTRIBUTES) !== 0) readOpaque(reader);
  return decodeBody(type, channel, (options & OPTION_ENCRYPTED) !== 0, reader.take(reader.remaining));
}

function decodeBody(type: number, channel: number, encrypted: boolean, body: Uint8Array): SametimeMessage {
  const reader = new ByteReader(body);
  switch (type) {
    case TYPE.handshake:
      return decodeHandshake(reader);
    case TYPE.handshakeAck:
      return decodeHandshakeAck(reader);
    case TYPE.login:
      return {
        kind: 'login',
        loginType: reader.u16(),
        userId: readString(reader),
        auth: readOpaque(reader),
        authType: reader.u16(),
      };
    case TYPE.loginAck:
      return decodeLoginAck(reader);
    case TYPE.redirect:
      return { kind: 'redirect', host: readString(reader), serverId: readString(reader) };
    case TYPE.loginContinue:
      return { kind: 'login-continue' };
    case TYPE.create:
      return decodeCreate(body);
    case TYPE.accept:
      return decodeAccept(channel, body);
    case TYPE.send:
      return { kind: 'send', channel, sendType: reader.u16(), data: readOpaque(reader), encrypted };
    case TYPE.destroy:
      return { kind: 'destroy', channel, reason: reader.u32(), info: readOpaque(reader) };
    case TYPE.status:
      return { kind: 'status', status: readUserStatus(reader) };
    case TYPE.privacy:
      return { kind: 'privacy', privacy: readPrivacyInfo(reader) };
    case TYPE.sense:
      return { kind: 'sense', service: reader.u32() };
    case TYPE.admin:
      return { kind: 'admin', text: readString(reader) };
    case TYPE.announce:
      return decodeAnnounce(reader);
    default:
      return { kind: 'unknown', type, channel, body };
  }
}

function decodeLoginAck(reader: ByteReader): LoginAck {
  const login = readLoginInfo(reader);
  reader.u16();
  return { kind: 'login-ack', login, privacy: readPrivacyInfo(reader), status: readUserStatus(reader) };
}

function decodeAnnounce(reader: ByteReader): Announce {
  const sender = readBool(reader) ? readLoginInfo(reader) : undefined;
  reader.u16();
  const inner = new ByteReader(readOpaque(reader));
  const mayReply = readBool(inner);
  const text = readString(inner);
  const count = boundedCount(reader.u32(), MAX_RECIPIENTS, 'recipients');
  const recipients = Array.from({ length: count }, () => readString(reader));
  return { kind: 'announce', ...(sender === undefined ? {} : { sender }), mayReply, text, recipients };
}

/** One frame, with its length. @throws SundewError WIRE_TOO_LARGE for strings over 65,535 bytes */
export function encodeSametime(message: SametimeMessage): Uint8Array {
  const { type, channel, body } = encodeBody(message);
  const options = message.kind === 'send' && message.encrypted ? OPTION_ENCRYPTED : 0;
  return new FieldWriter().opaque(new FieldWriter().u16(type).u16(options).u32(channel).bytes(body).done()).done();
}

interface Encoded {
  readonly type: number;
  readonly channel: number;
  readonly body: Uint8Array;
}

const master = (type: number, body: FieldWriter | Uint8Array): Encoded => ({
  type,
  channel: 0,
  body: body instanceof FieldWriter ? body.done() : body,
});

function encodeBody(message: SametimeMessage): Encoded {
  const writer = new FieldWriter();
  switch (message.kind) {
    case 'handshake':
      return master(TYPE.handshake, encodeHandshake(message));
    case 'handshake-ack':
      return master(TYPE.handshakeAck, encodeHandshakeAck(message));
    case 'login':
      writer.u16(message.loginType).string(message.userId).opaque(message.auth).u16(message.authType);
      return master(TYPE.login, writer.u16(0));
    case 'login-ack':
      writePrivacyInfo(writeLoginInfo(writer, message.login).u16(0), message.privacy);
      return master(TYPE.loginAck, writeUserStatus(writer, message.status));
    case 'redirect':
      return master(TYPE.redirect, writer.string(message.host).string(message.serverId));
    case 'login-continue':
      return master(TYPE.loginContinue, writer);
    case 'create':
      return master(TYPE.create, encodeCreate(message));
    case 'accept':
      return { type: TYPE.accept, channel: message.channel, body: encodeAccept(message) };
    case 'send':
      return {
        type: TYPE.send,
        channel: message.channel,
        body: writer.u16(message.sendType).opaque(message.data).done(),
      };
    case 'destroy':
      return {
        type: TYPE.destroy,
        channel: message.channel,
        body: writer.u32(message.reason).opaque(message.info).done(),
      };
    case 'status':
      return master(TYPE.status, writeUserStatus(writer, message.status));
    case 'privacy':
      return master(TYPE.privacy, writePrivacyInfo(writer, message.privacy));
    case 'sense':
      return master(TYPE.sense, writer.u32(message.service));
    case 'admin':
      return master(TYPE.admin, writer.string(message.text));
    case 'announce':
      return master(TYPE.announce, encodeAnnounce(message));
    case 'unknown':
      return { type: message.type, channel: message.channel, body: message.body };
    default:
      return unreachable(message);
  }
}

function encodeAnnounce(message: Announce): Uint8Array {
  const writer = new FieldWriter().bool(message.sender !== undefined);
  if (message.sender !== undefined) writeLoginInfo(writer, message.sender);
  writer.u16(0).opaque(new FieldWriter().bool(message.mayReply).string(message.text).done());
  writer.u32(message.recipients.length);
  for (const recipient of message.recipients) writer.string(recipient);
  return writer.done();
}
