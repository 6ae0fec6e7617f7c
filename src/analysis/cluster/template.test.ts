import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutTargets, templateOf } from './template.ts';

describe('templateOf', () => {
  it('keeps what members share and puts a slot where they differ', () => {
    const texts = [
      'hey bob claim your free nitro now',
      'hey alice claim your free nitro today friend',
      'hey eve claim your free nitro now',
    ];
    expect(templateOf(texts)).toBe('hey … claim your free nitro …');
  });

  it('of one text is that text without what may name a target', () => {
    expect(
      templateOf(
        ['hi dora, see http://evil.example/a?u=dora&t=8f3a9c1 dora@decoys.example @dora'],
        ['dora@decoys.example'],
      ),
    ).toBe('hi …, see http://evil.example/a?u=…&t=… @…');
  });

  it.each([
    ['token 0123456789abcdef0123456789abcdef end', 'token … end'],
    ['code QWxhZGRpbjpvcGVuIHNlc2FtZQ== end', 'code … end'],
    ['mail john.smith@corp.example now', 'mail …@corp.example now'],
    ['http://evil.example/pic.php?u=489762', 'http://evil.example/pic.php?u=…'],
    ['http://evil.example/am9obkBjb3JwLmV4YW1wbGU', 'http://evil.example/…'],
  ])('cuts %j', (text, cut) => {
    expect(cutTargets(text)).toBe(cut);
  });

  it('never shows a given name, however it is written', () => {
    const name = 'dora7@decoys.example';
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('hi', 'DORA7', 'dora7', 'Dora7@Decoys.Example', 'look', 'http://x.example/dora7')),
        (words) => {
          expect(templateOf([words.join(' ')], [name]).toLowerCase()).not.toContain('dora7');
        },
      ),
    );
  });

  it('is bounded for long texts', () => {
    const started = performance.now();
    templateOf(Array.from({ length: 100 }, (_value, at) => `word${at} `.repeat(20_000)));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
