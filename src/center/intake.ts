// Replays: captures of a file → journal → the same pipeline that live captures take. A line counts once it is durable.
import type { Readable } from 'node:stream';
import { readCaptureFile } from '../captures/capture-file.ts';
import { encodeCaptureEntry } from '../captures/entry.ts';
import type { Capture } from '../core/capture.ts';
import { messageOf } from '../core/error.ts';
import { markReplayed } from './pipeline/replay-mark.ts';
import type { RealmParts } from './realm.ts';

/** Appends on their way to the disk at once. */
const IN_FLIGHT = 1_024;
const PROGRESS_EVERY_MS = 250;

export interface IntakeOptions {
  readonly alert: boolean;
  readonly sensor: string;
  /** Where a capture belongs; simulated ones never touch the live realm. */
  realmOf(capture: Capture): Promise<RealmParts>;
  readonly now: () => Date;
}

/** One line of the answer of POST /api/v1/replay (NDJSON). */
export type IntakeLine =
  | { readonly journaled: number }
  | { readonly line: number; readonly error: string }
  | {
      readonly done: true;
      readonly journaled: number;
      readonly stored: number;
      readonly known: number;
      readonly invalid: number;
    }
  | { readonly failed: string; readonly journaled: number };

interface Touched {
  readonly realm: RealmParts;
  readonly knownBefore: number;
  last: number;
}

/** Takes a stream of NDJSON (gzip too) in; yields progress, refused lines, and at the end what became of it. */
export async function* takeIn(stream: Readable, options: IntakeOptions): AsyncGenerator<IntakeLine, void, undefined> {
  const touched = new Map<RealmParts, Touched>();
  const pending = new Set<Promise<void>>();
  let journaled = 0;
  let invalid = 0;
  let failure: unknown;
  let reported = options.now().getTime();

  const append = async (capture: Capture, raw: Uint8Array): Promise<void> => {
    const realm = await options.realmOf(capture);
    const entry = touched.get(realm) ?? { realm, knownBefore: realm.pipeline.known, last: 0 };
    touched.set(realm, entry);
    const marked = markReplayed(capture, options.alert ? 'alert' : 'quiet');
    const task = realm.journal
      .append('capture', encodeCaptureEntry(marked, raw))
      .then((seq) => {
        journaled += 1;
        entry.last = Math.max(entry.last, seq);
      })
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => pending.delete(task));
    pending.add(task);
  };

  for await (const item of readCaptureFile(stream, { sensor: options.sensor })) {
    if (failure !== undefined) break;
    if ('error' in item) {
      invalid += 1;
      yield { line: item.line, error: messageOf(item.error) };
      continue;
    }
    await append(item.capture, item.raw);
    if (pending.size >= IN_FLIGHT) await Promise.race(pending);
    if (options.now().getTime() - reported >= PROGRESS_EVERY_MS) {
      reported = options.now().getTime();
      yield { journaled };
    }
  }
  await Promise.all(pending);
  if (failure !== undefined) {
    yield { failed: messageOf(failure), journaled };
    return;
  }
  yield { journaled };
  let known = 0;
  for (const { realm, last, knownBefore } of touched.values()) {
    await realm.pipeline.settled(last);
    known += realm.pipeline.known - knownBefore;
  }
  yield { done: true, journaled, stored: Math.max(0, journaled - known), known, invalid };
}
