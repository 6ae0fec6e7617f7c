import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader, concatBytes } from './bytes.ts';

test('reads fields in both byte orders', () => {
  const reader = new ByteReader(Uint8Array.from([1, 0x12, 0x34, 0x34, 0x12, 0, 0, 0, 5, 9, 9]));
  expect([reader.u8(), reader.u16(), reader.u16(true), reader.u32(), [...reader.take(2)], reader.remaining]).toEqual([
    1,
    0x1234,
    0x1234,
    5,
    [9, 9],
    0,
  ]);
});

test('never reads past the end, whatever it is asked for', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 16 }), fc.oneof(fc.integer(), fc.double()), (bytes, count) => {
      const reader = new ByteReader(bytes);
      if (Number.isInteger(count) && count >= 0 && count <= bytes.length)
        expect(reader.take(count)).toHaveLength(count);
      else expect(() => reader.take(count)).toThrow('are left');
    }),
  );
  expect(() => new ByteReader(new Uint8Array(7)).u64()).toThrow('needs 8 bytes');
});

test('a reader over a part of a buffer sees that part only', () => {
  const whole = Uint8Array.from([1, 2, 3, 4]);
  const reader = new ByteReader(whole.subarray(1, 3));
  expect(reader.u16()).toBe(0x0203);
  expect(reader.remaining).toBe(0);
});

test('joins byte arrays', () => {
  expect([...concatBytes([Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3)])]).toEqual([1, 2, 3]);
});
