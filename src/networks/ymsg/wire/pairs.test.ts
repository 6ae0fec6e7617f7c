import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSundewError } from '../../../core/error.ts';
import { vector } from '../testing/vectors.ts';
import { numberOf, recordsOf, textOf, textsOf, timeOf } from './fields.ts';
import { HEADER_BYTES } from './packet.ts';
import { decodePairs, encodePairs, MAX_PAIRS, pair } from './pairs.ts';

/** `|` stands for the separator. */
const body = (text: string): Uint8Array => Buffer.from(text.replaceAll('|', '\u00c0\u0080'), 'latin1');
const read = (text: string): unknown => {
  const { pairs, anomalies } = decodePairs(body(text));
  return { pairs: pairs.map(({ key, value }) => `${key}=${Buffer.from(value).toString('latin1')}`), anomalies };
};

describe('a body', () => {
  test.each<[string, string, string[], string[]]>([
    ['empty', '', [], []],
    ['an empty value', '14||', ['14='], []],
    ['repeated keys in order', '52|a|52|b|', ['52=a', '52=b'], []],
    ['a last key without a value', '4|a|0|', ['4=a'], ['a last key without a value']],
    ['a last key without an end', '4|a|0', ['4=a'], ['a last key without a value']],
    ['a NUL in the place of a key', '4|a|\u0000junk|x|', ['4=a'], ['bytes behind a NUL']],
    ['a key of letters', 'abc|x|4|a|', ['4=a'], ['a key that is no number']],
    ['a key of six digits', '123456|x|4|a|', ['4=a'], ['a key that is no number']],
    ['an empty key', '|x|4|a|', ['4=a'], ['a key that is no number']],
    ['a separator inside a value', '14|a|b|97|1|', ['14=a'], ['a key that is no number', 'a last key without a value']],
    ['C0 that is no separator', '14|\u00c0|4|a|', ['14=\u00c0', '4=a'], []],
  ])('with %s', (_, text, pairs, anomalies) => {
    expect(read(text)).toEqual({ pairs, anomalies });
  });

  test('whose last value has no end is refused', () => {
    expect(() => decodePairs(body('4|a|14|hi'))).toThrow('no end');
    const im = vector('IM with UTF-8 and a link').subarray(HEADER_BYTES);
    expect(() => decodePairs(im.subarray(0, -1))).toThrow('no end');
    const add = vector('add request').subarray(HEADER_BYTES);
    expect(() => decodePairs(add.subarray(0, -2))).toThrow('no end');
  });

  test('of more than 2,000 pairs is refused', () => {
    const all = Array.from({ length: MAX_PAIRS }, () => pair(7, 'x'));
    expect(decodePairs(encodePairs(all)).pairs.length).toBe(MAX_PAIRS);
    expect(() => decodePairs(encodePairs([...all, pair(7, 'x')]))).toThrow('more than 2000');
    expect(() => decodePairs(body('x|y|'.repeat(MAX_PAIRS + 1)))).toThrow('more than 2000');
  });

  test('is not written with a separator in a value or an impossible key', () => {
    expect(() => encodePairs([{ key: 14, value: Uint8Array.of(0x41, 0xc0, 0x80) }])).toThrow('separator');
    expect(() => encodePairs([pair(100_000, 'x')])).toThrow('no YMSG key');
    expect(() => encodePairs([pair(1.5, 'x')])).toThrow('no YMSG key');
  });

  test('of any bytes is read or refused with a code, in linear time', () => {
    const bytes = fc.array(fc.constantFrom(0xc0, 0x80, 0x31, 0x34, 0x00, 0x41), { maxLength: 200 });
    fc.assert(
      fc.property(bytes, (some) => {
        try {
          decodePairs(Uint8Array.from(some));
        } catch (error) {
          expect(isSundewError(error)).toBe(true);
        }
      }),
    );
    const started = performance.now();
    expect(() => decodePairs(new Uint8Array(65_535).fill(0xc0))).not.toThrow();
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('fields', () => {
  test.each<[string, number | undefined]>([
    ['45056', 45_056],
    ['-1', -1],
    ['1795411394.5816858', 1_795_411_394.581_685_8],
    ['0x10', undefined],
    ['', undefined],
    ['1e9', undefined],
    ['9'.repeat(30), undefined],
  ])('the number %j', (text, expected) => {
    expect(numberOf([pair(28, text)], 28)).toBe(expected);
  });

  test('times are seconds, with a fraction or without, in a calendar that can be', () => {
    expect(timeOf([pair(15, '1795411394.5816858')], 15)).toBe('2026-11-23T05:23:14.581Z');
    expect(timeOf([pair(15, '0')], 15)).toBeUndefined();
    expect(timeOf([pair(15, '999999999999')], 15)).toBeUndefined();
  });

  test('the first of doubled keys counts, and the character set is that of key 97', () => {
    expect(textOf([pair(4, 'one'), pair(4, 'two')], 4)).toBe('one');
    const bytes = Uint8Array.of(0xe9);
    expect(textOf([{ key: 14, value: bytes }, pair(97, '0')], 14)).toBe('é');
    expect(textOf([{ key: 14, value: bytes }], 14)).toBe('é');
    expect(textOf([{ key: 14, value: bytes }, pair(97, '1')], 14)).toBe('\ufffd');
    expect(textsOf([pair(52, 'a'), pair(52, ''), pair(52, 'b'), pair(52, 'c')], 52, 2)).toEqual(['a', 'b']);
  });

  test('records begin at 31, or where 4 comes again', () => {
    const keys = (pairs: string): string[] =>
      recordsOf(
        pairs.split(' ').map((key) => pair(Number(key), '')),
        [31, 4],
        10,
      ).map((record) => record.map(({ key }) => key).join(' '));
    expect(keys('31 32 4 14 31 32 4 14')).toEqual(['31 32 4 14', '31 32 4 14']);
    expect(keys('4 14 4 14')).toEqual(['4 14', '4 14']);
    expect(keys('14 4 14')).toEqual(['4 14']);
  });
});
