import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inertSegments, shorten, stretches } from './inert.ts';

const marks = (text: string) => inertSegments(text).flatMap((part) => (part.kind === 'mark' ? [part.label] : []));

describe('inert text', () => {
  test('plain text with tabs and line breaks stays as it is', () => {
    expect(inertSegments('hello\tthere\nDora')).toEqual([{ kind: 'text', text: 'hello\tthere\nDora' }]);
  });

  test('CR LF is one line break', () => {
    expect(inertSegments('a\r\nb')).toEqual([{ kind: 'text', text: 'a\nb' }]);
  });

  test('a right-to-left override that hides an extension becomes visible', () => {
    expect(inertSegments('photo\u202egpj.scr')).toEqual([
      { kind: 'text', text: 'photo' },
      { kind: 'mark', label: 'RLO', code: 'U+202E' },
      { kind: 'text', text: 'gpj.scr' },
    ]);
  });

  test.each([
    ['escape sequences', '\u001b[31m', ['ESC']],
    ['NUL', '\u0000', ['NUL']],
    ['zero width characters', 'pay\u200bpal\u200d', ['ZWSP', 'ZWJ']],
    ['isolates', '\u2066x\u2069', ['LRI', 'PDI']],
    ['tag characters', '\u{e0041}', ['U+E0041']],
    ['line separators', '\u2028', ['U+2028']],
    ['private use', '\ue000', ['U+E000']],
    ['Hangul filler', '\u3164', ['U+3164']],
    ['a lone surrogate', '\ud800', ['U+D800']],
  ])('%s are shown by name', (_name, text, labels) => {
    expect(marks(text)).toEqual(labels);
  });

  test('letters of other scripts and emoji are left alone', () => {
    expect(marks('Привет مرحبا 你好 😀 é')).toEqual([]);
  });

  test('no run of text ever holds a character that hides or reorders others', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const part of inertSegments(text)) {
          if (part.kind === 'text') expect(part.text).not.toMatch(/[\p{Cf}\p{Cs}]|(?![\t\n])\p{Cc}/u);
        }
      }),
    );
  });
});

describe('shortening', () => {
  test('a short text is whole', () => {
    expect(shorten('abc', 3)).toEqual({ shown: 'abc', hidden: 0 });
  });

  test('a long text says how much is left out', () => {
    expect(shorten('abcdef', 4)).toEqual({ shown: 'abcd', hidden: 2 });
  });

  test('a surrogate pair is never cut in half', () => {
    expect(shorten('ab😀c', 3)).toEqual({ shown: 'ab', hidden: 3 });
  });
});

describe('stretches', () => {
  test('point out where pieces stand, the longest first', () => {
    expect(stretches('see x[.]y now', ['x[.]y', 'y', 'gone', ''])).toEqual([
      { from: 0, text: 'see ', pointedOut: false },
      { from: 4, text: 'x[.]y', pointedOut: true },
      { from: 9, text: ' now', pointedOut: false },
    ]);
  });

  test('lose and add nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ maxLength: 3 })), (text, pieces) => {
        expect(
          stretches(text, pieces)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
