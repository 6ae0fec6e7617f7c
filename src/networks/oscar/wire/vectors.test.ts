// Every vector, decoded to its fields and, where we write such frames, encoded back byte for byte.
import { describe, expect, it } from 'vitest';
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { isSundewError } from '../../../core/error.ts';
import { draftsOf } from '../read/read-snac.ts';
import { VECTOR_IDS, type VectorId, vector } from '../testing/vectors.ts';
import { CAPABILITY_HEX, capabilityBytes, capabilityNames } from './capability.ts';
import { decodeAsking, decodeFeedbagList, encodeFeedbagList } from './feedbag.ts';
import { hexOf, string8, u16 } from './fields.ts';
import { encodeFlapFrame, FLAP_DATA, FLAP_KEEP_ALIVE, FLAP_SIGN_ON, takeFlapFrame } from './flap.ts';
import { decodeIcbmEvent, decodeIcbmToClient, decodeIcbmToHost, decodeMissedCalls, encodeIcbmEvent } from './icbm.ts';
import { decodeIcqMeta, decodeOldIcqMessage, encodeOldIcqMessage, splitFields } from './icq-message.ts';
import {
  AIM_IDENTITY,
  encodeChallengeRequest,
  encodeCookieSignOn,
  encodeLogin,
  encodeRoastedLogin,
  HELLO,
  readLoginReply,
  roast,
  strongHash,
  weakHash,
} from './login.ts';
import { decodeMessageBlock } from './message-block.ts';
import { decodeRateInfo, encodeRateInfo } from './rates.ts';
import { decodeRendezvous, readAddresses } from './rendezvous.ts';
import { encodeClientOnline, encodeClientVersions, readFamilies } from './service.ts';
import { decodeFileOffer, decodeRoomOffer } from './service-data.ts';
import { decodeSnac, encodeSnac } from './snac.ts';
import { decodeTlvs, encodeTlvs, findTlv } from './tlv.ts';
import { takeUserInfo, userFacts } from './user-info.ts';

function frameOf(id: VectorId) {
  const taken = takeFlapFrame(vector(id));
  if (taken === undefined) throw new Error(`${id} is not complete`);
  return taken.frame;
}
const snacOf = (id: VectorId) => decodeSnac(frameOf(id).payload);
const hex = (bytes: Uint8Array | undefined): string => hexOf(bytes ?? new Uint8Array(0));
const tlv = (bytes: Uint8Array, type: number): Uint8Array => findTlv(decodeTlvs(bytes).tlvs, type) ?? new Uint8Array(0);
const rendezvousOf = (id: VectorId) => {
  const { list } = decodeIcbmToClient(snacOf(id).body);
  return decodeRendezvous(findTlv(list.tlvs, 5) ?? new Uint8Array(0));
};

/** Writes the frame again from its parts. */
const again = (id: VectorId, channel: number, payload: Uint8Array): void => {
  const { sequence } = frameOf(id);
  expect(hex(encodeFlapFrame({ channel, sequence, payload }))).toBe(hex(vector(id)));
};
const againSnac = (id: VectorId, body: Uint8Array): void => {
  const { type, requestId, flags } = snacOf(id);
  again(id, FLAP_DATA, encodeSnac(type, requestId, body, flags));
};

describe('the frames of OSCAR', () => {
  it.each(VECTOR_IDS)('%s is one frame, at every cut none, and the same a byte at a time', (id) => {
    const bytes = vector(id);
    expect(takeFlapFrame(bytes)?.rest).toHaveLength(0);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(takeFlapFrame(bytes.subarray(0, length))).toBeUndefined();
    }
    let buffer = new Uint8Array(0);
    for (const byte of bytes) buffer = Uint8Array.from([...buffer, byte]);
    const frame = takeFlapFrame(buffer)?.frame;
    expect(frame).toEqual(frameOf(id));
    if (frame !== undefined) expect(hex(encodeFlapFrame(frame))).toBe(hex(bytes));
  });

  it.each(VECTOR_IDS)('%s, its SNAC cut at every byte, is read or refused with a code', (id) => {
    const { channel, payload } = frameOf(id);
    if (channel !== FLAP_DATA) return;
    for (let length = 0; length < payload.length; length += 1) {
      try {
        const cut = decodeSnac(payload.subarray(0, length));
        draftsOf(cut, { address: 'decoy1', server: 'im.test' });
      } catch (error) {
        expect(isSundewError(error, 'WIRE_MALFORMED')).toBe(true);
      }
    }
  });

  it('refuses a stream that does not begin with the marker, at its first byte', () => {
    expect(() => takeFlapFrame(Uint8Array.of(0x15))).toThrow(/0x2a/);
  });
});

describe('signing on', () => {
  it('V1 and V26 are hello and keep-alive', () => {
    again('V1', FLAP_SIGN_ON, HELLO);
    again('V26', FLAP_KEEP_ALIVE, new Uint8Array(0));
  });

  it('V2 to V5 are the MD5 challenge', () => {
    againSnac('V2', encodeChallengeRequest('decoy1'));
    const key = new ByteReader(snacOf('V3').body);
    const challenge = key.take(key.u16());
    expect(hex(weakHash(challenge, 'sekrit99'))).toBe('d655da57ffefd20e26b085467eea4009');
    againSnac('V4', encodeLogin('decoy1', strongHash(challenge, 'sekrit99'), AIM_IDENTITY));
    expect(readLoginReply(decodeTlvs(snacOf('V5').body).tlvs)).toEqual({
      type: 'accepted',
      host: '127.0.0.1:5190',
      cookie: Uint8Array.from({ length: 16 }, (_, at) => 16 + at),
    });
    expect(readLoginReply(decodeTlvs(snacOf('V5b').body).tlvs)).toEqual({ type: 'refused', code: 5 });
  });

  it('V6 is the hand-off by cookie', () => {
    again('V6', FLAP_SIGN_ON, encodeCookieSignOn(Uint8Array.from({ length: 16 }, (_, at) => 16 + at)));
  });

  it('V7 is the roasted login', () => {
    again('V7', FLAP_SIGN_ON, encodeRoastedLogin('100200', 'password', { ...AIM_IDENTITY, name: 'ICQBasic' }));
    expect(Buffer.from(roast(Buffer.from('8347f2b74ee9a9f6', 'hex'))).toString()).toBe('password');
  });

  it('V8, V9 and V12 are the families', () => {
    expect(readFamilies(snacOf('V8').body)).toEqual([1, 2, 3, 4, 9, 0x13]);
    againSnac('V9', encodeClientVersions([1, 2, 3, 4, 9, 0x13]));
    againSnac('V12', encodeClientOnline([1, 4]));
  });

  it('V10 is the rate classes', () => {
    const info = decodeRateInfo(snacOf('V10').body, true);
    expect(info.classes).toEqual([
      { id: 3, window: 20, clear: 5100, alert: 5000, limit: 4000, disconnect: 3000, current: 6000, max: 6000 },
    ]);
    expect([...info.members]).toEqual([
      [0x0002_0005, 3],
      [0x0004_0006, 3],
    ]);
    againSnac('V10', encodeRateInfo(info, true));
  });

  it('V11 is capabilities', () => {
    const set = tlv(snacOf('V11').body, 5);
    expect(capabilityNames(set)).toEqual(['chat-invite', 'send-file', 'direct-im']);
    againSnac(
      'V11',
      encodeTlvs([
        { type: 5, value: concatBytes((['chat-invite', 'send-file', 'direct-im'] as const).map(capabilityBytes)) },
      ]),
    );
    for (const uuid of Object.values(CAPABILITY_HEX)) expect(uuid).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('messages', () => {
  it('V13 is a link in HTML', () => {
    const icbm = decodeIcbmToClient(snacOf('V13').body);
    expect(icbm).toMatchObject({ channel: 1, sender: { name: 'wormy99', warning: 0 } });
    expect(userFacts(icbm.sender)).toEqual({ userClass: 0x10, onlineSince: '2004-11-21T02:40:00.000Z' });
    expect(decodeMessageBlock(findTlv(icbm.list.tlvs, 2) ?? new Uint8Array(0), false)).toEqual({
      text: '<A HREF="http://x.test/p.pif">LOL</A>',
      charset: 'us-ascii',
    });
  });

  it('V14 is a stored message in UTF-16', () => {
    const { list } = decodeIcbmToClient(snacOf('V14').body);
    expect(decodeMessageBlock(findTlv(list.tlvs, 2) ?? new Uint8Array(0), false).text).toBe('на');
  });

  it('V15 is our own alert, fields as in ours', () => {
    const { to, cookie, list } = decodeIcbmToHost(snacOf('V15').body);
    expect(to).toBe('analyst');
    againSnac('V15', concatBytes([cookie, u16(1), string8(to), encodeTlvs(list.tlvs)]));
    expect(decodeMessageBlock(list.tlvs[0]?.value ?? new Uint8Array(0), false).text).toBe('ALERT 7');
  });

  it('V16 is a file offer with both addresses', () => {
    const offer = rendezvousOf('V16');
    expect(readAddresses(offer.list.tlvs)).toEqual({
      claimed: '10.0.0.5',
      verified: '203.0.113.9',
      port: 4443,
      oddities: [],
    });
    const service = findTlv(offer.list.tlvs, 0x2711) ?? new Uint8Array(0);
    expect(decodeFileOffer(service, 'us-ascii')).toMatchObject({ name: 'me.jpg.pif', size: 24576, count: 1 });
  });

  it('V17 is a chat invitation, V18 a direct IM', () => {
    expect(decodeRoomOffer(findTlv(rendezvousOf('V17').list.tlvs, 0x2711) ?? new Uint8Array(0))).toEqual({
      exchange: 4,
      room: '4-0-hot',
      instance: 0,
    });
    expect(capabilityNames(rendezvousOf('V18').capability)).toEqual(['direct-im']);
  });

  it('V19 is an ICQ link', () => {
    const { list } = decodeIcbmToClient(snacOf('V19').body);
    const bytes = findTlv(list.tlvs, 5) ?? new Uint8Array(0);
    const message = decodeOldIcqMessage(bytes);
    expect(message).toMatchObject({ uin: 3_001_234, type: 4, truncated: false });
    expect(splitFields(message.text).map((field) => Buffer.from(field).toString())).toEqual([
      'free',
      'http://x.test/a.exe',
    ]);
    expect(hex(encodeOldIcqMessage(3_001_234, 4, message.text))).toBe(hex(bytes));
  });

  it('V20 is typing, V27 a decline and V30 missed calls', () => {
    const typing = decodeIcbmEvent(snacOf('V20').body);
    expect(typing).toMatchObject({ name: 'wormy99', rest: Uint8Array.of(0, 2) });
    againSnac('V20', encodeIcbmEvent(typing, typing.name, typing.rest));
    expect(decodeIcbmEvent(snacOf('V27').body)).toMatchObject({ channel: 2, name: 'wormy99' });
    expect(decodeMissedCalls(snacOf('V30').body)).toMatchObject([{ channel: 1, count: 3, reason: 1 }]);
  });

  it('V21 names who warned', () => {
    const reader = new ByteReader(snacOf('V21').body);
    expect(reader.u16()).toBe(100);
    expect(takeUserInfo(reader).name).toBe('wormy99');
  });

  it('V22 is a buddy list, written back the same', () => {
    const list = decodeFeedbagList(snacOf('V22').body);
    expect(list.items.map(({ name }) => name)).toEqual(['', 'Buddies', 'analyst']);
    againSnac('V22', encodeFeedbagList(list));
  });

  it('V23 asks for leave, behind a version block', () => {
    expect(decodeAsking(snacOf('V23').body)).toEqual({ name: '3001234', reason: 'add me pls' });
  });

  it('V28 is a stored message of ICQ', () => {
    const meta = decodeIcqMeta(tlv(snacOf('V28').body, 1));
    expect(meta).toMatchObject({ type: 'offline-message', sender: 3_001_234, sentAt: '2004-11-21T20:05:00.000Z' });
  });
});
