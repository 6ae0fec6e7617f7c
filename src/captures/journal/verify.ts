// Checks a journal end to end from its files alone: chain, commitments, contents, erasures, signed heads.
import { SeqSet } from './bitset.ts';
import { erasedBy } from './erasure.ts';
import { chainHash, commitmentOf, HASH_BYTES, SLOT_BYTES } from './format.ts';
import { type Head, readHeads } from './head.ts';
import { listSegments } from './load.ts';
import { openForReading } from './reading.ts';
import type { ScannedRecord } from './scanner.ts';
import { isWiped, saltOf, unseal } from './seal.ts';

const MAX_PROBLEMS = 1000;

export interface JournalCheck {
  readonly entries: number;
  readonly erased: number;
  /** One sentence each, at most 1,000; empty when all is well. */
  readonly problems: readonly string[];
}

interface State {
  readonly heads: ReadonlyMap<number, Head>;
  readonly wiped: SeqSet;
  readonly erasures: SeqSet;
  readonly problems: string[];
  entries: number;
  next: number;
  hash: Uint8Array;
}

function report(state: State, problem: string): void {
  if (state.problems.length < MAX_PROBLEMS) state.problems.push(problem);
}

/** Verifies the journal of a directory up to entry `upTo`. `erasing` are entries being erased just now. */
export async function verifyJournal(
  dir: string,
  upTo = Number.MAX_SAFE_INTEGER,
  erasing = new SeqSet(),
): Promise<JournalCheck> {
  const { heads, forged } = await readHeads(dir);
  const state: State = {
    heads: new Map(heads.map((head) => [head.seq, head])),
    wiped: new SeqSet(),
    erasures: new SeqSet(),
    problems: [],
    entries: 0,
    next: 1,
    hash: new Uint8Array(HASH_BYTES),
  };
  if (forged > 0) report(state, `${forged} signed heads do not verify`);
  for (const first of await listSegments(dir)) {
    if (first > upTo) break;
    await verifySegment(dir, first, upTo, state);
  }
  const signed = Math.max(0, ...heads.map((head) => head.seq));
  if (signed >= state.next) report(state, `entries ${state.next} to ${signed} are missing: a signed head knows them`);
  for (const seq of state.wiped) {
    if (!state.erasures.has(seq) && !erasing.has(seq))
      report(state, `entry ${seq}: key wiped without a record of erasure`);
  }
  for (const seq of state.erasures) {
    if (seq < state.next && !state.wiped.has(seq) && !erasing.has(seq)) {
      report(state, `entry ${seq}: recorded as erased, but its key is there`);
    }
  }
  return { entries: state.entries, erased: state.wiped.size, problems: state.problems };
}

async function verifySegment(dir: string, first: number, upTo: number, state: State): Promise<void> {
  const opened = await openForReading(dir, first).catch(() => undefined);
  if (opened === undefined) {
    report(state, `segment ${first}: header or key file damaged or missing`);
    return;
  }
  await using segment = opened;
  if (first !== state.next) report(state, `entries ${state.next} to ${first - 1} are missing`);
  else if (!Buffer.from(segment.header.previous).equals(state.hash)) {
    report(state, `segment ${first}: does not continue the one before`);
  }
  state.next = first;
  state.hash = segment.header.hash;
  const scanner = segment.scan();
  for (let records = await scanner.next(); records.length > 0; records = await scanner.next()) {
    const slots = await segment.readSlots(state.next, records.length);
    for (const [at, record] of records.entries()) {
      if (record.header.seq > upTo) return;
      if (record.header.seq !== state.next) {
        report(state, `entry ${state.next}: numbered ${record.header.seq}`);
        return;
      }
      verifyRecord(record, slots.subarray(at * SLOT_BYTES, (at + 1) * SLOT_BYTES), state);
    }
  }
  if (scanner.broken)
    report(state, `segment ${first}: no record at byte ${scanner.offset}, after entry ${state.next - 1}`);
}

function verifyRecord({ header, headerBytes, ciphertext }: ScannedRecord, slot: Buffer, state: State): void {
  const { seq } = header;
  if (!Buffer.from(chainHash(state.hash, headerBytes)).equals(header.hash)) report(state, `entry ${seq}: chain broken`);
  state.hash = Buffer.from(header.hash);
  state.next = seq + 1;
  state.entries += 1;
  const head = state.heads.get(seq);
  if (head !== undefined && head.hash !== Buffer.from(header.hash).toString('hex')) {
    report(state, `entry ${seq}: not the one that was signed`);
  }
  if (slot.length < SLOT_BYTES) {
    report(state, `entry ${seq}: key missing`);
    return;
  }
  if (isWiped(slot)) {
    state.wiped.add(seq);
    return;
  }
  const content = unseal(slot, header.tag, ciphertext);
  if (content === undefined) report(state, `entry ${seq}: content or key changed`);
  else if (!Buffer.from(commitmentOf(saltOf(slot), content)).equals(header.commitment)) {
    report(state, `entry ${seq}: content is not what was committed to`);
  } else if (header.type === 'erasure') for (const erased of erasedBy(content)) state.erasures.add(erased);
}
