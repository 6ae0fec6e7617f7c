import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MappedText } from './mapped-text.ts';

/** Any units, lone surrogates too. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', '.', ' ', '[', 'dot'),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
  )
  .map((parts) => parts.join(''));

it('points at what stood there before', () => {
  const mapped = new MappedText('see evil[.]com now').rewrite(/\[\.\]/g, () => '.');
  expect(mapped.text).toBe('see evil.com now');
  expect(mapped.originalRange(4, 12)).toEqual({ from: 4, to: 14 });
  expect(mapped.seen(4, 12)).toBe('evil[.]com');
  expect(mapped.seen(8, 9)).toBe('[.]');
});

it('leaves out of a stretch what was cut right behind it', () => {
  const mapped = new MappedText('a\u200bb').rewrite(/\u200b/g, () => '');
  expect(mapped.seen(0, 1)).toBe('a');
  expect(mapped.seen(0, 2)).toBe('a\u200bb');
});

it('keeps its order and nests, whatever is rewritten however often', () => {
  fc.assert(
    fc.property(anyText, fc.string({ maxLength: 3 }), (text, by) => {
      const mapped = new MappedText(text)
        .rewrite(/[^a]{1,2}/gs, ([match]) => (match.includes('.') ? by : undefined))
        .rewrite(/a./gs, () => by)
        .rewrite(/ /g, () => '');
      let before = { from: 0, to: 0 };
      for (let at = 0; at < mapped.text.length; at++) {
        const range = mapped.originalRange(at, at + 1);
        expect(range.from).toBeGreaterThanOrEqual(before.from);
        expect(range.to).toBeGreaterThanOrEqual(before.to);
        expect(range.to).toBeGreaterThan(range.from);
        expect(range.to).toBeLessThanOrEqual(text.length);
        const wide = mapped.originalRange(Math.max(0, at - 2), at + 3);
        expect(wide.from).toBeLessThanOrEqual(range.from);
        expect(wide.to).toBeGreaterThanOrEqual(range.to);
        before = range;
      }
    }),
  );
});

it('slices without losing its place', () => {
  const mapped = new MappedText('one two three').slice(4, 7);
  expect(mapped.text).toBe('two');
  expect(mapped.originalRange(0, 3)).toEqual({ from: 4, to: 7 });
});
