// Which segment a journal goes on with when it is opened.
import { HASH_BYTES } from './format.ts';
import type { JournalOptions } from './journal.ts';
import { recoverLast } from './load.ts';
import { createSegment, type Segment } from './segment.ts';

export const SEGMENT_SLOTS = 65_536;

/** The segment to append to. `firsts` is made to match. */
export async function openActive(
  dir: string,
  firsts: number[],
  signed: number,
  options: Pick<JournalOptions, 'log' | 'sensor' | 'segmentSlots'>,
): Promise<Segment> {
  const last = firsts.at(-1);
  if (last !== undefined) {
    const segment = await recoverLast(dir, last, signed, options.log);
    if (segment !== undefined) return segment;
    firsts.pop();
    return await openActive(dir, firsts, signed, options);
  }
  firsts.push(1);
  return await createSegment(dir, {
    first: 1,
    sensor: options.sensor,
    previous: new Uint8Array(HASH_BYTES),
    slots: options.segmentSlots ?? SEGMENT_SLOTS,
  });
}
