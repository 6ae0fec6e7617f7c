import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { dropCorrection, findCorrection, listCorrections, putCorrection } from './correction-store.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(async () => await test.close());

const capture = '0198c2d4-0000-7000-8000-000000000001';
const correction = {
  capture,
  class: 'scam',
  was: 'benign',
  text: 'are you anna\u0000?',
  by: 'Ada',
  at: '2026-01-02T03:04:05.000Z',
} as const;

it('keeps the latest correction of a capture, with the name of the person', async () => {
  await putCorrection(test.db, { ...correction, class: 'spam' });
  await putCorrection(test.db, { ...correction, note: 'second of this kind' });
  const kept = { ...correction, text: 'are you anna\ufffd?', note: 'second of this kind' };
  expect(await findCorrection(test.db, capture)).toEqual(kept);
  expect(await listCorrections(test.db, 10)).toEqual([kept]);
});

it('forgets one that is taken back', async () => {
  expect(await dropCorrection(test.db, capture)).toBe(true);
  expect(await dropCorrection(test.db, capture)).toBe(false);
  expect(await findCorrection(test.db, capture)).toBeUndefined();
});
