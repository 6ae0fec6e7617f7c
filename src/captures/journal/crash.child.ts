// Appends without end and prints each acknowledged number: the victim of crash.test.ts.
import { SILENT } from '../../core/clock.ts';
import { REAL_CLOCK } from '../../decoys/testing/real-clock.ts';
import { openJournal } from './journal.ts';

const [dir = ''] = process.argv.slice(2);
const journal = await openJournal(dir, { clock: REAL_CLOCK, log: SILENT, sensor: 'victim', segmentSlots: 200 });
const LANES = 20;
async function lane(number: number): Promise<never> {
  for (let at = 0; ; at += 1) {
    const seq = await journal.append('capture', Buffer.from(`${number}:${at}:${'x'.repeat(at % 700)}`));
    process.stdout.write(`${seq}\n`);
  }
}
await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
