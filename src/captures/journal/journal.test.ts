import { randomBytes } from 'node:crypto';
import { appendFile, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SILENT } from '../../core/clock.ts';
import { isSundewError } from '../../core/error.ts';
import { REAL_CLOCK } from '../../decoys/testing/real-clock.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { type EvidenceJournal, openJournal } from './journal.ts';

const SMALL = { clock: REAL_CLOCK, log: SILENT, sensor: 'edge-1', segmentSlots: 16 };
const text = (value: Uint8Array | undefined): string | undefined =>
  value === undefined ? undefined : Buffer.from(value).toString();

/** Closed, but with no signed head that knows the last entries: as after a crash. */
async function abandon(journal: EvidenceJournal, dir: string): Promise<void> {
  await journal.close();
  await rm(join(dir, 'heads.ndjson'), { force: true });
}

async function fill(journal: EvidenceJournal, count: number): Promise<number[]> {
  return await Promise.all(
    Array.from({ length: count }, (_, at) => journal.append('capture', Buffer.from(`content ${at}`))),
  );
}

describe('the evidence journal', () => {
  it('numbers entries from 1 in the order of the calls and reads them back over segment borders', async () => {
    await using dir = await tempDir();
    const journal = await openJournal(dir.path, SMALL);
    expect(journal.last).toBe(0);
    expect(await fill(journal, 100)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
    const all = await journal.read(0, 1000);
    expect(all.map((entry) => text(entry.content))).toEqual(Array.from({ length: 100 }, (_, at) => `content ${at}`));
    expect((await journal.read(37, 3)).map((entry) => entry.seq)).toEqual([38, 39, 40]);
    expect(await journal.read(100, 10)).toEqual([]);
    await journal.close();
  });

  it('goes on with the numbers after it was opened again, and verifies', async () => {
    await using dir = await tempDir();
    const first = await openJournal(dir.path, SMALL);
    await fill(first, 20);
    await first.close();
    const again = await openJournal(dir.path, SMALL);
    expect(again.last).toBe(20);
    expect(await again.append('outbound', Buffer.from('x'))).toBe(21);
    expect(await again.verify()).toEqual({ entries: 21, erased: 0, problems: [] });
    await again.close();
  });

  it('keeps content unreadable without its key, and every file for the owner alone', async () => {
    await using dir = await tempDir();
    const journal = await openJournal(dir.path, SMALL);
    await journal.append('capture', Buffer.from('a very secret thing'));
    await journal.close();
    for (const name of await readdir(dir.path)) {
      const path = join(dir.path, name);
      expect((await readFile(path)).includes('a very secret thing')).toBe(false);
      if (!name.endsWith('.pub.pem')) expect((await stat(path)).mode & 0o077).toBe(0);
    }
  });

  it('wakes those who wait for an entry beyond a number', async () => {
    await using dir = await tempDir();
    const journal = await openJournal(dir.path, SMALL);
    const signal = AbortSignal.timeout(5000);
    const waiting = journal.waitBeyond(1, signal);
    await fill(journal, 1);
    await expect(Promise.race([waiting.then(() => 'woken'), Promise.resolve('asleep')])).resolves.toBe('asleep');
    await fill(journal, 1);
    await waiting;
    await expect(journal.waitBeyond(9, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
    await journal.close();
  });

  it('refuses an entry that is too large', async () => {
    await using dir = await tempDir();
    const journal = await openJournal(dir.path, SMALL);
    await expect(journal.append('capture', new Uint8Array(8 * 1024 * 1024 + 1))).rejects.toSatisfy((error) =>
      isSundewError(error, 'JOURNAL_UNWRITABLE'),
    );
    await journal.append('capture', randomBytes(8 * 1024 * 1024));
    expect((await journal.read(0, 5))[0]?.content?.length).toBe(8 * 1024 * 1024);
    await journal.close();
  });
});

describe('erasure', () => {
  it('destroys arbitrary entries while the chain still verifies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 12 }), async (seqs) => {
        await using dir = await tempDir();
        const journal = await openJournal(dir.path, SMALL);
        await fill(journal, 40);
        await Promise.all(seqs.map((seq) => journal.erase(seq)));
        expect(await journal.verify()).toEqual({ entries: 40 + seqs.length, erased: seqs.length, problems: [] });
        const entries = await journal.read(0, 40);
        for (const entry of entries) expect(entry.content === undefined).toBe(seqs.includes(entry.seq));
        await journal.close();
        const again = await openJournal(dir.path, SMALL);
        expect((await again.verify()).problems).toEqual([]);
        await again.close();
      }),
      { numRuns: 15 },
    );
  });

  it('refuses numbers that do not exist and records of erasure', async () => {
    await using dir = await tempDir();
    const journal = await openJournal(dir.path, SMALL);
    await fill(journal, 2);
    await journal.erase(1);
    for (const seq of [0, 99, 3, 1.5]) {
      await expect(journal.erase(seq)).rejects.toSatisfy((error) => isSundewError(error, 'NOT_FOUND'));
    }
    await journal.close();
  });

  it('is finished at the next start when a crash interrupted it', async () => {
    await using dir = await tempDir();
    const journal = await openJournal(dir.path, SMALL);
    await fill(journal, 3);
    await journal.close();
    await appendFile(join(dir.path, 'erasure.pending'), JSON.stringify({ erased: [2] }));
    const again = await openJournal(dir.path, SMALL);
    expect((await again.read(1, 1))[0]?.content).toBeUndefined();
    expect(await again.verify()).toEqual({ entries: 4, erased: 1, problems: [] });
    expect(await readdir(dir.path)).not.toContain('erasure.pending');
    await again.close();
  });
});

describe('recovery', () => {
  it('cuts off a torn tail of any length, keeps it aside and goes on', async () => {
    await using dir = await tempDir();
    const name = join(dir.path, '000000000000001.log');
    let journal = await openJournal(dir.path, SMALL);
    await fill(journal, 3);
    await abandon(journal, dir.path);
    for (const cut of [1, 50, 101, 105]) {
      journal = await openJournal(dir.path, SMALL);
      const before = journal.last;
      await journal.append('capture', Buffer.from('torn'));
      await abandon(journal, dir.path);
      await truncate(name, (await stat(name)).size - cut);
      const again = await openJournal(dir.path, SMALL);
      expect(again.last).toBe(before);
      expect(await again.append('capture', Buffer.from('next'))).toBe(before + 1);
      expect((await again.verify()).problems).toEqual([]);
      await abandon(again, dir.path);
    }
    expect((await readdir(dir.path)).filter((file) => file.endsWith('.torn')).length).toBeGreaterThan(0);
  });

  it('cuts off bytes that are no record and contents that never arrived', async () => {
    await using dir = await tempDir();
    const name = join(dir.path, '000000000000001.log');
    const journal = await openJournal(dir.path, SMALL);
    await fill(journal, 3);
    await abandon(journal, dir.path);
    await appendFile(name, randomBytes(300));
    const again = await openJournal(dir.path, SMALL);
    expect(again.last).toBe(3);
    await abandon(again, dir.path);
    await truncate(name, (await stat(name)).size - 4);
    await appendFile(name, new Uint8Array(4));
    const third = await openJournal(dir.path, SMALL);
    expect(third.last).toBe(2);
    expect((await third.verify()).problems).toEqual([]);
    await third.close();
  });

  it('begins a segment anew whose header never arrived', async () => {
    await using dir = await tempDir();
    const journal = await openJournal(dir.path, SMALL);
    await fill(journal, 16);
    await fill(journal, 1);
    await abandon(journal, dir.path);
    await truncate(join(dir.path, '000000000000017.log'), 11);
    const again = await openJournal(dir.path, SMALL);
    expect(again.last).toBe(16);
    expect(await again.append('capture', Buffer.from('x'))).toBe(17);
    expect((await again.verify()).problems).toEqual([]);
    await again.close();
  });

  it('refuses to cut off what a signed head knows', async () => {
    await using dir = await tempDir();
    const journal = await openJournal(dir.path, SMALL);
    await fill(journal, 3);
    await journal.close();
    const name = join(dir.path, '000000000000001.log');
    await truncate(name, (await stat(name)).size - 10);
    await expect(openJournal(dir.path, SMALL)).rejects.toSatisfy((error) => isSundewError(error, 'JOURNAL_CORRUPT'));
  });
});

describe('reading what was just written', () => {
  it('gives the same entries as the files do, and none of what was erased meanwhile', async () => {
    await using dir = await tempDir();
    const journal = await openJournal(dir.path, SMALL);
    await fill(journal, 40);
    const plain = async () =>
      (await journal.read(0, 40)).map(({ content, commitment, ...rest }) => ({
        ...rest,
        content: text(content),
        commitment: Buffer.from(commitment).toString('hex'),
      }));
    const fromMemory = await plain();
    expect(fromMemory).toHaveLength(40);
    expect(await plain()).toEqual(fromMemory); // the first reading took them out of the memory
    await fill(journal, 5);
    await journal.erase(43);
    expect((await journal.read(40, 5)).map((entry) => text(entry.content))).toEqual([
      'content 0',
      'content 1',
      undefined,
      'content 3',
      'content 4',
    ]);
    await journal.close();
  });
});
