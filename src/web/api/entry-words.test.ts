import { expect, test } from 'vitest';
import { placeName, VECTOR_WORDS, wordFor } from './entry-words.ts';

test.each([
  ['entry.ratings.1.reason', 'Ratings, 2, reason'],
  ['entry.clients.notAffected.0', 'Clients, not affected, 1'],
  ['entry.name', 'Name'],
  ['reason', 'Reason'],
  ['id', 'Id'],
])('%s is called %s', (path, name) => {
  expect(placeName(path)).toBe(name);
});

test('a slug that nobody named keeps its own, also when objects have such a key', () => {
  expect(wordFor(VECTOR_WORDS, 'url')).toBe('Links');
  expect(wordFor(VECTOR_WORDS, 'toString')).toBe('toString');
});
