import { describe, expect, it } from 'vitest';
import { analyze } from '../analyze.ts';
import { compileSignatures } from '../signatures.ts';
import { captureOf } from '../testing/captures.ts';
import type { Fingerprint } from '../types.ts';
import { maskText, withoutFillers } from './mask.ts';
import { MINHASH_SIZE, minhash, similarity } from './minhash.ts';

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

describe('minhash', () => {
  it('estimates the Jaccard similarity of the 5-grams', () => {
    const grams = (text: string): Set<string> =>
      new Set(Array.from({ length: text.length - 4 }, (_value, at) => text.slice(at, at + 5)));
    const a = 'free nitro for three months claim it today at this page before it ends';
    const b = 'free nitro for three months claim it now at this page before it is gone';
    const [left, right] = [grams(a), grams(b)];
    const shared = [...left].filter((gram) => right.has(gram)).length;
    const exact = shared / (left.size + right.size - shared);
    expect(Math.abs(similarity(minhash(a), minhash(b)) - exact)).toBeLessThan(0.2);
    expect(similarity(minhash(a), minhash(a))).toBe(1);
    expect(similarity(minhash(a), minhash('the quick brown fox jumps over the lazy dog and runs away'))).toBeLessThan(
      0.1,
    );
  });

  it('says nothing of short texts', () => {
    expect(minhash('hello there')).toHaveLength(0);
    expect(similarity(minhash('hello there'), minhash('hello there'))).toBe(0);
    expect(minhash('a text that is long enough to tell')).toHaveLength(MINHASH_SIZE);
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
