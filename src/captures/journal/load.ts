// Loading a segment from the disk, and cutting off what a crash left half-written at the end of the last one.
import { open, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import { readFully, syncDirectory } from './files.ts';
import { chainHash, decodeSegmentHeader, MAX_CONTENT_BYTES, MAX_SEGMENT_HEADER_BYTES, SLOT_BYTES } from './format.ts';
import type { ScannedRecord } from './scanner.ts';
import { RecordScanner } from './scanner.ts';
import { isWiped, unseal } from './seal.ts';
import { Segment, segmentFiles } from './segment.ts';

/** One group commit writes at most this much to the log, so a torn tail is never longer. */
export const MAX_GROUP_BYTES = 4 * 1024 * 1024;
const MAX_TORN_BYTES = MAX_GROUP_BYTES + MAX_CONTENT_BYTES + 1024;
const NAME = /^(\d{15})\.log$/;

/** First entry numbers of the segments in a directory, in order. */
export async function listSegments(dir: string): Promise<number[]> {
  const firsts: number[] = [];
  for (const name of await readdir(dir)) {
    const digits = NAME.exec(name)?.[1];
    if (digits !== undefined) firsts.push(Number(digits));
  }
  return firsts.sort((a, b) => a - b);
}

/** Opens a segment and reads its records into the books, as far as they chain. `tail` are the last ones. */
export async function loadSegment(
  dir: string,
  first: number,
): Promise<{ segment: Segment; size: number; tail: readonly ScannedRecord[] } | undefined> {
  const names = segmentFiles(dir, first);
  const log = await open(names.log, 'r+');
  const head = Buffer.alloc(MAX_SEGMENT_HEADER_BYTES);
  const header = decodeSegmentHeader(head.subarray(0, await readFully(log, head, 0)));
  if (header === undefined || header.first !== first) {
    await log.close();
    return undefined;
  }
  const keys = await openKeys(names.keys, log);
  const { size } = await log.stat();
  const slots = Math.floor((await keys.stat()).size / SLOT_BYTES);
  const segment = new Segment({ first, log, keys, slots, dataStart: header.bytes, hash: header.hash });
  const scanner = new RecordScanner(log, header.bytes, size);
  let tail: readonly ScannedRecord[] = [];
  for (let records = await scanner.next(); records.length > 0; records = await scanner.next()) {
    for (const record of records) {
      if (record.header.seq !== segment.last + 1) return { segment, size, tail };
      if (!Buffer.from(chainHash(segment.hash, record.headerBytes)).equals(record.header.hash)) {
        return { segment, size, tail };
      }
      segment.note(record.offset, record.end, Buffer.from(record.header.hash));
    }
    tail = records;
  }
  return { segment, size, tail };
}

async function openKeys(path: string, log: { close(): Promise<void> }): ReturnType<typeof open> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    await log.close();
    throw new SundewError(
      'JOURNAL_CORRUPT',
      `the journal's key file ${path} cannot be opened; restore it from a backup`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Loads the last segment for appending. A torn tail is kept aside as `*.torn` and cut off: none of it was acknowledged.
 * @throws SundewError JOURNAL_CORRUPT when what is broken cannot be a torn tail
 */
export async function recoverLast(dir: string, first: number, signed: number, log: Log): Promise<Segment | undefined> {
  const loaded = await loadSegment(dir, first);
  if (loaded === undefined) return await setAside(dir, first, signed, log);
  const { segment, size } = loaded;
  const end = await endOfGood(segment, loaded.tail);
  if (end.position === size) return segment;
  if (size - end.position > MAX_TORN_BYTES || signed > end.last) {
    await segment.close();
    throw new SundewError(
      'JOURNAL_CORRUPT',
      `the journal in ${dir} is damaged after entry ${end.last}, in the midst of what was acknowledged; run "sundew evidence verify" and restore the directory from a backup, or move it away to begin a new one`,
    );
  }
  const torn = Buffer.alloc(size - end.position);
  await readFully(segment.log, torn, end.position);
  await writeFile(`${segmentFiles(dir, first).log}.${end.position}.torn`, torn, { mode: 0o600 });
  await segment.log.truncate(end.position);
  await segment.log.sync();
  log.warn({ segment: first, bytes: torn.length, after: end.last }, 'journal: cut off the torn tail of a crash');
  if (end.last === segment.last) return segment;
  await segment.close();
  return (await loadSegment(dir, first))?.segment;
}

/** A power cut may leave headers whole and contents not: such records at the very end were never acknowledged. */
async function endOfGood(
  segment: Segment,
  tail: readonly ScannedRecord[],
): Promise<{ position: number; last: number }> {
  let end = { position: segment.position, last: segment.last };
  for (const record of tail.toReversed()) {
    if (record.header.seq > segment.last) continue;
    const slot = await segment.readSlots(record.header.seq, 1);
    if (isWiped(slot) || unseal(slot, record.header.tag, record.ciphertext) !== undefined) break;
    end = { position: record.offset, last: record.header.seq - 1 };
  }
  return end;
}

/** A segment whose header never got to the disk holds nothing: it is renamed, and its number is used again. */
async function setAside(dir: string, first: number, signed: number, log: Log): Promise<undefined> {
  const name = segmentFiles(dir, first).log;
  const { size } = await stat(name);
  if (size > MAX_SEGMENT_HEADER_BYTES || signed >= first) {
    throw new SundewError('JOURNAL_CORRUPT', `the header of ${name} is damaged; restore it from a backup`);
  }
  await rename(name, join(`${name}.0.torn`));
  await syncDirectory(dir);
  log.warn({ segment: first }, 'journal: set aside a segment that a crash left without a header');
  return undefined;
}
