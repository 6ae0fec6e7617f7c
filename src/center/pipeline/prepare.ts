// The parallel half of the pipeline: entries of the journal → captures → analyses. Touches no table.
import { hash } from 'node:crypto';
import type { Examined } from '../../analysis/files/judge.ts';
import type { FileTriage } from '../../analysis/files/sandbox/sandbox.ts';
import { analyzeEach } from '../../analysis/pool/analyze-each.ts';
import type { AnalysisPool } from '../../analysis/pool/pool.ts';
import type { Analysis } from '../../analysis/types.ts';
import { decodeCaptureEntry } from '../../captures/entry.ts';
import type { Capture } from '../../core/capture.ts';
import { SundewError } from '../../core/error.ts';
import type { Journal, JournalEntry } from '../../core/journal.ts';
import { type Measure, timed } from './stage-time.ts';

/** Where an entry of the pipeline went wrong; kept in the dead-letter table under this name. */
export const STAGES = ['decode', 'analyse', 'project'] as const;
export type Stage = (typeof STAGES)[number];

export interface Prepared {
  readonly seq: number;
  readonly capture: Capture;
  readonly analysis: Analysis;
}

export interface Failed {
  readonly seq: number;
  readonly stage: Stage;
  readonly capture?: string;
  readonly cause: unknown;
}

export interface Batch {
  readonly prepared: readonly Prepared[];
  readonly failed: readonly Failed[];
  /** Number of the last journal entry that the batch covers. */
  readonly last: number;
}

/** A batch as it was read. */
export interface FreshBatch extends Batch {
  /** Of the entries' content. */
  readonly bytes: number;
}

export interface PrepareParts {
  readonly journal: Journal;
  readonly pool: AnalysisPool;
  /** Where content of files is looked into. */
  readonly files?: FileTriage | undefined;
  readonly measure?: Measure | undefined;
}

interface Decoded {
  readonly seq: number;
  readonly capture: Examined;
}

interface Read extends Decoded {
  readonly raw: Uint8Array;
}

/** Reads, decodes and analyses up to `limit` entries beyond `after`; waits until there is one. */
export async function prepareBatch(
  from: PrepareParts,
  after: number,
  limit: number,
  signal: AbortSignal,
): Promise<FreshBatch> {
  const { journal, pool, files, measure } = from;
  await journal.waitBeyond(after, signal);
  const failed: Failed[] = [];
  const { last, bytes, decoded } = await timed(measure, 'read', async () => {
    const entries = await journal.read(after, limit);
    return {
      last: entries.at(-1)?.seq ?? after,
      bytes: entries.reduce((sum, { content }) => sum + (content?.length ?? 0), 0),
      decoded: entries.flatMap((entry) => decodeEntry(entry, failed)),
    };
  });
  const examined = await timed(measure, 'triage', () => Promise.all(decoded.map((one) => examine(files, one))));
  return { prepared: await timed(measure, 'analyse', () => analyseAll(pool, examined, failed)), failed, last, bytes };
}

function decodeEntry(entry: JournalEntry, failed: Failed[]): readonly Read[] {
  if (entry.type !== 'capture' || entry.content === undefined) return []; // what was erased stays erased
  try {
    return [{ seq: entry.seq, ...decodeCaptureEntry(entry.content) }];
  } catch (cause) {
    failed.push({ seq: entry.seq, stage: 'decode', cause });
    return [];
  }
}

/** A capture of a file, with what is found in its content: the bytes beside it are that only when their hash says so. */
async function examine(files: FileTriage | undefined, { seq, capture, raw }: Read): Promise<Decoded> {
  const { file } = capture;
  if (files === undefined || capture.kind !== 'file' || file?.sha256 === undefined) return { seq, capture };
  if (hash('sha256', raw, 'hex') !== file.sha256) return { seq, capture };
  return { seq, capture: { ...capture, contents: await files.triage(raw, file) } };
}

/** One capture that cannot be analysed must not hold up the others. */
async function analyseAll(
  pool: AnalysisPool,
  decoded: readonly Decoded[],
  failed: Failed[],
): Promise<readonly Prepared[]> {
  const results = await analyzeEach(
    pool,
    decoded.map(({ capture }) => capture),
  );
  return decoded.flatMap(({ seq, capture: { contents: _, ...capture } }, at) => {
    const result = results[at];
    if (result instanceof SundewError) failed.push({ seq, stage: 'analyse', capture: capture.id, cause: result });
    return result === undefined || result instanceof SundewError ? [] : [{ seq, capture, analysis: result }];
  });
}
