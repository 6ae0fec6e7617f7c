import { describe, expect, it } from 'vitest';
import { compileSignatures, matchesGlob, matchSignatures } from './signatures.ts';

const compiled = compileSignatures([
  { threat: 'bropia', kind: 'file-name', pattern: '*hot*.scr', class: 'worm', severity: 'high' },
  { threat: 'kelvir', kind: 'lure', words: ['found', 'Picture', 'of'], class: 'worm', severity: 'high' },
  { threat: 'zlob', kind: 'indicator', type: 'sha256', value: 'AB12'.repeat(16) },
  { threat: 'host', kind: 'indicator', type: 'domain', value: 'evil.example' },
  { threat: 'empty', kind: 'lure', words: [], class: 'spam', severity: 'low' },
]);

describe('matchSignatures', () => {
  it('finds lures by all their words, in any order, and hashes first', () => {
    const indicators = [
      { type: 'domain', value: 'evil.example' },
      { type: 'sha256', value: 'ab12'.repeat(16) },
      { type: 'file-name', value: 'so_hot_pic.scr' },
    ] as const;
    const matches = matchSignatures(compiled, { folded: 'of you a picture i found', indicators });
    expect(matches.map(({ threat }) => threat)).toEqual(['zlob', 'bropia', 'kelvir', 'host']);
  });

  it('finds nothing when a word is missing or part of another', () => {
    expect(matchSignatures(compiled, { folded: 'i found pictures of you', indicators: [] })).toEqual([]);
  });
});

it.each([
  ['a.scr', 'a.scr', true],
  ['xay', 'x*y', true],
  ['xy', 'x*y', true],
  ['x', 'x*x', false],
  ['abcabc', '*abc', true],
  ['one-two-three', 'one*two*three', true],
  ['one-three', 'one*two*three', false],
])('matches %j against %j: %s', (name, pattern, matches) => {
  expect(matchesGlob(name, pattern)).toBe(matches);
});

it('matches a hostile pattern against a hostile name in time', () => {
  const started = performance.now();
  matchesGlob('a'.repeat(4000), `${'*a'.repeat(2000)}*b`);
  expect(performance.now() - started).toBeLessThan(5_000);
});
