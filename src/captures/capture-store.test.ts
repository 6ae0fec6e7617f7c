import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Capture, CaptureId } from '../core/capture.ts';
import type { Verdict } from '../core/verdict.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { captureActivity, countCaptures } from './activity-store.ts';
import type { StoredCapture } from './capture-row.ts';
import { findCapture, insertCaptures, knownCaptures, searchCaptures } from './capture-store.ts';
import { advanceCursor, readCursor } from './cursor-store.ts';
import {
  countDeadLetters,
  deleteDeadLetter,
  findDeadLetter,
  listDeadLetters,
  recordDeadLetter,
} from './dead-letter-store.ts';

const BEGIN = Date.parse('2026-01-01T00:00:00.000Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => await database.close());

function stored(at: number, of: Partial<Capture> = {}, verdict: Partial<Verdict> = {}): StoredCapture {
  const id = randomUUID() as CaptureId;
  return {
    journalSeq: at + 1,
    capture: {
      v: 1,
      id,
      at: new Date(BEGIN + at * 1000).toISOString(),
      network: 'xmpp',
      sensor: 'edge-1',
      decoy: 'dora@decoys.example',
      peer: { id: `bot${at % 7}@spam.example` },
      kind: 'message',
      text: `message number ${at}`,
      meta: {},
      simulated: false,
      ...of,
    },
    verdict: {
      v: 1,
      capture: id,
      class: 'spam',
      score: 0.5,
      reasons: [],
      indicators: [],
      threats: [],
      severity: 'low',
      ...verdict,
    },
  };
}

describe('the capture store', () => {
  it('gives back what was put in, with every field', async () => {
    const full = stored(
      0,
      {
        native: 'n1',
        sentAt: '2025-12-31T23:59:00.000Z',
        peer: {
          id: 'bot@spam.example',
          name: 'Bot',
          address: '203.0.113.5:5222',
          client: 'x',
          verifiedBy: 'federated',
        },
        conversation: 'c',
        html: '<b>hi</b>',
        encrypted: false,
        file: { name: 'photo.jpg.scr', size: 48128, sha256: 'ab'.repeat(32) },
        meta: { deep: { list: [1, 'two'] } },
      },
      {
        reasons: ['a reason, with \'quotes\' and "more"'],
        indicators: [{ type: 'url', value: 'http://x.example/a.scr', seen: 'hxxp://x' }],
        language: 'en',
        campaign: randomUUID(),
        threats: ['worm-x'],
        severity: 'critical',
        score: 0.75,
      },
    );
    expect(await insertCaptures(database.db, [full])).toEqual(new Set([full.capture.id]));
    expect(await findCapture(database.db, full.capture.id)).toEqual(full);
    expect(await findCapture(database.db, randomUUID())).toBeUndefined();
    expect(await findCapture(database.db, "x'; drop table capture")).toBeUndefined();
  });

  it('counts a capture once, however often it comes, and tells which are new', async () => {
    const [a, b] = [stored(1), stored(2)];
    expect(await insertCaptures(database.db, [a])).toEqual(new Set([a.capture.id]));
    expect(await insertCaptures(database.db, [a, b, b])).toEqual(new Set([b.capture.id]));
    expect(await insertCaptures(database.db, [a, b])).toEqual(new Set());
    expect(await insertCaptures(database.db, [])).toEqual(new Set());
    expect(await knownCaptures(database.db, [a.capture.id, randomUUID() as CaptureId])).toEqual(
      new Set([a.capture.id]),
    );
  });

  it('takes text that PostgreSQL refuses or cannot index', async () => {
    const hostile = stored(3, {
      text: `nul \u0000, half \ud800, ${'word '.repeat(200_000)}`,
      meta: { 'key\u0000': '\\u0000 and \u0000', path: '\\ud800' },
      peer: { id: 'bot\u0000@x' },
    });
    await insertCaptures(database.db, [hostile]);
    const back = await findCapture(database.db, hostile.capture.id);
    expect(back?.capture.text?.slice(0, 14)).toBe('nul \ufffd, half \ufffd,');
    expect(back?.capture.meta).toEqual({ 'key\ufffd': '\\u0000 and \ufffd', path: '\\ud800' });
  });

  it('finds by words, peer and filters, and pages without gaps or repeats', async () => {
    await using own = await testDatabase();
    const campaign = randomUUID();
    const many = Array.from({ length: 120 }, (_, at) =>
      stored(Math.floor(at / 3), {}, at % 2 === 0 ? { campaign } : { class: 'worm' }),
    );
    await insertCaptures(own.db, many);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchCaptures(own.db, { cursor, limit: 13 });
      ids.push(...page.captures.map(({ capture }) => capture.id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(ids).toHaveLength(120);
    expect(new Set(ids).size).toBe(120);
    const count = async (filter: Parameters<typeof searchCaptures>[1]): Promise<number> =>
      (await searchCaptures(own.db, { ...filter, limit: 500 })).captures.length;
    expect(await count({ campaign })).toBe(60);
    expect(await count({ campaign: 'none' })).toBe(0);
    expect(await count({ class: 'worm', network: 'xmpp', kind: 'message' })).toBe(60);
    expect(await count({ network: 'irc' })).toBe(0);
    expect(await count({ peer: 'bot3@spam.example' })).toBe(18);
    expect(await count({ decoy: 'nobody' })).toBe(0);
    expect(await count({ decoy: 'dora@decoys.example' })).toBe(120);
    expect(await count({ decoy: 'decoys.example' })).toBe(120);
    expect(await count({ decoy: 'example' })).toBe(0);
    expect(await count({ q: 'NUMBER 17' })).toBe(3);
    expect(await count({ q: 'number -17' })).toBe(117);
    expect(await count({ q: `"' or 1=1 -- \u0000 (` })).toBe(0);
    expect(await count({ from: '2026-01-01T00:00:10Z', to: '2026-01-01T00:00:20Z' })).toBe(30);
    await expect(searchCaptures(own.db, { cursor: 'rubbish' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(searchCaptures(own.db, { from: 'soon' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(await countCaptures(own.db, new Date(BEGIN))).toEqual(new Map([['xmpp', 120]]));
    expect(await captureActivity(own.db, new Date(BEGIN), 30)).toEqual([
      { at: '2026-01-01T00:00:00.000Z', touches: 90 },
      { at: '2026-01-01T00:00:30.000Z', touches: 30 },
    ]);
  });
});

describe('the cursor', () => {
  it('begins at 0, moves on and never back, and not without its transaction', async () => {
    expect(await readCursor(database.db, 'local')).toBe(0);
    await advanceCursor(database.db, 'local', 10);
    await advanceCursor(database.db, 'local', 7);
    expect(await readCursor(database.db, 'local')).toBe(10);
    const failed = database.db.transaction().execute(async (tx) => {
      await advanceCursor(tx, 'local', 20);
      throw new Error('the batch failed');
    });
    await expect(failed).rejects.toThrow('the batch failed');
    expect(await readCursor(database.db, 'local')).toBe(10);
  });
});

describe('dead letters', () => {
  it('are kept with their cause, counted up when they fail again, and dropped', async () => {
    const letter = { stage: 'analysis', journalSeq: 7, cause: 'nul \u0000 inside', at: '2026-01-01T00:00:00.000Z' };
    await recordDeadLetter(database.db, letter);
    await recordDeadLetter(database.db, { ...letter, cause: 'again', capture: undefined as never });
    const [found, ...more] = await listDeadLetters(database.db);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ stage: 'analysis', journalSeq: 7, cause: 'again', tries: 2 });
    expect(await countDeadLetters(database.db)).toBe(1);
    const id = found?.id ?? '';
    expect(await findDeadLetter(database.db, id)).toEqual(found);
    expect(await deleteDeadLetter(database.db, id)).toBe(true);
    expect(await deleteDeadLetter(database.db, id)).toBe(false);
    expect(await findDeadLetter(database.db, 'no uuid')).toBeUndefined();
  });
});
