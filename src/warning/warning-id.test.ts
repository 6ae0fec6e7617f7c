import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWarningId, touchIdOf, warningIdOf } from './warning-id.ts';

const ids = fc.uuid().map((campaign) => warningIdOf('key', campaign));

describe('ids of warnings', () => {
  test('are the same for the same campaign and key, and differ by key', () => {
    expect(warningIdOf('key', 'a')).toBe(warningIdOf('key', 'a'));
    expect(warningIdOf('key', 'a')).not.toBe(warningIdOf('other', 'a'));
    expect(touchIdOf('key', 'a')).not.toBe(touchIdOf('other', 'a'));
  });
  test('are read back however they are typed', () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(parseWarningId(id)).toBe(id);
        expect(parseWarningId(` ${id.toLowerCase().slice(2)} `)).toBe(id);
        expect(parseWarningId(id.slice(0, 2) + id.slice(2).replaceAll('1', 'l').replaceAll('0', 'o'))).toBe(id);
      }),
    );
  });
  test('one wrong character is noticed', () => {
    fc.assert(
      fc.property(
        ids,
        fc.integer({ min: 2, max: 11 }),
        fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
        (id, at, by) => {
          fc.pre(id[at] !== by);
          expect(parseWarningId(id.slice(0, at) + by + id.slice(at + 1))).toBeUndefined();
        },
      ),
    );
  });
  test('any text is an id or none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['string', 'undefined']).toContain(typeof parseWarningId(text));
      }),
    );
    expect(parseWarningId('')).toBeUndefined();
    expect(parseWarningId('W-')).toBeUndefined();
  });
});
