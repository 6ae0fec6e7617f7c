import { connect } from 'node:net';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { SundewError } from '../core/error.ts';
import { openDatabase } from './database.ts';
import { withRetry } from './retry.ts';
import { isTransient, toStoreError } from './store-error.ts';
import { testDatabase } from './testing/test-database.ts';

function databaseError(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('said the server', 0, 'error');
  error.code = code;
  return error;
}

test.each([
  ['53100', 'STORE_FULL', false],
  ['57P01', 'STORE_UNAVAILABLE', true],
  ['08006', 'STORE_UNAVAILABLE', true],
  ['28P01', 'STORE_UNAVAILABLE', false],
  ['3D000', 'STORE_UNAVAILABLE', false],
])('SQLSTATE %s becomes %s', (state, code, transient) => {
  const error = toStoreError(databaseError(state));
  expect(error).toMatchObject({ code });
  expect(isTransient(error)).toBe(transient);
});

test('a violated constraint and a deadlock stay what they are, and only the second is worth another try', () => {
  const [unique, deadlock] = [databaseError('23505'), databaseError('40P01')];
  expect(toStoreError(unique)).toBe(unique);
  expect(toStoreError(deadlock)).toBe(deadlock);
  expect([isTransient(unique), isTransient(deadlock)]).toEqual([false, true]);
});

test('a refused connection is a database that is away', async () => {
  const error = await new Promise((resolve) => connect('/nonexistent/socket').once('error', resolve));
  expect(toStoreError(error)).toMatchObject({ code: 'STORE_UNAVAILABLE' });
});

test('our own mistakes are not blamed on the database', () => {
  for (const error of [new TypeError('x'), new RangeError('y'), new SundewError('USAGE', 'z'), 'text']) {
    expect(toStoreError(error)).toBe(error);
    expect(isTransient(error)).toBe(false);
  }
});

test('work is tried again while its failure is of the moment, with pauses that grow', async () => {
  const pauses: number[] = [];
  const clock = { now: () => new Date(0), sleep: async (ms: number) => void pauses.push(ms) };
  let tries = 0;
  const work = async (): Promise<string> => {
    tries += 1;
    if (tries < 4) throw databaseError('40001');
    return 'done';
  };
  expect(await withRetry(work, { clock, random: () => 1 })).toBe('done');
  expect(pauses).toEqual([50, 100, 200]);
  tries = -10;
  await expect(withRetry(work, { clock, random: () => 1, tries: 3 })).rejects.toMatchObject({ code: '40001' });
  const wrong = async (): Promise<never> => {
    throw databaseError('23505');
  };
  pauses.length = 0;
  await expect(withRetry(wrong, { clock, random: () => 1 })).rejects.toMatchObject({ code: '23505' });
  expect(pauses).toEqual([]);
});

test('a URL that is none is refused without being repeated', () => {
  expect(() => openDatabase({ url: 'mysql://user:hunter2@host/x', realm: 'live' })).toThrowError(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.not.stringContaining('hunter2') }),
  );
});

test('counts come as numbers, times as dates, days as text, and a count beyond 2^53 is an error', async () => {
  await using database = await testDatabase();
  const { rows } = await sql`select 5::int8 as n, timestamptz '2005-06-28T12:00:00Z' as at, date '2005-06-28' as day,
    current_setting('search_path') as path`.execute(database.db);
  expect(rows).toEqual([{ n: 5, at: new Date('2005-06-28T12:00:00Z'), day: '2005-06-28', path: 'live,public' }]);
  await expect(sql`select 9223372036854775807::int8`.execute(database.db)).rejects.toThrow('beyond 2^53');
});

test('two realms of one database see their own tables', async () => {
  await using live = await testDatabase();
  await using simulated = openDatabase({ url: live.url, realm: 'simulated' });
  await sql`create table mine (id int)`.execute(simulated.db);
  await expect(sql`select * from mine`.execute(live.db)).rejects.toMatchObject({ code: '42P01' });
});
