import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../normalize/fold.ts';
import { asWritten } from './as-written.ts';

describe('asWritten', () => {
  it.each([
    ['claim', 'CLAIM your prize', 'CLAIM'],
    ['win', 'a WINNER will Win', 'Win'],
    ['cash', 'get £100Cash', 'Cash'],
    ['free', 'get ｆｒｅｅ coins', 'ｆｒｅｅ'],
    ['free', 'get fr\u0435e coins', 'fr\u0435e'],
    ['free', 'get f\u200br\u200bee coins', 'free'],
    [foldText('Работа'), 'Работа без опыта', 'Работа'],
    [foldText('плати'), 'доход 300Плати', 'Плати'],
  ])('finds %j in %j', (word, plain, written) => {
    expect(asWritten(word, plain)).toBe(written);
  });

  it('gives the word itself where the text has it in another way', () => {
    expect(asWritten('prize', 'prizetoken4dora')).toBe('prize');
    expect(asWritten('prize', '')).toBe('prize');
  });

  it('finds every word of every text, with nothing that is not seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (plain) => {
        for (const word of foldText(plain).split(' ')) {
          if (word === '') continue;
          const written = asWritten(word, plain);
          expect(foldText(written)).toBe(foldText(word));
          expect(written).not.toMatch(/[\u200b-\u200f\u202a-\u202e]/);
        }
      }),
    );
  });
});
