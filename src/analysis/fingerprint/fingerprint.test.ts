import { describe, expect, it } from 'vitest';
import { analyze } from '../analyze.ts';
import { compileSignatures } from '../signatures.ts';
import { captureOf } from '../testing/captures.ts';
import type { Fingerprint } from '../types.ts';
import { maskText, withoutFillers } from './mask.ts';
import { shapeOf } from './shape.ts';
import { hashWords, MAX_WORDS } from './words.ts';

const none = compileSignatures([]);
const of = (text: string | undefined, more: object = {}): Fingerprint =>
  analyze(captureOf(text, { ...more }), none).fingerprint;

describe('maskText', () => {
  it.each([
    ['win 500 now at http://a.example/x?y=1 !', 'win 0 now at lll'],
    ['your code is a8f3kd92jx01 @bob', 'your code is ttt'],
    ['see evil-site.com/abc now', 'see lll now'],
  ])('masks %j', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it('drops greetings and laughter, unless there is nothing else', () => {
    expect(withoutFillers('hey look lol at this')).toBe('look at this');
    expect(withoutFillers('hi')).toBe('hi');
  });
});

describe('hashWords', () => {
  it('takes words in order, and letters of scripts without spaces each', () => {
    const [a, b, c] = hashWords('see you see');
    expect([a === c, a === b]).toEqual([true, false]);
    expect(hashWords('免费领取 now')).toHaveLength(5);
    expect(hashWords('')).toHaveLength(0);
    expect(hashWords('word '.repeat(100_000))).toHaveLength(MAX_WORDS);
  });
});

describe('shapeOf', () => {
  it.each([
    ['no link here', 0],
    ['hey, look at this, visit, http://evil.com/a, bye', 1 + 16 + 3],
    ['hey - look - http://evil.com/a', 1 + 2],
    ['look at http://evil.com/a', 1 + 15],
    ['look at http://evil.com/a ;)', 1 + 16 + 15],
    ['http://evil.com/', 1],
  ])('of %j', (text, code) => {
    expect(shapeOf(text).code).toBe(code);
  });
  it('keeps an emoticon behind the link', () => {
    expect(shapeOf('look. http://evil.com/a. ;)').tail).toBe(';)');
  });
});

describe('fingerprint', () => {
  it('is the same for one text under other links, numbers, look-alikes and greetings', () => {
    const a = of('Free nitro for 3 months, claim it here http://evil-one.com/a1');
    expect(
      of('hey Fr\u0435\u0435 nitro for 12 months, cl\u0430im it h\u200bere hxxp://evil-two[.]ru/zz lol').exact,
    ).toBe(a.exact);
  });

  it('tells short texts apart by the host they lead to', () => {
    expect(of('look http://evil-one.com/a').exact).not.toBe(of('look http://evil-two.com/a').exact);
    expect(of('look http://evil-one.com/a').exact).toBe(of('look http://www.evil-one.com/b').exact);
  });

  it('ties files by folded name and size, and by hash', () => {
    const offer = (name: string, size: number): Fingerprint =>
      of(undefined, { kind: 'file-offer', file: { name, size, sha256: 'ab12'.repeat(16) } });
    expect(offer('IMG_0021.jpg.scr', 5).exact).toBe(offer('img-7.jpg.scr', 5).exact);
    expect(offer('IMG_0021.jpg.scr', 5).exact).not.toBe(offer('IMG_0021.jpg.scr', 6).exact);
    expect(offer('x.scr', 5).links).toEqual([`file:${'ab12'.repeat(16)}`]);
  });

  it.each(['presence', 'typing', 'probe', 'service-notice', 'backscatter'])('says nothing of a %s', (kind) => {
    expect(of('some text that a server or program wrote for itself', { kind }).exact).toBe('');
  });

  it('never takes a host that everybody uses for a tie', () => {
    expect(of('see https://bit.ly/abc').links).toEqual([]);
    expect(of('see https://evil.duckdns.org/abc').links).toEqual(['host:evil.duckdns.org']);
  });
});
