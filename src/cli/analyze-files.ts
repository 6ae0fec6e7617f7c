// `sundew analyze`: the analysis alone, streaming: constant memory, input order, campaigns across the input. Batches are
// analysed ahead on several cores; they are clustered and written in order, and read no faster than they are written.
import type { Readable } from 'node:stream';
import { toVerdict } from '../analysis/analyze.ts';
import { createClusterer } from '../analysis/cluster/clusterer.ts';
import { analyzeEach } from '../analysis/pool/analyze-each.ts';
import { openAnalysisPool } from '../analysis/pool/pool.ts';
import type { Analysis } from '../analysis/types.ts';
import { readCaptureFile } from '../captures/capture-file.ts';
import type { Capture } from '../core/capture.ts';
import { messageOf, SundewError } from '../core/error.ts';
import { shippedSignatures } from '../knowledge/shipped-signatures.ts';
import type { CampaignReport } from './campaign-report.ts';

const BATCH = 256;
/** Batches under way for each worker: one at work, one that waits for it. */
const AHEAD = 2;

export interface AnalyzeInput {
  readonly name: string;
  open(): Readable;
}

export interface AnalyzeOutput {
  /** Resolves once the reader has taken it. */
  out(line: string): Promise<void>;
  err(line: string): void;
}

export interface AnalyzeOptions {
  /** Threads that analyse; 0 (unless told) does everything in this one. */
  readonly workers?: number;
  /** File of the classifier's model; the shipped one unless told. */
  readonly model?: string | undefined;
  /** Gathers the campaigns of the run. */
  readonly report?: CampaignReport | undefined;
}

/** Captures to be analysed, and lines that were refused, as they stood in the input. */
type Item = { readonly capture: Capture } | { readonly refused: string };

interface Analysed {
  readonly items: readonly Item[];
  readonly analyses: readonly (Analysis | SundewError)[];
}

/**
 * Writes one verdict a capture, the same ones with any number of workers.
 * @returns how many lines and captures were refused
 */
export async function analyzeFiles(
  inputs: readonly AnalyzeInput[],
  output: AnalyzeOutput,
  { workers = 0, model, report }: AnalyzeOptions = {},
): Promise<number> {
  const clusterer = createClusterer();
  await using pool = openAnalysisPool({ workers, model, signatures: await shippedSignatures() });
  const analysed = async (items: readonly Item[]): Promise<Analysed> => {
    const captures = items.flatMap((item) => ('capture' in item ? [item.capture] : []));
    return { items, analyses: await analyzeEach(pool, captures) };
  };
  let refused = 0;
  const write = async ({ items, analyses }: Analysed): Promise<void> => {
    let next = 0;
    for (const item of items) {
      const analysis = 'capture' in item ? analyses[next++] : undefined;
      if ('refused' in item || analysis === undefined || analysis instanceof SundewError) {
        refused += 1;
        output.err('refused' in item ? item.refused : messageOf(analysis));
        continue;
      }
      const cluster = clusterer.assign(item.capture, analysis);
      report?.add({ capture: item.capture, analysis, cluster });
      await output.out(JSON.stringify(toVerdict({ analysis, cluster })));
    }
  };
  for await (const batch of ahead(batches(inputs), analysed, Math.max(1, workers * AHEAD))) await write(batch);
  return refused;
}

async function* batches(inputs: readonly AnalyzeInput[]): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  for (const input of inputs) {
    for await (const line of readCaptureFile(input.open(), { sensor: 'file' })) {
      // The error names the line.
      batch.push('error' in line ? { refused: `${input.name}: ${messageOf(line.error)}` } : { capture: line.capture });
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Works on up to `depth` items at once; results come in order. */
async function* ahead<T, R>(source: AsyncIterable<T>, work: (item: T) => Promise<R>, depth: number): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  for await (const item of source) {
    const result = work(item);
    result.catch(() => undefined); // thrown when its turn comes
    underWay.push(result);
    const first = underWay.length >= depth ? underWay.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const result of underWay) yield await result;
}
