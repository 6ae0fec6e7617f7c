import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSundewError } from '../../../core/error.ts';
import { parseCapture } from '../../../core/parse-capture.ts';
import { FROM, read, readBytes } from '../testing/reading.ts';
import { encodePacket } from '../wire/packet.ts';
import { type Pair, pair } from '../wire/pairs.ts';
import { SERVICE } from '../wire/services.ts';

describe('what resembles an attack on a client', () => {
  test.each<[string, number, Pair[], object]>([
    ['a file name over 260 bytes', SERVICE.P2P_FILE, [pair(27, 'A'.repeat(261))], { file: { name: 'A'.repeat(261) } }],
    ['an IMVironment over 256 bytes', SERVICE.MESSAGE, [pair(14, 'hi'), pair(63, 'x'.repeat(257))], { text: 'hi' }],
    ['a text over 8,192 bytes', SERVICE.MESSAGE, [pair(14, 'x'.repeat(8193))], {}],
    ['a ymsgr: link over 256 characters', SERVICE.MESSAGE, [pair(14, `ymsgr:sendim?${'a'.repeat(300)}`)], {}],
    ['an id or room over 512 bytes', SERVICE.CONFERENCE_INVITE, [pair(57, 'r'.repeat(513))], {}],
  ])('is malformed: %s', (reason, service, pairs, more) => {
    expect(read(service, 1, ...FROM, ...pairs)).toMatchObject([
      {
        kind: 'malformed',
        peer: { id: 'worm' },
        meta: { reason, vulnerability: expect.any(String) as string },
        ...more,
      },
    ]);
  });

  test('a separator inside a value, and doubled senders, are noted', () => {
    const split = { key: 14, value: Buffer.from('x') };
    const bytes = encodePacket({ service: SERVICE.MESSAGE, status: 1, pairs: [...FROM, split, pair(97, '1')] });
    const at = Buffer.from(bytes).indexOf('x');
    bytes[at - 3] = 0x41;
    expect(readBytes(bytes)[0]?.meta).toMatchObject({ anomalies: ['a key that is no number'] });
    expect(read(SERVICE.MESSAGE, 1, ...FROM, pair(4, 'other'), pair(14, 'x'))[0]).toMatchObject({
      peer: { id: 'worm' },
      meta: { anomalies: ['key 4 comes twice'] },
    });
  });
});

describe('which deliveries are one', () => {
  const withId = (text: string, from = 'worm'): string | undefined =>
    read(SERVICE.MESSAGE, 1, pair(4, from), pair(429, 'id'), pair(14, text))[0]?.native;

  test('the same id of the same sender with the same text', () => {
    expect(withId('a')).toBe(withId('a'));
    expect(withId('a')).not.toBe(withId('b'));
    expect(withId('a')).not.toBe(withId('a', 'other'));
  });

  test('offline messages alike in one packet are two, and the same again when the packet comes again', () => {
    const record = [pair(31, '6'), pair(4, 'worm'), pair(14, 'x'), pair(15, '1795411396')];
    const natives = (): (string | undefined)[] =>
      read(SERVICE.MESSAGE, 5, ...record, ...record).map(({ native }) => native);
    expect(new Set(natives()).size).toBe(2);
    expect(natives()).toEqual(natives());
  });
});

test('any pairs of any service become valid captures or a coded error', () => {
  const keys = fc.constantFrom(
    1,
    3,
    4,
    5,
    7,
    12,
    13,
    14,
    15,
    19,
    20,
    27,
    28,
    31,
    49,
    50,
    52,
    57,
    58,
    63,
    97,
    104,
    117,
    119,
    222,
    429,
  );
  const values = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom('1', '-1', '1e9', 'TYPING', 'http://x.test/a').map((text) => Buffer.from(text)),
  );
  const pairs = fc.array(fc.tuple(keys, values), { maxLength: 12 });
  const services = fc.oneof(fc.constantFrom(...Object.values(SERVICE)), fc.nat(0xffff));
  fc.assert(
    fc.property(services, fc.constantFrom(0, 1, 2, 3, 5, 7, 11, 0xffffffff), pairs, (service, status, list) => {
      const body = list.flatMap(([key, value]) => [
        Buffer.from(`${key}`),
        Buffer.of(0xc0, 0x80),
        Buffer.from(value),
        Buffer.of(0xc0, 0x80),
      ]);
      const bytes = Buffer.concat([encodePacket({ service, status }), ...body]);
      bytes.writeUInt16BE(bytes.length - 20, 8);
      try {
        for (const draft of readBytes(bytes)) {
          parseCapture(
            { ...draft, v: 1, at: '2026-01-01T00:00:00Z', network: 'ymsg', decoy: 'decoy1' },
            { sensor: 's' },
          );
        }
      } catch (error) {
        expect(isSundewError(error) && error.code.startsWith('WIRE_')).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
