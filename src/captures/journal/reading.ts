// A segment opened for verification only: nothing in it is believed.
import { type FileHandle, open } from 'node:fs/promises';
import { readFully } from './files.ts';
import { decodeSegmentHeader, MAX_SEGMENT_HEADER_BYTES, type SegmentHeader, SLOT_BYTES } from './format.ts';
import { RecordScanner } from './scanner.ts';
import { segmentFiles } from './segment.ts';

export interface ReadableSegment extends AsyncDisposable {
  readonly header: SegmentHeader;
  scan(): RecordScanner;
  /** The slots of `count` entries from `seq` on; shorter when the key file is. */
  readSlots(seq: number, count: number): Promise<Buffer>;
}

/** Opens a segment read-only; `undefined` when its header does not hold. */
export async function openForReading(dir: string, first: number): Promise<ReadableSegment | undefined> {
  const names = segmentFiles(dir, first);
  const log = await open(names.log, 'r');
  let keys: FileHandle | undefined;
  try {
    keys = await open(names.keys, 'r');
    const bytes = Buffer.alloc(MAX_SEGMENT_HEADER_BYTES);
    const header = decodeSegmentHeader(bytes.subarray(0, await readFully(log, bytes, 0)));
    if (header === undefined || header.first !== first) throw new Error('header damaged');
    const { size } = await log.stat();
    return readable(header, log, keys, size);
  } catch {
    // Missing key file or damaged header: the caller reports the segment as such.
    await log.close();
    await keys?.close();
    return undefined;
  }
}

function readable(header: SegmentHeader, log: FileHandle, keys: FileHandle, size: number): ReadableSegment {
  return {
    header,
    scan: () => new RecordScanner(log, header.bytes, size),
    readSlots: async (seq, count) => {
      const slots = Buffer.alloc(count * SLOT_BYTES);
      return slots.subarray(0, await readFully(keys, slots, (seq - header.first) * SLOT_BYTES));
    },
    [Symbol.asyncDispose]: async () => {
      await log.close();
      await keys.close();
    },
  };
}
