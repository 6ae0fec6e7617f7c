import { expect, test } from 'vitest';
import { oneOf, pageOf, readSearch, textOf, writeSearch } from './search-text.ts';

test('search parameters survive the way out and back, as text', () => {
  const search = { q: '123 & "x"', network: 'xmpp' };
  expect(readSearch(writeSearch(search))).toEqual(search);
});

test('empty and absent parameters do not appear', () => {
  expect(writeSearch({ q: '', network: undefined, page: 2 })).toBe('?page=2');
  expect(writeSearch({})).toBe('');
});

test('only known words, sane texts and real page numbers are taken from an address', () => {
  expect(oneOf(['a', 'b'], 'b')).toBe('b');
  expect(oneOf(['a', 'b'], 'c')).toBeUndefined();
  expect(textOf('x'.repeat(501))).toBeUndefined();
  expect(pageOf('3')).toBe(3);
  for (const wrong of ['0', '1', '-2', '1.5', 'x', '1e99', undefined]) expect(pageOf(wrong)).toBeUndefined();
});
