import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SundewError } from '../../../core/error.ts';
import { VECTORS, vector } from '../testing/vectors.ts';
import { encodePacket, HEADER_BYTES, MAX_BODY_BYTES, PacketBuffer, takePacket } from './packet.ts';
import { decodePairs, pair } from './pairs.ts';
import { asciiOf } from './text.ts';

const texts = (body: Uint8Array): [number, string][] =>
  decodePairs(body).pairs.map(({ key, value }) => [key, Buffer.from(value).toString('utf8')]);

describe.each(VECTORS)('the packet "$name"', (expected) => {
  const bytes = Buffer.from(expected.hex, 'hex');

  test('is read', () => {
    const packet = takePacket(bytes);
    expect(packet).toMatchObject({
      version: expected.version,
      service: expected.service,
      status: expected.status,
      session: expected.session ?? 0,
    });
    expect(texts(packet?.body ?? new Uint8Array(0))).toEqual(expected.pairs);
    expect(packet?.raw).toEqual(Uint8Array.from(bytes));
  });

  test('is written byte for byte', () => {
    const { version, service, status, session } = expected;
    const pairs = expected.pairs.map(([key, value]) => pair(key, value));
    const written = encodePacket({ version, service, status, session: session ?? 0, pairs });
    expect(Buffer.from(written).toString('hex')).toBe(expected.hex);
  });

  test('is not yet there at any shorter length', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(takePacket(bytes.subarray(0, length))).toBeUndefined();
    }
  });

  test('comes through a byte at a time, and twice', () => {
    const buffer = new PacketBuffer();
    const seen: Uint8Array[] = [];
    for (const byte of [...bytes, ...bytes]) {
      buffer.push(Uint8Array.of(byte));
      for (let packet = buffer.take(); packet !== undefined; packet = buffer.take()) seen.push(packet.raw);
    }
    expect(seen).toEqual([Uint8Array.from(bytes), Uint8Array.from(bytes)]);
    expect(buffer.waiting).toBe(0);
  });
});

describe('framing', () => {
  test('a stream that does not go on with "YMSG" is lost, at the first wrong byte', () => {
    expect(() => takePacket(Buffer.from('YMSg'))).toThrow(SundewError);
    expect(() => takePacket(Buffer.from('x'))).toThrow(SundewError);
    expect(takePacket(Buffer.from('YMS'))).toBeUndefined();
  });

  test('a length of 0xFFFF waits and holds only what came', () => {
    const bytes = Buffer.alloc(60);
    bytes.write('YMSG');
    bytes.writeUInt16BE(0xffff, 8);
    const buffer = new PacketBuffer();
    buffer.push(bytes);
    expect(buffer.take()).toBeUndefined();
    expect(buffer.waiting).toBe(60);
    expect(buffer.peek()).toEqual(Uint8Array.from(bytes));
  });

  test('the largest packet is read, a larger one is not written', () => {
    const value = 'x'.repeat(MAX_BODY_BYTES - 6);
    const bytes = encodePacket({ service: 6, pairs: [pair(14, value)] });
    expect(bytes.length).toBe(HEADER_BYTES + MAX_BODY_BYTES);
    const buffer = new PacketBuffer();
    for (let at = 0; at < bytes.length; at += 1000) buffer.push(bytes.subarray(at, at + 1000));
    expect(buffer.take()?.raw).toEqual(bytes);
    expect(() => encodePacket({ service: 6, pairs: [pair(14, `${value}x`)] })).toThrow('does not fit');
  });

  test('a status is unsigned', () => {
    expect(takePacket(encodePacket({ service: 2, status: 0xffffffff }))?.status).toBe(0xffffffff);
  });

  test('a packet taken is a copy of its own', () => {
    const buffer = new PacketBuffer();
    buffer.push(vector('typing'));
    const first = buffer.take();
    buffer.push(vector('add request'));
    expect(first?.raw).toEqual(Uint8Array.from(vector('typing')));
  });

  const valid = fc.uint8Array({ maxLength: 60 }).filter((bytes) => !asciiOf(bytes).includes('\u00c0\u0080'));
  const pairs = fc.array(
    fc.record({ key: fc.integer({ min: 0, max: 99_999 }), value: valid }, { noNullPrototype: true }),
    {
      maxLength: 30,
    },
  );
  const packets = fc.record(
    {
      version: fc.integer({ min: 0, max: 0xffff }),
      service: fc.integer({ min: 0, max: 0xffff }),
      status: fc.integer({ min: 0, max: 0xffff_ffff }),
      session: fc.integer({ min: 0, max: 0xffff_ffff }),
      pairs,
    },
    { noNullPrototype: true },
  );

  test('what is written is read again, in pieces of any size', () => {
    fc.assert(
      fc.property(fc.array(packets, { maxLength: 4 }), fc.integer({ min: 1, max: 200 }), (all, size) => {
        const stream = Buffer.concat(all.map((packet) => encodePacket(packet)));
        const buffer = new PacketBuffer();
        const seen: unknown[] = [];
        for (let at = 0; at < stream.length; at += size) {
          buffer.push(stream.subarray(at, at + size));
          for (let packet = buffer.take(); packet !== undefined; packet = buffer.take()) {
            const { version, service, status, session, body } = packet;
            const read = decodePairs(body).pairs.map(({ key, value }) => ({ key, value: Uint8Array.from(value) }));
            seen.push({ version, service, status, session, pairs: read });
          }
        }
        expect(seen).toEqual(all);
      }),
    );
  });

  test('any bytes are a packet, not yet one, or a coded error', () => {
    const start = fc.constantFrom(new Uint8Array(0), Uint8Array.from(Buffer.from('YMSG')));
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (head, tail) => {
        try {
          const packet = takePacket(Buffer.concat([head, tail]));
          if (packet !== undefined) decodePairs(packet.body);
        } catch (error) {
          expect(error).toBeInstanceOf(SundewError);
        }
      }),
    );
  });
});
