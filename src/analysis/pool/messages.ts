// What the pool and its workers say to each other. Captures and analyses travel as JSON: structured cloning takes three times
// as long over them. The words of texts travel in one transferred array.
import type { Capture } from '../../core/capture.ts';
import type { Analysis, Fingerprint, ThreatSignature } from '../types.ts';

/** Given to a worker at its start; the counter says which capture of the batch it is at. */
export interface WorkerStart {
  readonly progress: SharedArrayBuffer;
  readonly signatures: readonly ThreatSignature[];
  readonly model: string | undefined;
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
  /** Hashes of the words of all captures, end to end. */
  readonly words: Uint32Array;
}

/** An analysis that says how many words it has, not which. */
type Bare = Omit<Analysis, 'fingerprint'> & {
  readonly fingerprint: Omit<Fingerprint, 'words'> & { readonly words: number };
};

export function packCaptures(captures: readonly Capture[]): PackedCaptures {
  return { type: 'batch', captures: JSON.stringify(captures) };
}

/** The opposite of `packCaptures`; what comes from the other side of a pool is trusted. */
export function unpackCaptures({ captures }: PackedCaptures): readonly Capture[] {
  return JSON.parse(captures) as Capture[];
}

/** Takes the words out of the analyses and puts them end to end. */
export function packAnalyses(analyses: readonly Analysis[]): PackedAnalyses {
  const words = new Uint32Array(analyses.reduce((sum, { fingerprint }) => sum + fingerprint.words.length, 0));
  let from = 0;
  const bare = analyses.map((analysis): Bare => {
    const { fingerprint } = analysis;
    words.set(fingerprint.words, from);
    from += fingerprint.words.length;
    return { ...analysis, fingerprint: { ...fingerprint, words: fingerprint.words.length } };
  });
  return { type: 'done', analyses: JSON.stringify(bare), words };
}

/** The opposite of `packAnalyses`; the words of all share one buffer. */
export function unpackAnalyses({ analyses, words }: PackedAnalyses): Analysis[] {
  let from = 0;
  return (JSON.parse(analyses) as Bare[]).map((bare) => {
    const own = words.subarray(from, from + bare.fingerprint.words);
    from += bare.fingerprint.words;
    return { ...bare, fingerprint: { ...bare.fingerprint, words: own } };
  });
}
