// Any value comes back from its bytes, and any bytes give a value or a coded error.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../core/bytes.ts';
import { isSundewError } from '../../../core/error.ts';
import { decodeAsking, decodeFeedbagItems, decodeFeedbagList, encodeAsking, encodeFeedbagList } from './feedbag.ts';
import { encodeFlapFrame, isShortSignOff, takeFlapFrame } from './flap.ts';
import { htmlOfText, looksLikeHtml, textOfHtml } from './html.ts';
import { decodeIcbmEvent, decodeIcbmToClient, decodeIcbmToHost, decodeMissedCalls } from './icbm.ts';
import {
  decodeIcqMeta,
  decodeOldIcqMessage,
  decodeRelayMessage,
  encodeOldIcqMessage,
  splitFields,
} from './icq-message.ts';
import { decodeMessageBlock, encodeMessageBlock } from './message-block.ts';
import { decodeRateChange, decodeRateInfo, levelAfter, waitFor } from './rates.ts';
import { decodeRendezvous, encodeRendezvous, readAddresses } from './rendezvous.ts';
import { normaliseScreenName, screenNameText } from './screen-name.ts';
import {
  decodeBuddyList,
  decodeFileOffer,
  decodeIcon,
  decodeRoomOffer,
  encodeFileOffer,
  encodeRoomOffer,
} from './service-data.ts';
import { decodeSnac, encodeSnac } from './snac.ts';
import { decodeTlvs, encodeTlvs, MAX_TLVS, takeTlvs } from './tlv.ts';
import { encodeUserInfo, takeUserInfo, userFacts } from './user-info.ts';

const bytes = (max = 300) => fc.uint8Array({ maxLength: max });
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,15}$/);
const tlvs = fc.array(fc.record({ type: fc.nat(0xffff), value: bytes(40) }, { noNullPrototype: true }), {
  maxLength: 8,
});

function total(decode: (bytes: Uint8Array) => unknown): void {
  fc.assert(
    fc.property(bytes(), (input) => {
      try {
        decode(input);
      } catch (error) {
        expect(isSundewError(error)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
}

describe('round trips', () => {
  it('FLAP', () => {
    const frames = fc.record(
      { channel: fc.nat(255), sequence: fc.nat(0xffff), payload: bytes() },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(frames, bytes(20), (frame, tail) => {
        const taken = takeFlapFrame(Buffer.concat([encodeFlapFrame(frame), tail]));
        expect(taken?.frame.channel).toBe(frame.channel);
        expect(taken?.frame.sequence).toBe(frame.sequence);
        expect([...(taken?.frame.payload ?? [])]).toEqual([...frame.payload]);
        expect(taken?.rest).toHaveLength(tail.length);
      }),
    );
  });

  it('SNAC, with and without a version block', () => {
    fc.assert(
      fc.property(fc.nat(0x7fff_ffff), fc.nat(0x7fff_ffff), bytes(), (type, requestId, body) => {
        expect(decodeSnac(encodeSnac(type, requestId, body))).toEqual({ type, requestId, body, flags: 0 });
        const block = Uint8Array.of(0, 2, 9, 9, ...body);
        expect(decodeSnac(encodeSnac(type, requestId, block, 0x8000)).body).toEqual(body);
      }),
    );
  });

  it('TLVs, in a list and in user info', () => {
    fc.assert(
      fc.property(tlvs, name, fc.nat(999), (list, who, warning) => {
        expect(decodeTlvs(encodeTlvs(list))).toEqual({ tlvs: list });
        const info = takeUserInfo(new ByteReader(encodeUserInfo(who, warning, list)));
        expect(info).toMatchObject({ name: who.trim() === '' ? info.name : who, warning, tlvs: list });
      }),
    );
  });

  it('message text of any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(decodeMessageBlock(encodeMessageBlock(text), false).text).toBe(text.replace(/^\ufeff/, ''));
      }),
    );
  });

  it('HTML that shows a text reads as that text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(textOfHtml(htmlOfText(text))).toBe(text.trim());
      }),
    );
  });

  it('rendezvous, file and room offers, ICQ messages, requests for leave', () => {
    fc.assert(
      fc.property(tlvs, fc.nat(3), name, fc.nat(0xffff_ffff), (list, status, text, number) => {
        const cookie = Uint8Array.from({ length: 8 }, (_, at) => at);
        const capability = new Uint8Array(16).fill(7);
        expect(decodeRendezvous(encodeRendezvous(status, cookie, capability, list))).toEqual({
          status,
          cookie,
          capability,
          list: { tlvs: list },
        });
        expect(decodeFileOffer(encodeFileOffer(text, number), undefined)).toMatchObject({ name: text, size: number });
        const room = { exchange: 4, room: text, instance: 0 };
        expect(decodeRoomOffer(encodeRoomOffer(room))).toEqual(room);
        expect(decodeOldIcqMessage(encodeOldIcqMessage(number, 1, Buffer.from(text)))).toMatchObject({ uin: number });
        expect(decodeAsking(encodeAsking({ name: 'eve', reason: text }))).toEqual({ name: 'eve', reason: text });
      }),
    );
  });

  it('buddy lists', () => {
    const item = fc.record(
      { name, group: fc.nat(0xffff), item: fc.nat(0xffff), class: fc.nat(0xffff), attributes: bytes(20) },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 10 }), fc.nat(0xffff_ffff), (items, modified) => {
        const named = items.filter((one) => one.name.trim() !== '');
        expect(decodeFeedbagList(encodeFeedbagList({ items: named, modified }))).toEqual({ items: named, modified });
      }),
    );
  });
});

describe('any bytes give a value or a coded error', () => {
  it.each<[string, (bytes: Uint8Array) => unknown]>([
    ['FLAP', takeFlapFrame],
    ['SNAC', decodeSnac],
    ['TLVs', decodeTlvs],
    ['user info', (input) => userFacts(takeUserInfo(new ByteReader(input)))],
    ['(04,07)', decodeIcbmToClient],
    ['(04,06)', decodeIcbmToHost],
    ['(04,14)', decodeIcbmEvent],
    ['(04,0A)', decodeMissedCalls],
    ['message block', (input) => decodeMessageBlock(input, true)],
    ['rendezvous', (input) => readAddresses(decodeRendezvous(input).list.tlvs)],
    ['file offer', (input) => decodeFileOffer(input, 'unicode-2-0')],
    ['room offer', decodeRoomOffer],
    ['buddy list', decodeBuddyList],
    ['icon', decodeIcon],
    ['old ICQ message', (input) => splitFields(decodeOldIcqMessage(input).text)],
    ['ICQ relay', decodeRelayMessage],
    ['ICQ family', decodeIcqMeta],
    ['feedbag list', decodeFeedbagList],
    ['feedbag items', decodeFeedbagItems],
    ['request for leave', decodeAsking],
    ['rate info', (input) => decodeRateInfo(input, true)],
    ['rate change', decodeRateChange],
    ['name', screenNameText],
    ['HTML', (input) => textOfHtml(Buffer.from(input).toString('latin1'))],
  ])('%s', (_, decode) => total(decode));
});

describe('traps', () => {
  it('keeps the TLVs before one that overruns, and its bytes', () => {
    const list = decodeTlvs(Uint8Array.of(0, 1, 0, 1, 9, 0, 2, 0xff, 0xff, 1));
    expect(list).toEqual({ tlvs: [{ type: 1, value: Uint8Array.of(9) }], truncated: Uint8Array.of(1) });
  });

  it('refuses a flood of empty TLVs and believes no count', () => {
    expect(() => decodeTlvs(new Uint8Array(4 * (MAX_TLVS + 1)))).toThrow(/TLVs/);
    expect(takeTlvs(new ByteReader(new Uint8Array(8)), 0xffff).tlvs).toHaveLength(2);
  });

  it('has no text for a fragment under four bytes', () => {
    expect(() => decodeMessageBlock(Uint8Array.of(1, 1, 0, 3, 0, 0, 0), false)).toThrow(/short/);
  });

  it('knows the four bytes with which a server ends an old session', () => {
    expect(isShortSignOff(Uint8Array.of(0x2a, 4, 0, 9))).toBe(true);
    expect(isShortSignOff(Uint8Array.of(0x2a, 2, 0, 9))).toBe(false);
  });

  it('keeps a name that is no text as hex, an empty one as ?', () => {
    expect(screenNameText(Uint8Array.of(0xff, 0))).toBe('hex:ff00');
    expect(screenNameText(new Uint8Array(0))).toBe('?');
    expect(normaliseScreenName('Wormy 99')).toBe('wormy99');
  });

  it('reads single-byte text by the people of the network', () => {
    const block = Uint8Array.of(1, 1, 0, 6, 0, 0, 0, 0, 0xcf, 0xe0);
    expect(decodeMessageBlock(block, true)).toEqual({ text: 'Па', charset: 'windows-1251' });
    expect(decodeMessageBlock(block, false).charset).toBe('windows-1252');
  });

  it('takes words out of HTML, however broken', () => {
    expect(textOfHtml('<HTML><BODY BGCOLOR="#fff">a &lt;b&gt;<BR>c 1 < 2</BODY')).toBe(
      'a <b>\nc 1 < 2</BODY'.replace('</BODY', '</BODY'),
    );
    expect(looksLikeHtml('1 < 2 & 3')).toBe(false);
    const started = performance.now();
    textOfHtml('<a'.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('lets three messages out at once and spaces the rest (class 3)', () => {
    const rate = {
      id: 3,
      window: 20,
      clear: 5100,
      alert: 5000,
      limit: 4000,
      disconnect: 3000,
      current: 6000,
      max: 6000,
    };
    const levels = [0, 0, 0, 0].reduce<number[]>((all) => [...all, levelAfter(rate, all.at(-1) ?? 6000, 0)], []);
    expect(levels).toEqual([5700, 5415, 5144, 4886]);
    expect(waitFor(rate, 5144, 0, rate.alert)).toBeGreaterThan(2000);
    expect(waitFor(rate, 6000, 0, rate.alert)).toBe(0);
    expect(levelAfter(rate, 5144, waitFor(rate, 5144, 0, rate.alert))).toBeGreaterThan(5000);
  });
});
