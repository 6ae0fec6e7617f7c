import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSundewError } from '../core/error.ts';
import { readHits } from './hits-file.ts';

const read = (text: string) => readHits({ name: 'hits.csv', bytes: undefined, open: () => Readable.from([text]) });

test('minutes and RFC 3339 times are read, with or without a head, and put in order', async () => {
  expect(await read('at,decoy,sender\n2.5,d1,s1\r\n1,d2,"s2"\n\n')).toEqual({
    times: 'minutes',
    since: 0,
    hits: [
      { at: 1, decoy: 'd2', sender: 's2' },
      { at: 2.5, decoy: 'd1', sender: 's1' },
    ],
  });
  const { times, hits } = await read('2026-01-31T12:00:00+01:00,d,s');
  expect(times).toBe('rfc3339');
  expect(hits[0]?.at).toBe(Date.parse('2026-01-31T11:00:00Z') / 60_000);
  expect((await read('')).hits).toEqual([]);
});

test('what is known of contacts and payloads is read where the first line names it', async () => {
  const { hits } = await read('at,decoy,sender,payload,contact\n1,d,s,worm,yes\n2,d,s2,,no\n3,d,s3,"worm",\n');
  expect(hits).toEqual([
    { at: 1, decoy: 'd', sender: 's', payload: 'worm', contact: true },
    { at: 2, decoy: 'd', sender: 's2' },
    { at: 3, decoy: 'd', sender: 's3', payload: 'worm' },
  ]);
});

test.each([
  ['at,decoy,sender\n1,d\n', /line 2: 2 fields, expected 3/],
  ['1,d,s\nsoon,d,s\n', /line 2: 'soon' is neither/],
  ['1,d,s\n2026-01-31T12:00:00Z,d,s\n', /line 2: times are RFC 3339 on some/],
  ['at,decoy,sender,contact\n1,d,s,maybe\n', /line 2: contact is 'yes' or 'no', not 'maybe'/],
  ['at,decoy,sender,contact\n1,d,s\n', /line 2: 3 fields, expected 4: at,decoy,sender,contact/],
  ['at,decoy,sender,colour\n1,d,s,red\n', /line 1: 4 fields, expected 3/],
  ['1,,s\n', /line 1: no decoy/],
  ['1,d,\n', /line 1: no sender/],
  ['2026-13-31T12:00:00Z,d,s\n', /line 1/],
])('%j is refused with its line', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test('any text is read or refused with a code', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'0123456789.,-T:Z\n"ds') }), async (text) => {
      const result = await read(text).catch((error: unknown) => error);
      expect(isSundewError(result, 'INPUT_INVALID') || typeof result === 'object').toBe(true);
    }),
  );
});
