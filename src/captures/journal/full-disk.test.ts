// A small file system of memory stands for the full disk; mounting one takes root.
import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SILENT } from '../../core/clock.ts';
import { isSundewError } from '../../core/error.ts';
import { REAL_CLOCK } from '../../decoys/testing/real-clock.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { openJournal } from './journal.ts';

function mount(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    // Not root, or no such right here.
    return false;
  }
}

it('acknowledges nothing on a full disk, and goes on unharmed once there is space', async ({ skip }) => {
  await using dir = await tempDir();
  if (!mount(dir.path)) skip('mounting a small file system needs root');
  try {
    const options = { clock: REAL_CLOCK, log: SILENT, sensor: 'edge-1', segmentSlots: 2048 };
    const ballast = join(dir.path, 'ballast');
    await writeFile(ballast, new Uint8Array(1024 * 1024));
    const journal = await openJournal(join(dir.path, 'journal'), options);
    let acknowledged = 0;
    let failure: unknown;
    while (failure === undefined) {
      const group = Array.from({ length: 20 }, () => journal.append('capture', new Uint8Array(3000)));
      for (const result of await Promise.allSettled(group)) {
        if (result.status === 'fulfilled') acknowledged = Math.max(acknowledged, result.value);
        else failure = result.reason;
      }
    }
    expect(isSundewError(failure, 'STORE_FULL')).toBe(true);
    expect(journal.last).toBe(acknowledged);
    await expect(journal.append('capture', new Uint8Array(200_000))).rejects.toMatchObject({ code: 'STORE_FULL' });
    await rm(ballast);
    expect(await journal.append('capture', new Uint8Array(200_000))).toBe(acknowledged + 1);
    expect(await journal.verify()).toMatchObject({ entries: acknowledged + 1, problems: [] });
    await journal.close();
    const again = await openJournal(join(dir.path, 'journal'), options);
    expect(again.last).toBe(acknowledged + 1);
    await again.close();
  } finally {
    execFileSync('umount', [dir.path]);
  }
});
