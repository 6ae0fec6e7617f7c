// What the pool and its workers say to each other. Captures and analyses travel as JSON: structured cloning takes three times
// as long over them. Signatures of texts travel in one transferred array.
import type { Capture } from '../../core/capture.ts';
import { MINHASH_SIZE } from '../fingerprint/minhash.ts';
import type { Analysis, Fingerprint, ThreatSignature } from '../types.ts';

/** Given to a worker at its start; the counter says which capture of the batch it is at. */
export interface WorkerStart {
  readonly progress: SharedArrayBuffer;
  readonly signatures: readonly ThreatSignature[];
}

export type ToWorker =
  | { readonly type: 'signatures'; readonly signatures: readonly ThreatSignature[] }
  | PackedCaptures;

export type FromWorker = PackedAnalyses | { readonly type: 'failed'; readonly at: number; readonly message: string };

export interface PackedCaptures {
  readonly type: 'batch';
  /** `Capture[]`, as JSON. */
  readonly captures: string;
}

export interface PackedAnalyses {
  readonly type: 'done';
  /** `Bare[]`, as JSON. */
  readonly analyses: string;
  /** End to end; a capture without a signature has no place in it. */
  readonly minhashes: Uint32Array;
}

/** An analysis that says whether it has a signature, not which. */
type Bare = Omit<Analysis, 'fingerprint'> & {
  readonly fingerprint: Omit<Fingerprint, 'minhash'> & { readonly minhash: boolean };
};

export function packCaptures(captures: readonly Capture[]): PackedCaptures {
  return { type: 'batch', captures: JSON.stringify(captures) };
}

/** The opposite of `packCaptures`; what comes from the other side of a pool is trusted. */
export function unpackCaptures({ captures }: PackedCaptures): readonly Capture[] {
  return JSON.parse(captures) as Capture[];
}

/** Takes the MinHash arrays out of the analyses and puts them end to end. */
export function packAnalyses(analyses: readonly Analysis[]): PackedAnalyses {
  const signed = analyses.filter(({ fingerprint }) => fingerprint.minhash.length > 0);
  const minhashes = new Uint32Array(signed.length * MINHASH_SIZE);
  for (const [at, { fingerprint }] of signed.entries()) minhashes.set(fingerprint.minhash, at * MINHASH_SIZE);
  const bare = analyses.map((analysis): Bare => {
    const { fingerprint } = analysis;
    return { ...analysis, fingerprint: { ...fingerprint, minhash: fingerprint.minhash.length > 0 } };
  });
  return { type: 'done', analyses: JSON.stringify(bare), minhashes };
}

/** The opposite of `packAnalyses`. Each array gets memory of its own, since the clusterer keeps some for long. */
export function unpackAnalyses({ analyses, minhashes }: PackedAnalyses): Analysis[] {
  let from = 0;
  return (JSON.parse(analyses) as Bare[]).map((bare) => {
    const to = bare.fingerprint.minhash ? from + MINHASH_SIZE : from;
    const minhash = minhashes.slice(from, to);
    from = to;
    return { ...bare, fingerprint: { ...bare.fingerprint, minhash } };
  });
}
