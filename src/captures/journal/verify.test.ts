import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SILENT } from '../../core/clock.ts';
import { REAL_CLOCK } from '../../decoys/testing/real-clock.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { openJournal } from './journal.ts';
import { verifyJournal } from './verify.ts';

const OPTIONS = { clock: REAL_CLOCK, log: SILENT, sensor: 'edge-1', segmentSlots: 8 };

async function makeJournal(dir: string): Promise<void> {
  const journal = await openJournal(dir, OPTIONS);
  for (let at = 0; at < 20; at += 1) await journal.append('capture', Buffer.from(`message number ${at}`));
  await journal.close();
}

describe('verifyJournal', () => {
  it('finds any flipped bit in any log and in any used key slot', async () => {
    await using dir = await tempDir();
    await makeJournal(dir.path);
    expect(await verifyJournal(dir.path)).toEqual({ entries: 20, erased: 0, problems: [] });
    const files = ['000000000000001', '000000000000009', '000000000000017'];
    const place = fc.tuple(
      fc.constantFrom(...files),
      fc.constantFrom('log', 'keys'),
      fc.double({ min: 0, max: 0.9999, noNaN: true }),
      fc.nat(7),
    );
    await fc.assert(
      fc.asyncProperty(place, async ([stem, kind, where, bit]) => {
        const path = join(dir.path, `${stem}.${kind}`);
        const whole = await readFile(path);
        const used = kind === 'log' ? whole.length : (stem === '000000000000017' ? 4 : 8) * 64;
        const flipped = Buffer.from(whole);
        const at = Math.floor(where * used);
        flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << bit), at);
        await writeFile(path, flipped);
        expect((await verifyJournal(dir.path)).problems).not.toEqual([]);
        await writeFile(path, whole);
      }),
      { numRuns: 300 },
    );
    expect((await verifyJournal(dir.path)).problems).toEqual([]);
  });

  it('finds a missing segment at the start, in the middle and at the end', async () => {
    for (const stem of ['000000000000001', '000000000000009', '000000000000017']) {
      await using dir = await tempDir();
      await makeJournal(dir.path);
      await rm(join(dir.path, `${stem}.log`));
      expect((await verifyJournal(dir.path)).problems.join()).toMatch(/missing/);
    }
  });

  it('finds a key that was wiped without a record of erasure', async () => {
    await using dir = await tempDir();
    await makeJournal(dir.path);
    const path = join(dir.path, '000000000000001.keys');
    const keys = await readFile(path);
    keys.fill(0, 64, 128);
    await writeFile(path, keys);
    expect((await verifyJournal(dir.path)).problems).toEqual(['entry 2: key wiped without a record of erasure']);
  });

  it('finds heads that are not signed with the key', async () => {
    await using dir = await tempDir();
    await makeJournal(dir.path);
    const path = join(dir.path, 'heads.ndjson');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"seq":20', '"seq":19'));
    expect((await verifyJournal(dir.path)).problems).toEqual(['1 signed heads do not verify']);
  });
});
