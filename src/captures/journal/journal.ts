// The evidence journal of one sensor (DESIGN 2, captures; docs/captures.md): append-only, group-committed, erasable.
import type { KeyObject } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Log } from '../../core/clock.ts';
import { messageOf, SundewError } from '../../core/error.ts';
import type { Journal, JournalEntry, JournalType } from '../../core/journal.ts';
import { SeqSet } from './bitset.ts';
import { Committer } from './committer.ts';
import { encodeErasure, erasedBy } from './erasure.ts';
import { storeError, syncDirectory } from './files.ts';
import { MAX_CONTENT_BYTES, SLOT_BYTES } from './format.ts';
import { appendHead, openSigningKey, readHeads } from './head.ts';
import { listSegments, loadSegment } from './load.ts';
import { openActive, SEGMENT_SLOTS } from './open-active.ts';
import { RecentEntries } from './recent.ts';
import { createSealer, isWiped, type Sealed, unseal } from './seal.ts';
import { createSegment, type Segment } from './segment.ts';
import { type JournalCheck, verifyJournal } from './verify.ts';
import { Waiters } from './waiters.ts';

const SEGMENT_BYTES = 64 * 1024 * 1024;
/** One `read` returns at most so much content, whatever its limit. */
const MAX_READ_BYTES = 16 * 1024 * 1024;
const HEAD_EVERY_MS = 10 * 60_000;
const PENDING_ERASURE = 'erasure.pending';

export interface JournalOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly sensor: string;
  /** Entries and log bytes of a segment; for tests. */
  readonly segmentSlots?: number;
  readonly segmentBytes?: number;
}

/** The journal with what only its owner does. */
export interface EvidenceJournal extends Journal {
  /** Erases many at once. @throws SundewError NOT_FOUND for a number that does not exist or is a record of erasure */
  eraseAll(seqs: readonly number[]): Promise<void>;
  /** Checks everything from the files. */
  verify(): Promise<JournalCheck>;
  /** Waits for what is being written, signs the head, closes the files. */
  close(): Promise<void>;
}

/**
 * Opens the journal of a directory, mending what a crash left. One process at a time: the data directory's lock sees to it.
 * @throws SundewError JOURNAL_UNWRITABLE, STORE_FULL, JOURNAL_CORRUPT
 */
export async function openJournal(dir: string, options: JournalOptions): Promise<EvidenceJournal> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const key = await openSigningKey(dir);
    const signed = Math.max(0, ...(await readHeads(dir)).heads.map((head) => head.seq));
    const firsts = await listSegments(dir);
    const active = await openActive(dir, firsts, signed, options);
    const journal = new FileJournal(dir, options, key, firsts, active);
    await journal.finishErasure();
    return journal;
  } catch (error) {
    throw storeError(error, `the evidence journal in ${dir}`);
  }
}

class FileJournal implements EvidenceJournal {
  readonly #dir: string;
  readonly #options: JournalOptions;
  readonly #key: KeyObject;
  readonly #seal: (content: Uint8Array) => Sealed;
  readonly #firsts: number[];
  readonly #committer: Committer;
  readonly #waiters = new Waiters();
  readonly #erasing = new SeqSet();
  readonly #recent = new RecentEntries();
  #active: Segment;
  /** The older segment that was read last. */
  #older: Segment | undefined;
  #headAt: number;
  #headSeq: number;
  #tail: Promise<unknown> = Promise.resolve();
  #erasures: Promise<unknown> = Promise.resolve();

  constructor(dir: string, options: JournalOptions, key: KeyObject, firsts: number[], active: Segment) {
    this.#dir = dir;
    this.#options = options;
    this.#key = key;
    this.#firsts = firsts;
    this.#active = active;
    this.#seal = createSealer();
    this.#headAt = options.clock.now().getTime();
    this.#headSeq = active.last;
    this.#committer = new Committer(
      {
        writable: () => this.#writable(),
        committed: (first, group) => {
          this.#recent.add(first, group);
          this.#waiters.advance(this.last);
        },
      },
      `the evidence journal in ${dir}`,
    );
  }

  get last(): number {
    return this.#active.last;
  }

  async append(type: JournalType, content: Uint8Array): Promise<number> {
    if (content.length > MAX_CONTENT_BYTES) {
      throw new SundewError(
        'JOURNAL_UNWRITABLE',
        `an entry of ${content.length} bytes; ${MAX_CONTENT_BYTES} is the most`,
      );
    }
    return await this.#committer.append({
      ...this.#seal(content),
      type,
      atMs: this.#options.clock.now().getTime(),
      content,
    });
  }

  /** Reads one after the other: the older segment that is open belongs to one reader at a time. */
  async read(after: number, limit: number): Promise<readonly JournalEntry[]> {
    return await this.#alone(async () => {
      const entries: JournalEntry[] = [];
      let budget = MAX_READ_BYTES;
      let next = Math.max(1, after + 1);
      while (entries.length < limit && next <= this.last && budget > 0) {
        const room = limit - entries.length;
        const recent = this.#recent.take(next, room);
        const read = recent.length > 0 ? recent : await this.#readFrom(await this.#segmentOf(next), next, room, budget);
        if (read.length === 0) break;
        entries.push(...read);
        for (const entry of read) budget -= entry.content?.length ?? 0;
        next += read.length;
      }
      return entries;
    });
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work);
    this.#tail = result.catch(() => undefined);
    return await result;
  }

  async #segmentOf(seq: number): Promise<Segment> {
    if (seq >= this.#active.first) return this.#active;
    if (this.#older !== undefined && seq >= this.#older.first && seq <= this.#older.last) return this.#older;
    const first = this.#firsts.findLast((candidate) => candidate <= seq) ?? 1;
    await this.#older?.close();
    this.#older = undefined;
    this.#older = (await loadSegment(this.#dir, first))?.segment;
    if (this.#older === undefined || seq > this.#older.last) {
      throw new SundewError(
        'JOURNAL_CORRUPT',
        `entry ${seq} of the journal in ${this.#dir} cannot be read; run "sundew evidence verify"`,
      );
    }
    return this.#older;
  }

  async #readFrom(segment: Segment, from: number, limit: number, budget: number): Promise<JournalEntry[]> {
    const scanner = segment.scan(from);
    const entries: JournalEntry[] = [];
    let left = budget;
    for (let records = await scanner.next(); records.length > 0; records = await scanner.next()) {
      const wanted = records.filter((record) => record.header.seq >= from).slice(0, limit - entries.length);
      const slots = await segment.readSlots(wanted[0]?.header.seq ?? from, wanted.length);
      for (const [at, { header, ciphertext }] of wanted.entries()) {
        const slot = slots.subarray(at * SLOT_BYTES, (at + 1) * SLOT_BYTES);
        const content = isWiped(slot) ? undefined : unseal(slot, header.tag, ciphertext);
        if (content === undefined && !isWiped(slot)) {
          this.#options.log.error({ seq: header.seq }, 'journal: an entry is damaged; run "sundew evidence verify"');
        }
        const { seq, type } = header;
        const at8601 = new Date(header.atMs).toISOString();
        entries.push({ seq, at: at8601, type, commitment: new Uint8Array(header.commitment), content });
        left -= ciphertext.length;
        if (left <= 0) return entries;
      }
      if (entries.length >= limit) break;
    }
    return entries;
  }

  async waitBeyond(after: number, signal: AbortSignal): Promise<void> {
    if (this.last <= after) await this.#waiters.wait(after, signal);
  }

  async #writable(): Promise<Segment> {
    const segment = this.#active;
    const now = this.#options.clock.now().getTime();
    const full = segment.count >= segment.slots || segment.position >= (this.#options.segmentBytes ?? SEGMENT_BYTES);
    if (full || now - this.#headAt >= HEAD_EVERY_MS) await this.#signHead(segment);
    if (!full) return segment;
    await segment.cutFailedWrite();
    const next = await createSegment(this.#dir, {
      first: segment.last + 1,
      sensor: this.#options.sensor,
      previous: segment.hash,
      slots: this.#options.segmentSlots ?? SEGMENT_SLOTS,
    });
    await this.#alone(async () => {
      await this.#older?.close();
      this.#older = segment;
      this.#firsts.push(next.first);
      this.#active = next;
    });
    return next;
  }

  async #signHead(segment: Segment): Promise<void> {
    const at = this.#options.clock.now();
    this.#headAt = at.getTime();
    if (segment.last <= this.#headSeq) return;
    const hash = Buffer.from(segment.hash).toString('hex');
    try {
      await appendHead(this.#dir, this.#key, { seq: segment.last, at: at.toISOString(), hash });
      this.#headSeq = segment.last;
    } catch (error) {
      // A head more or less: the chain holds without it, and a full disk must not stop what still has room.
      this.#options.log.warn({ cause: messageOf(error) }, 'journal: could not write a signed head');
    }
  }

  async erase(seq: number): Promise<void> {
    await this.eraseAll([seq]);
  }

  /** One erasure at a time: there is one file that remembers what is pending. */
  async eraseAll(seqs: readonly number[]): Promise<void> {
    const result = this.#erasures.then(async () => await this.#eraseNow(seqs));
    this.#erasures = result.catch(() => undefined);
    await result;
  }

  async #eraseNow(seqs: readonly number[]): Promise<void> {
    for (const seq of seqs) {
      const [entry] = seq >= 1 && Number.isSafeInteger(seq) ? await this.read(seq - 1, 1) : [];
      if (entry === undefined || entry.type === 'erasure') {
        throw new SundewError('NOT_FOUND', `the journal has no entry ${seq} that can be erased`);
      }
    }
    const content = encodeErasure(seqs);
    try {
      await writeFile(join(this.#dir, PENDING_ERASURE), content, { mode: 0o600, flush: true });
      await syncDirectory(this.#dir);
    } catch (error) {
      throw storeError(error, `the erasure in ${this.#dir}`);
    }
    for (const seq of seqs) this.#erasing.add(seq);
    await this.append('erasure', content);
    await this.#wipe(seqs);
  }

  async #wipe(seqs: readonly number[]): Promise<void> {
    await this.#alone(async () => {
      this.#recent.clear();
      for (const seq of seqs) await (await this.#segmentOf(seq)).wipe([seq]);
    });
    await rm(join(this.#dir, PENDING_ERASURE), { force: true });
  }

  /** An erasure that a crash interrupted is done again: record, then keys. */
  async finishErasure(): Promise<void> {
    const content = await readFile(join(this.#dir, PENDING_ERASURE)).catch(() => undefined);
    if (content === undefined) return;
    const seqs = erasedBy(content).filter((seq) => seq <= this.last);
    if (seqs.length > 0) await this.append('erasure', encodeErasure(seqs));
    await this.#wipe(seqs);
  }

  async verify(): Promise<JournalCheck> {
    return await verifyJournal(this.#dir, this.last, this.#erasing);
  }

  async close(): Promise<void> {
    await this.#erasures;
    await this.#committer.close();
    await this.#alone(async () => {
      await this.#active.cutFailedWrite();
      await this.#signHead(this.#active);
      await this.#older?.close();
      await this.#active.close();
    });
  }
}
