import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { templateOf } from './campaign-template.ts';
import { titleOf } from './campaign-title.ts';
import { cutTargetTokens, scrubberOf } from './scrub.ts';

describe('cutting decoys out of text', () => {
  const scrub = scrubberOf(['dora@decoys.example', 'al', 'max!user@host.example']);
  test.each([
    ['hi dora@decoys.example', 'hi …'],
    ['hi DORA, hello', 'hi …, hello'],
    ['dora99 and pandora', '…99 and pan…'],
    ['http://x.example/dora.scr', 'http://x.example/….scr'],
    ['al and also ALan', '… and also ALan'],
    ['d\u200bo\u200bra', '…'],
    ['ｄｏｒａ', '…'],
    ['at decoys.example', 'at …'],
    ['ZG9yYUBkZWNveXMuZXhhbXBsZQ==', '…=='],
    ['hello max', 'hello …'],
    ['nothing here', 'nothing here'],
  ])('%s', (text, expected) => {
    expect(scrub(text)).toBe(expected);
  });
});

describe('cutting what is made for one target', () => {
  test.each([
    ['mail me at joe@example.org now', 'mail me at … now'],
    ['@joe look', '@… look'],
    ['http://x.example/a.scr?id=77#joe yes', 'http://x.example/a.scr?… yes'],
    ['http://joe@x.example/', 'http://…@x.example/'],
    ['code a81f9c02be71d3aa', 'code …'],
    ['call 015112345678', 'call …'],
    ['in 2026 look at photo.scr', 'in 2026 look at photo.scr'],
  ])('%s', (text, expected) => {
    expect(cutTargetTokens(text)).toBe(expected);
  });
  test('any text is cut without an error and in bounded time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof cutTargetTokens(text)).toBe('string');
      }),
    );
    for (const part of ['a@', 'http://', '@', 'a1', '%', '…', 'x.']) {
      const started = performance.now();
      templateOf([part.repeat(100_000), part.repeat(99_999)], ['dora@d.example']);
      expect(performance.now() - started).toBeLessThan(5_000);
    }
  });
});

describe('templates', () => {
  test.each([
    [['hi bob see this', 'hi ann see this'], 'hi … see this'],
    [['one text only'], 'one text only'],
    [['a b c', 'x y z'], '…'],
    [['same', 'same', 'same'], 'same'],
    [['a b', 'a b c'], 'a b …'],
    [[], ''],
    [['', ' '], ''],
  ])('%j → %s', (samples, expected) => {
    expect(templateOf(samples, [])).toBe(expected);
  });
});

describe('titles', () => {
  test.each([
    [
      'worm',
      [{ type: 'url', value: 'http://e.example/photo.scr' }],
      'Worm on XMPP: link to an executable posing as a picture',
    ],
    ['worm', [{ type: 'url', value: 'http://e.example/run.exe' }], 'Worm on XMPP: link to an executable'],
    [
      'malware',
      [{ type: 'file-name', value: 'IMG_1.jpg.pif' }],
      'Malware on XMPP: executable file posing as a picture',
    ],
    ['phishing', [{ type: 'url', value: 'http://e.example/login' }], 'Phishing on XMPP: link to a deceptive page'],
    ['exploit', [], 'Exploit on XMPP: bytes that no honest client sends'],
    ['scam', [], 'Scam on XMPP'],
  ] as const)('%s %#', (verdict, indicators, expected) => {
    expect(titleOf({ class: verdict, networks: ['xmpp'], indicators })).toBe(expected);
  });
  test('names at most three networks', () => {
    const title = titleOf({ class: 'spam', networks: ['xmpp', 'irc', 'matrix', 'telegram'], indicators: [] });
    expect(title).toBe('Spam on XMPP, IRC, Matrix and others');
  });
});
