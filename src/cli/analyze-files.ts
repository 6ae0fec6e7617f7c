// `sundew analyze`: the analysis alone, streaming: constant memory, input order, campaigns across the input.
import type { Readable } from 'node:stream';
import { toVerdict } from '../analysis/analyze.ts';
import { createClusterer } from '../analysis/cluster/clusterer.ts';
import { openAnalysisPool } from '../analysis/pool/pool.ts';
import { type CaptureLine, readCaptureFile } from '../captures/capture-file.ts';
import type { Capture } from '../core/capture.ts';
import { messageOf } from '../core/error.ts';
import { shippedSignatures } from '../knowledge/shipped-signatures.ts';

const BATCH = 256;

export interface AnalyzeInput {
  readonly name: string;
  open(): Readable;
}

export interface AnalyzeOutput {
  out(line: string): Promise<void>;
  err(line: string): void;
}

/** Writes one verdict a capture. @returns how many lines were refused */
export async function analyzeFiles(inputs: readonly AnalyzeInput[], output: AnalyzeOutput): Promise<number> {
  const clusterer = createClusterer();
  const pool = await openAnalysisPool({ workers: 0, signatures: await shippedSignatures() });
  let refused = 0;
  const flush = async (captures: readonly Capture[]): Promise<void> => {
    const analyses = await pool.analyzeBatch(captures);
    for (const [at, analysis] of analyses.entries()) {
      const capture = captures[at];
      if (capture === undefined) continue;
      await output.out(JSON.stringify(toVerdict({ analysis, cluster: clusterer.assign(capture, analysis) })));
    }
  };
  try {
    for (const input of inputs) {
      let batch: Capture[] = [];
      for await (const item of readCaptureFile(input.open(), { sensor: 'file' })) {
        if (isRefused(item)) {
          refused += 1;
          output.err(`${input.name}: ${messageOf(item.error)}`); // it names the line
          continue;
        }
        batch.push(item.capture);
        if (batch.length >= BATCH) {
          await flush(batch);
          batch = [];
        }
      }
      await flush(batch);
    }
  } finally {
    await pool.close();
  }
  return refused;
}

function isRefused(item: CaptureLine): item is Extract<CaptureLine, { error: unknown }> {
  return 'error' in item;
}
