// Arbitrary messages for properties.
import fc from 'fast-check';
import type { SametimeMessage } from '../wire/message.ts';
import type { LoginInfo } from '../wire/structures.ts';

/** The login of the worked frames. */
export const ALICE_LOGIN: LoginInfo = {
  loginId: 'L1000002X',
  loginType: 0x1002,
  userId: 'alice',
  userName: 'Alice Example',
  community: '',
  full: { description: '', ip: 0x7f000001, serverId: 'srv01' },
};

const plain = { noNullPrototype: true } as const;
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((all) => all.toWellFormed());
const bytes = fc.uint8Array({ maxLength: 30 });
const u16 = fc.nat(0xffff);
const u32 = fc.nat(0xffffffff);
const full = fc.record({ description: text, ip: u32, serverId: text }, plain);
const login = fc.oneof(
  fc.record({ loginId: text, loginType: u16, userId: text, userName: text, community: text }, plain),
  fc.record({ loginId: text, loginType: u16, userId: text, userName: text, community: text, full }, plain),
);
const id = fc.record({ user: text, community: text }, plain);
const named = fc.record({ user: text, community: text, name: text }, plain);
const status = fc.record({ status: u16, time: u32, text }, plain);
const privacy = fc.record({ deny: fc.boolean(), users: fc.array(fc.oneof(id, named), { maxLength: 5 }) }, plain);
const cipher = fc.record({ cipher: u16, info: bytes }, plain);
const service = { service: u32, protocol: u32, version: u32 };
const kind = <K extends SametimeMessage['kind']>(name: K): { kind: fc.Arbitrary<K> } => ({ kind: fc.constant(name) });
const create = {
  ...kind('create'),
  ...service,
  id: u32,
  target: id,
  data: bytes,
  mode: u16,
  ciphers: fc.array(cipher, { maxLength: 4 }),
};
const accept = { ...kind('accept'), ...service, channel: u32, data: bytes, mode: u16 };
const handshake = {
  ...kind('handshake'),
  major: fc.constant(0x1e),
  minor: fc.constant(0x1d),
  loginType: u16,
  localIp: u32,
};
const ack = { ...kind('handshake-ack'), major: fc.constant(0x1e), minor: fc.constant(0x1d), clientIp: u32 };
const announce = { ...kind('announce'), mayReply: fc.boolean(), text, recipients: fc.array(text, { maxLength: 5 }) };

export const messages: fc.Arbitrary<SametimeMessage> = fc.oneof(
  fc.record(handshake, plain),
  fc.record({ ...handshake, host: text }, plain),
  fc.record(ack, plain),
  fc.record({ ...ack, offer: fc.record({ magic: u32, key: bytes }, plain) }, plain),
  fc.record({ ...kind('login'), loginType: u16, userId: text, auth: bytes, authType: u16 }, plain),
  fc.record({ ...kind('login-ack'), login, privacy, status }, plain),
  fc.record({ ...kind('redirect'), host: text, serverId: text }, plain),
  fc.record(kind('login-continue'), plain),
  fc.record(create, plain),
  fc.record({ ...create, creator: login }, plain),
  fc.record(accept, plain),
  fc.record({ ...accept, acceptor: login, cipher, offeredMode: u16 }, plain),
  fc.record({ ...kind('send'), channel: u32, sendType: u16, data: bytes, encrypted: fc.boolean() }, plain),
  fc.record({ ...kind('destroy'), channel: u32, reason: u32, info: bytes }, plain),
  fc.record({ ...kind('status'), status }, plain),
  fc.record({ ...kind('privacy'), privacy }, plain),
  fc.record({ ...kind('sense'), service: u32 }, plain),
  fc.record({ ...kind('admin'), text }, plain),
  fc.record(announce, plain),
  fc.record({ ...announce, sender: login }, plain),
  fc.record({ ...kind('unknown'), type: fc.constantFrom(0x0025, 0x7fff), channel: u32, body: bytes }, plain),
);
