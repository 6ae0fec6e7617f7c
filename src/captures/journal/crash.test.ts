import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { SILENT } from '../../core/clock.ts';
import { REAL_CLOCK } from '../../decoys/testing/real-clock.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { openJournal } from './journal.ts';

const CHILD = fileURLToPath(new URL('./crash.child.ts', import.meta.url));

async function runAndKill(dir: string, ms: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await once(child.stdout, 'data');
  await sleep(ms);
  child.kill('SIGKILL');
  await once(child, 'close');
  const lines = printed.split('\n');
  lines.pop();
  return Math.max(0, ...lines.map(Number));
}

it('loses no acknowledged entry however often it is killed', async () => {
  await using dir = await tempDir();
  let acknowledged = 0;
  for (let round = 0; round < 8; round += 1) {
    acknowledged = Math.max(acknowledged, await runAndKill(dir.path, 20 + round * 17));
    const journal = await openJournal(dir.path, {
      clock: REAL_CLOCK,
      log: SILENT,
      sensor: 'victim',
      segmentSlots: 200,
    });
    expect(journal.last).toBeGreaterThanOrEqual(acknowledged);
    const check = await journal.verify();
    expect(check.problems).toEqual([]);
    expect(check.entries).toBe(journal.last);
    const tail = await journal.read(Math.max(0, acknowledged - 50), 50);
    for (const entry of tail) expect(Buffer.from(entry.content ?? []).toString()).toMatch(/^\d+:\d+:x*$/);
    await journal.close();
  }
  expect(acknowledged).toBeGreaterThan(100);
});
