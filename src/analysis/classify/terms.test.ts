import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../normalize/fold.ts';
import { shapeOf, TRAITS, traitsOf } from './shape.ts';
import { TermCounter } from './terms.ts';
import { cellsOf, TermCensus, Vectorizer } from './vocabulary.ts';

const termsOf = (text: string) => {
  const { hashes, counts, words, length, grams } = new TermCounter().of(text);
  return { hashes: hashes.slice(0, length), counts: counts.slice(0, length), words, length, grams };
};

describe('terms', () => {
  it('counts words and pairs, then runs of 2 to 6 characters between the borders of a word', () => {
    const { length, grams, counts } = termsOf('ab ab');
    // Words: ab, ab+ab. Runs of " ab ": " a" " ab" " ab " "ab" "ab " "b ".
    expect([grams, length]).toEqual([2, 8]);
    expect([...counts]).toEqual([2, 1, 2, 2, 2, 2, 2, 2]);
  });

  it('forgets the text before, whatever came', () => {
    const counter = new TermCounter();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), fc.lorem(), (any, text) => {
        counter.of(any);
        const { length, hashes } = counter.of(text);
        expect(hashes.slice(0, length)).toEqual(termsOf(text).hashes);
      }),
    );
  });

  it('are bounded', () => {
    const long = Array.from({ length: 20_000 }, (_value, at) => String.fromCodePoint(0x4e00 + (at % 20_000))).join('');
    expect(termsOf(long).length).toBeLessThanOrEqual(8192);
  });
});

describe('vectors', () => {
  it('have two blocks of length one, and leave out what the vocabulary does not know', () => {
    const census = new TermCensus();
    for (const text of ['see you at home', 'see you at noon', 'are you at home']) census.add(termsOf(text));
    const terms = termsOf('see you at home zzz');
    const { length, values, places } = new Vectorizer().of(terms, cellsOf(census.vocabulary()));
    const square = (words: boolean): number =>
      [...values.subarray(0, length)].reduce(
        (sum, value, at) => sum + ((places[at] ?? 0) < terms.grams === words ? value * value : 0),
        0,
      );
    expect(square(true)).toBeCloseTo(1);
    expect(square(false)).toBeCloseTo(1);
    expect(length).toBeLessThan(terms.length);
  });
});

describe('shape', () => {
  it.each([
    ['call 09061701461 or text WIN to 87121', 'call  #11  or text win to  #5 '],
    ['see http://x.example/a?b=1 and www.y.com', 'see  \u0001url  and  \u0001url '],
    ['sha1 da39a3ee5e6b4b0d3255bfef', 'sha #1   #hex '],
  ])('reads %j as the length of its numbers', (text, shaped) => {
    expect(shapeOf(foldText(text))).toBe(shaped);
  });

  it('measures any text without leaving 0 to 8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const traits = traitsOf(text, foldText(text), new Float64Array(TRAITS.length));
        expect(traits.every((value) => value >= 0 && value <= 8)).toBe(true);
      }),
    );
  });

  it('sees letters of two scripts in one word', () => {
    const text = 'зapaбoтoк';
    expect(
      traitsOf(text, foldText(text), new Float64Array(TRAITS.length))[
        TRAITS.indexOf('letters of two scripts in one word')
      ],
    ).toBe(0.5);
  });
});
