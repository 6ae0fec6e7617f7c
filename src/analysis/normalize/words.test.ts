import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterRunsOf, wordsOf } from './words.ts';

describe('wordsOf', () => {
  it('cuts at all that is neither letter nor digit', () => {
    expect(wordsOf(" it's 2 be_or not, ok?")).toEqual(['it', 's', '2', 'be', 'or', 'not', 'ok']);
    expect(wordsOf('это, 免费 x')).toEqual(['это', '免费', 'x']);
    expect(wordsOf('')).toEqual([]);
  });

  it('cuts ASCII as it cuts any other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(wordsOf(text)).toEqual(wordsOf(`${text} é`).slice(0, -1));
        expect(letterRunsOf(text)).toEqual(letterRunsOf(`${text} é`).slice(0, -1));
      }),
    );
  });
});
