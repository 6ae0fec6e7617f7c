// For tests: a client of its own on the range's server that writes to a decoy and keeps all that it is sent by one.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { type CapabilityName, capabilityBytes } from '../wire/capability.ts';
import { encodeAsking } from '../wire/feedbag.ts';
import { string8, takeString16, u16 } from '../wire/fields.ts';
import {
  encodeFlapFrame,
  FLAP_DATA,
  FLAP_SIGN_OFF,
  FLAP_SIGN_ON,
  type FlapFrame,
  takeFlapFrame,
} from '../wire/flap.ts';
import { encodeData, encodeIcbmEvent, encodeIcbmToHost, encodeInstantMessage } from '../wire/icbm.ts';
import { encodeOldIcqMessage } from '../wire/icq-message.ts';
import { AIM_IDENTITY, encodeCookieSignOn, encodeLogin, HELLO, readLoginReply, strongHash } from '../wire/login.ts';
import { encodeRendezvous, RENDEZVOUS_PROPOSE } from '../wire/rendezvous.ts';
import { encodeClientOnline } from '../wire/service.ts';
import { encodeFileOffer, encodeRoomOffer } from '../wire/service-data.ts';
import { decodeSnac, encodeSnac, type Snac } from '../wire/snac.ts';
import * as snacs from '../wire/snac-types.ts';
import { decodeTlvs, type Tlv } from '../wire/tlv.ts';

export interface Stranger {
  /** An instant message as old clients send it: every option set. */
  say(to: string, text: string): Promise<void>;
  /** An offer of a service. */
  offer(to: string, capability: CapabilityName, tlvs: readonly Tlv[], cookie?: Uint8Array): Promise<void>;
  /** A message of ICQ's old channel. */
  icq(to: string, uin: number, type: number, text: Uint8Array): Promise<void>;
  /** Everything that a careless client would answer. */
  provoke(to: string): Promise<void>;
  send(type: number, body: Uint8Array): Promise<void>;
  /** Waits until the server shows a name: being online and being seen are two things. */
  sees(name: string): Promise<void>;
  /** SNACs that came from other clients: messages, typing, answers. */
  heard(): readonly string[];
  received(): readonly Snac[];
  close(): void;
}

const FROM_PEERS: readonly number[] = [
  snacs.SNAC_ICBM_TO_CLIENT,
  snacs.SNAC_TYPING,
  snacs.SNAC_ICBM_CLIENT_ERROR,
  snacs.SNAC_AUTHORISE_ANSWERED,
  snacs.SNAC_AUTHORISE_ASKED,
  snacs.SNAC_WARNED,
];

/** Signs on by the MD5 challenge. */
export async function openStranger(port: number, name: string, password: string): Promise<Stranger> {
  const cookie = await logIn(port, name, password);
  const received: Snac[] = [];
  const wire = await openWire(port, (frame) => {
    if (frame.channel === FLAP_DATA) received.push(decodeSnac(frame.payload));
  });
  wire.write(FLAP_SIGN_ON, encodeCookieSignOn(cookie));
  while (received.length === 0) await sleep(5);
  let requestId = 1;
  const send = async (type: number, body: Uint8Array): Promise<void> => {
    wire.write(FLAP_DATA, encodeSnac(type, requestId++, body));
    await sleep(10);
  };
  await send(snacs.SNAC_CLIENT_ONLINE, encodeClientOnline([1, 4]));
  const offer: Stranger['offer'] = async (to, capability, tlvs, own = randomBytes(8)) => {
    const block = encodeRendezvous(RENDEZVOUS_PROPOSE, own, capabilityBytes(capability), tlvs);
    await send(snacs.SNAC_ICBM_TO_HOST, encodeIcbmToHost({ cookie: own, channel: 2 }, to, [encodeData(block)]));
  };
  const icq = async (to: string, uin: number, type: number, text: Uint8Array): Promise<void> => {
    const data = encodeData(encodeOldIcqMessage(uin, type, text));
    await send(snacs.SNAC_ICBM_TO_HOST, encodeIcbmToHost({ cookie: randomBytes(8), channel: 4 }, to, [data]));
  };
  const infos = (): number => received.filter(({ type }) => type === snacs.SNAC_USER_INFO).length;
  return {
    send,
    offer,
    icq,
    sees: async (of) => {
      const before = infos();
      for (let tries = 0; infos() === before; tries += 1) {
        if (tries > 500) throw new Error(`${of} is not to be seen`);
        await send(snacs.SNAC_USER_INFO_REQUEST, concatBytes([u16(1), string8(of)]));
      }
    },
    say: async (to, text) => await send(snacs.SNAC_ICBM_TO_HOST, encodeInstantMessage(randomBytes(8), to, text)),
    provoke: async (to) => {
      await offer(to, 'send-file', fileOffer('me.jpg.pif', 24_576));
      await offer(to, 'direct-im', ADDRESSES);
      await offer(to, 'chat-invite', [
        { type: 0x0c, value: Buffer.from('join') },
        { type: 0x2711, value: encodeRoomOffer({ exchange: 4, room: '4-0-hot', instance: 0 }) },
      ]);
      await icq(to, 3_001_234, 0xe8, new Uint8Array(0));
      await send(snacs.SNAC_TYPING, encodeIcbmEvent({ cookie: new Uint8Array(8), channel: 1 }, to, u16(2)));
      await send(snacs.SNAC_AUTHORISE_REQUEST, encodeAsking({ name: to, reason: 'add me pls' }));
      await send(snacs.SNAC_WARN, concatBytes([u16(0), string8(to)]));
    },
    heard: () => received.filter(({ type }) => FROM_PEERS.includes(type)).map(({ type }) => type.toString(16)),
    received: () => received,
    close: () => wire.close(),
  };
}

const ADDRESSES: readonly Tlv[] = [
  { type: 0x0a, value: u16(1) },
  { type: 0x03, value: Uint8Array.of(10, 0, 0, 5) },
  { type: 0x05, value: u16(4443) },
];

/** TLVs of a file offer. */
export const fileOffer = (name: string, size: number): readonly Tlv[] => [
  ...ADDRESSES,
  { type: 0x0c, value: Buffer.from('see pic') },
  { type: 0x2711, value: encodeFileOffer(name, size) },
];

async function logIn(port: number, name: string, password: string): Promise<Uint8Array> {
  const answer = Promise.withResolvers<Uint8Array>();
  const wire = await openWire(port, (frame) => {
    if (frame.channel !== FLAP_DATA) return;
    const snac = decodeSnac(frame.payload);
    if (snac.type === snacs.SNAC_CHALLENGE) {
      const key = takeString16(new ByteReader(snac.body));
      const login = encodeLogin(name, strongHash(key, password), AIM_IDENTITY);
      wire.write(FLAP_DATA, encodeSnac(snacs.SNAC_LOGIN, 2, login));
    } else if (snac.type === snacs.SNAC_LOGIN_REPLY) {
      const reply = readLoginReply(decodeTlvs(snac.body).tlvs);
      if (reply?.type === 'accepted') answer.resolve(Uint8Array.from(reply.cookie));
      else answer.reject(new Error(`login refused: ${JSON.stringify(reply)}`));
    }
  });
  wire.write(FLAP_SIGN_ON, HELLO);
  wire.write(
    FLAP_DATA,
    encodeSnac(snacs.SNAC_CHALLENGE_REQUEST, 1, concatBytes([u16(1), u16(name.length), Buffer.from(name)])),
  );
  const cookie = await answer.promise;
  wire.close();
  return cookie;
}

interface Wire {
  write(channel: number, payload: Uint8Array): void;
  close(): void;
}

async function openWire(port: number, take: (frame: FlapFrame) => void): Promise<Wire> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect(port, '127.0.0.1', () => resolve(opened));
    opened.once('error', reject);
  });
  let rest: Uint8Array = new Uint8Array(0);
  let sequence = 0;
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let taken = takeFlapFrame(rest); taken !== undefined; taken = takeFlapFrame(rest)) {
      rest = taken.rest;
      take(taken.frame);
    }
  });
  return {
    write: (channel, payload) => {
      socket.write(encodeFlapFrame({ channel, sequence: sequence++, payload }));
    },
    close: () => {
      socket.write(encodeFlapFrame({ channel: FLAP_SIGN_OFF, sequence: sequence++, payload: new Uint8Array(0) }));
      socket.end();
    },
  };
}
