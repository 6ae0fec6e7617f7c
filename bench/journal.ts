// Appends of 500 bytes to the evidence journal, with fsync: node bench/journal.ts [entries] [at once]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../src/captures/journal/journal.ts';
import { SILENT } from '../src/core/clock.ts';
import { REAL_CLOCK } from '../src/decoys/testing/real-clock.ts';

const [entries = '100000', atOnce = '1000'] = process.argv.slice(2);
const dir = await mkdtemp(join(tmpdir(), 'sundew-bench-'));
const journal = await openJournal(dir, { clock: REAL_CLOCK, log: SILENT, sensor: 'bench' });
const content = Buffer.alloc(500, 'x');
async function timed(name: string, count: number, work: () => Promise<void>): Promise<void> {
  const begin = performance.now();
  await work();
  const seconds = (performance.now() - begin) / 1000;
  process.stdout.write(`${name}: ${Math.round(count / seconds)} entries/s\n`);
}
const count = Number(entries);
await timed(`append, ${atOnce} at once`, count, async () => {
  const lane = async (): Promise<void> => {
    for (let at = 0; at < count / Number(atOnce); at += 1) await journal.append('capture', content);
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, lane));
});
await timed('append, one at a time', 500, async () => {
  for (let at = 0; at < 500; at += 1) await journal.append('capture', content);
});
await timed('read', count, async () => {
  for (let after = 0; after < count; after += 1000) await journal.read(after, 1000);
});
await timed('verify', count, async () => {
  const { problems } = await journal.verify();
  if (problems.length > 0) throw new Error(problems.join());
});
await journal.close();
await rm(dir, { recursive: true });
