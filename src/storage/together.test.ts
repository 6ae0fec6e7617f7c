import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from './testing/test-database.ts';
import { together } from './together.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

describe('together', () => {
  it('gives the results in order', async () => {
    const results = await database.db
      .transaction()
      .execute((tx) =>
        together([
          sql<{ n: number }>`select 1::int as n, pg_sleep(0.05)`.execute(tx),
          sql<{ n: number }>`select 2::int as n`.execute(tx),
        ]),
      );
    expect(results.map(({ rows }) => rows[0]?.n)).toEqual([1, 2]);
    expect(await together([])).toEqual([]);
  });

  it('throws what failed first, when nothing of the transaction is under way, and leaves nothing behind', async () => {
    let ended = 0;
    const counted = <T>(work: Promise<T>): Promise<T> =>
      work.finally(() => {
        ended += 1;
      });
    const letter = (seq: number) => sql`insert into pipeline_cursor (journal, seq) values ('together', ${seq})`;
    const failing = database.db
      .transaction()
      .execute((tx) =>
        together([
          counted(letter(1).execute(tx)),
          counted(sql`select 1 / 0`.execute(tx)),
          counted(letter(2).execute(tx)),
        ]),
      );
    await expect(failing).rejects.toThrow('division by zero');
    expect(ended).toBe(3);
    const { rows } = await sql`select from pipeline_cursor where journal = 'together'`.execute(database.db);
    expect(rows).toEqual([]);
  });
});
