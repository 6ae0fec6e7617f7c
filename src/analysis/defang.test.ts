import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defang, defangIndicator } from './defang.ts';

describe('defang', () => {
  it.each([
    ['go to https://evil.example/a.scr now.', 'go to hxxps://evil[.]example/a[.]scr now.'],
    ['mail bob@evil.example', 'mail bob[@]evil[.]example'],
    ['at 203.0.113.5:80', 'at 203[.]0[.]113[.]5:80'],
    ['javascript:alert(1)', 'javascript[:]alert(1)'],
    ['a\u202eb\u0007\u200bc', 'a⟦U+202E⟧b\u2407⟦U+200B⟧c'],
    ['plain words. Nothing more', 'plain words. Nothing more'],
    ['two\nlines', 'two\nlines'],
  ])('makes %j inert', (text, inert) => {
    expect(defang(text)).toBe(inert);
  });

  it('isolates text that runs from right to left', () => {
    expect(defang('שלום')).toBe('\u2068שלום\u2069');
  });

  it('leaves no scheme that a program would link, and no control character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('http://', 'HTTPS://', 'ftp://', 'xmpp:'),
        (text, scheme) => {
          const inert = defang(`${text} ${scheme}a.example ${text}`);
          expect(inert).not.toMatch(/https?:\/\/|ftp:\/\/|xmpp:a/i);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is left is the point
          expect(inert).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
        },
      ),
    );
  });
});

describe('defangIndicator', () => {
  it.each([
    ['url', 'http://evil.example/x', 'hxxp://evil[.]example/x'],
    ['domain', 'evil.example', 'evil[.]example'],
    ['ipv4', '203.0.113.5', '203[.]0[.]113[.]5'],
    ['ipv6', '2001:db8::1', '2001[:]db8[:][:]1'],
    ['email', 'a@b.example', 'a[@]b[.]example'],
    ['im-account', 'xmpp:bot@b.example', 'xmpp[:]bot[@]b[.]example'],
    ['sha256', 'ab12'.repeat(16), 'ab12'.repeat(16)],
  ] as const)('writes a %s', (type, value, shown) => {
    expect(defangIndicator({ type, value })).toBe(shown);
  });
});
