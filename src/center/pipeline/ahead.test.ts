import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { openAnalysisPool } from '../../analysis/pool/pool.ts';
import { encodeCaptureEntry } from '../../captures/entry.ts';
import { SundewError } from '../../core/error.ts';
import type { Journal, JournalEntry } from '../../core/journal.ts';
import { parseCapture } from '../../core/parse-capture.ts';
import { type Ahead, prepareAhead } from './ahead.ts';
import type { Batch } from './prepare.ts';

const pool = openAnalysisPool({ workers: 0, signatures: [] });
const stopper = new AbortController();
const running: Ahead[] = [];
afterEach(() => {
  for (const ahead of running.splice(0)) ahead.stop();
});

/** A journal in memory whose reading may fail. */
class Entries implements Pick<Journal, 'read' | 'waitBeyond' | 'last'> {
  readonly entries: JournalEntry[] = [];
  failing = false;
  #wake: () => void = () => undefined;

  get last(): number {
    return this.entries.length;
  }

  add(text: string): void {
    const capture = parseCapture(
      { v: 1, at: '2026-01-31T12:00:00Z', network: 'xmpp', decoy: 'd@x', peer: { id: 'p@x' }, kind: 'message', text },
      { sensor: 'test' },
    );
    const content = encodeCaptureEntry(capture, new Uint8Array(0));
    const seq = this.entries.length + 1;
    this.entries.push({ seq, at: capture.at, type: 'capture', commitment: new Uint8Array(0), content });
    this.#wake();
  }

  async read(after: number, limit: number): Promise<readonly JournalEntry[]> {
    if (this.failing) throw new SundewError('JOURNAL_CORRUPT', 'unreadable');
    return this.entries.slice(after, after + limit);
  }

  async waitBeyond(after: number): Promise<void> {
    while (this.last <= after) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function begin(journal: Entries, after = 0, limit = 100): Ahead {
  const ahead = prepareAhead({ journal: journal as unknown as Journal, pool }, after, limit, stopper.signal);
  running.push(ahead);
  return ahead;
}
const texts = (batch: Batch): (string | undefined)[] => batch.prepared.map(({ capture }) => capture.text);

test('what came while a batch was away is ready as one batch, in order', async () => {
  const journal = new Entries();
  const ahead = begin(journal);
  journal.add('one');
  expect(texts(await ahead.take())).toEqual(['one']);
  for (const text of ['two', 'three', 'four']) {
    journal.add(text);
    await sleep(5);
  }
  const batch = await ahead.take();
  expect(texts(batch)).toEqual(['two', 'three', 'four']);
  expect(batch.last).toBe(4);
});

test('it begins behind the given entry and never has more ready than the limit', async () => {
  const journal = new Entries();
  for (let count = 1; count <= 10; count += 1) journal.add(`text ${count}`);
  const ahead = begin(journal, 2, 3);
  await sleep(20);
  expect(texts(await ahead.take())).toEqual(['text 3', 'text 4', 'text 5']);
  await sleep(20);
  expect(texts(await ahead.take())).toEqual(['text 6', 'text 7', 'text 8']);
});

test('what takes much memory is not heaped up', async () => {
  const journal = new Entries();
  const ahead = begin(journal, 0, 100);
  for (let count = 0; count < 40; count += 1) {
    journal.add('x'.repeat(1_000_000));
    await sleep(2);
  }
  await sleep(50);
  expect((await ahead.take()).prepared.length).toBeLessThan(30);
});

test('a failure is told after what was ready before it', async () => {
  const journal = new Entries();
  const ahead = begin(journal);
  journal.add('good');
  await sleep(10);
  journal.failing = true;
  journal.add('never read');
  await sleep(10);
  expect(texts(await ahead.take())).toEqual(['good']);
  await expect(ahead.take()).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' });
});
