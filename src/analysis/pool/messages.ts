// What the pool and its workers say to each other. Signatures of texts travel in one transferred array.
import type { Capture } from '../../core/capture.ts';
import { MINHASH_SIZE } from '../fingerprint/minhash.ts';
import type { Analysis, ThreatSignature } from '../types.ts';

/** Given to a worker at its start; the counter says which capture of the batch it is at. */
export interface WorkerStart {
  readonly progress: SharedArrayBuffer;
  readonly signatures: readonly ThreatSignature[];
}

export type ToWorker =
  | { readonly type: 'signatures'; readonly signatures: readonly ThreatSignature[] }
  | { readonly type: 'batch'; readonly captures: readonly Capture[] };

export type FromWorker =
  | { readonly type: 'done'; readonly analyses: readonly Analysis[]; readonly minhashes: Uint32Array }
  | { readonly type: 'failed'; readonly at: number; readonly message: string };

const NONE = new Uint32Array(0);

/** Takes the MinHash arrays out of the analyses and puts them end to end. */
export function packAnalyses(analyses: readonly Analysis[]): Extract<FromWorker, { readonly type: 'done' }> {
  const minhashes = new Uint32Array(analyses.length * (MINHASH_SIZE + 1));
  const bare = analyses.map((analysis, at) => {
    const { minhash } = analysis.fingerprint;
    if (minhash.length === 0) return analysis;
    minhashes[at * (MINHASH_SIZE + 1)] = 1;
    minhashes.set(minhash, at * (MINHASH_SIZE + 1) + 1);
    return { ...analysis, fingerprint: { ...analysis.fingerprint, minhash: NONE } };
  });
  return { type: 'done', analyses: bare, minhashes };
}

/** The opposite of `packAnalyses`. Each array gets memory of its own, since the clusterer keeps some for long. */
export function unpackAnalyses({ analyses, minhashes }: Extract<FromWorker, { readonly type: 'done' }>): Analysis[] {
  return analyses.map((analysis, at) => {
    const from = at * (MINHASH_SIZE + 1);
    if (minhashes[from] !== 1) return analysis;
    const minhash = minhashes.slice(from + 1, from + 1 + MINHASH_SIZE);
    return { ...analysis, fingerprint: { ...analysis.fingerprint, minhash } };
  });
}
