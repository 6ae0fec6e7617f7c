// Every worked frame is read and written back byte for byte; cut, damaged and random ones are refused with a code.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSundewError } from '../../../core/error.ts';
import { ALICE_LOGIN, messages } from '../testing/arbitrary-messages.ts';
import { A, FRAMES, type FrameName, frame, hex } from '../testing/vectors.ts';
import { KEEP_ALIVE, MAX_FRAME_BYTES, SametimeFramer, takeSametimeFrame } from './frame.ts';
import { decodeSametime, encodeSametime } from './message.ts';

const names = Object.keys(FRAMES) as FrameName[];
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A value, or an error with a code of the wire. */
function total(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(isSundewError(error, 'WIRE_MALFORMED') || isSundewError(error, 'WIRE_TOO_LARGE')).toBe(true);
  }
}

describe('messages', () => {
  for (const name of names) {
    test(`${name} is read and written back byte for byte`, () => {
      expect(takeSametimeFrame(frame(name)).frame).toEqual(frame(name));
      expect(text(encodeSametime(decodeSametime(frame(name))))).toBe(text(frame(name)));
    });

    test(`${name}, cut short at every length, is refused with a code or read`, () => {
      const whole = frame(name);
      for (let length = 0; length < whole.length; length += 1) {
        expect(takeSametimeFrame(whole.subarray(0, length)).frame).toBeUndefined();
        total(() => decodeSametime(whole.subarray(0, length)));
      }
    });
  }

  test('says who a channel is from, for whom and how it may be encrypted', () => {
    expect(decodeSametime(frame('imCreate'))).toMatchObject({
      kind: 'create',
      id: 0x80000001,
      target: { user: 'decoy', community: '' },
      service: 0x1000,
      creator: ALICE_LOGIN,
      mode: 1,
      ciphers: [
        { cipher: 0, info: new Uint8Array() },
        { cipher: 1, info: hex(A) },
      ],
    });
    expect(decodeSametime(frame('imAccept'))).toMatchObject({ kind: 'accept', channel: 0x80000001, mode: 0x2000 });
    expect(decodeSametime(frame('refused'))).toMatchObject({ kind: 'destroy', channel: 0, reason: 0x80000211 });
    expect(decodeSametime(frame('redirect'))).toEqual({ kind: 'redirect', host: '127.0.0.1', serverId: 'srv02' });
    expect(decodeSametime(frame('announce'))).toMatchObject({
      sender: ALICE_LOGIN,
      mayReply: true,
      text: 'Click http://x.test',
      recipients: ['@U decoy'],
    });
  });

  test('attributes before a body and bytes after it do not shift what is read', () => {
    const sense = hex('00000016 0011 8000 00000000 00000004 deadbeef 00000011 ffff');
    expect(decodeSametime(sense)).toEqual({ kind: 'sense', service: 0x11 });
  });

  test('counts at their extremes are refused before anything is allocated', () => {
    const counts = ['000b000000000000 00 ffffffff', '0022000000000000 00 0000 00000003 01 0000 ffffffff'];
    for (const body of counts) {
      const bytes = hex(`00000000 ${body}`);
      expect(() => decodeSametime(bytes)).toThrow(expect.objectContaining({ code: 'WIRE_TOO_LARGE' }) as Error);
    }
  });

  test('what is no UTF-8 is read as windows-1252', () => {
    expect(decodeSametime(hex('00000000 0019 0000 00000000 0002 e9 80'))).toEqual({ kind: 'admin', text: 'é€' });
  });

  test('any message comes back as it was (property)', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(decodeSametime(encodeSametime(message))).toEqual(message);
      }),
    );
  });

  test('any bytes are a message or a coded error (property)', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => total(() => decodeSametime(bytes))));
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.nat(255), (name, at, value) => {
        const bytes = Buffer.from(frame(name));
        bytes[4 + (at % (bytes.length - 4))] = value;
        total(() => decodeSametime(bytes));
      }),
      { numRuns: 500 },
    );
  });
});

describe('framing', () => {
  const stream = Buffer.concat([
    KEEP_ALIVE,
    ...names.flatMap((name) => [frame(name), hex('80 80 81'), hex('00000000')]),
  ]);

  test('a byte at a time gives the same frames as all at once', () => {
    const framer = new SametimeFramer();
    const single = [...stream].flatMap((byte) => [...framer.feed(Uint8Array.of(byte))]);
    expect(single.map(text)).toEqual(names.map((name) => text(frame(name))));
    expect([...new SametimeFramer().feed(stream)].map(text)).toEqual(single.map(text));
    expect(framer.pending).toBe(0);
  });

  test('a length over 1 MiB ends the stream before anything is allocated', () => {
    for (const length of ['00100001', '7fffffff']) {
      expect(() => [...new SametimeFramer().feed(hex(length))]).toThrow(
        expect.objectContaining({ code: 'WIRE_TOO_LARGE' }) as Error,
      );
    }
  });

  test('the largest frame in small pieces is taken, and its buffer let go', () => {
    const framer = new SametimeFramer();
    const big = Buffer.alloc(4 + MAX_FRAME_BYTES);
    big.writeUInt32BE(MAX_FRAME_BYTES);
    const got = [];
    for (let at = 0; at < big.length; at += 1000) got.push(...framer.feed(big.subarray(at, at + 1000)));
    expect(got.map(({ length }) => length)).toEqual([big.length]);
    expect(framer.pending).toBe(0);
  });

  test('any bytes in any pieces give frames or WIRE_TOO_LARGE (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 20 }), (chunks) => {
        const framer = new SametimeFramer();
        total(() => {
          for (const chunk of chunks) for (const one of framer.feed(chunk)) expect(one.length).toBeGreaterThan(4);
        });
      }),
    );
  });
});
