// What the stages of analysis take and give. Pure data; signatures come in from the knowledge base.
import type { Capture, CaptureId } from '../core/capture.ts';
import type { Severity } from '../core/severity.ts';
import type { Indicator, IndicatorType, VerdictClass } from '../core/verdict.ts';
import type { CveId } from '../core/weakness.ts';

/** One known trait of a threat, as data. */
export type ThreatSignature =
  | { readonly threat: string; readonly kind: 'indicator'; readonly type: IndicatorType; readonly value: string }
  /** Words of a known lure: matches when the folded text holds all of them. */
  | {
      readonly threat: string;
      readonly kind: 'lure';
      readonly words: readonly string[];
      readonly class: VerdictClass;
      readonly severity: Severity;
    }
  /** A documented weakness of clients, as networks name it in `meta.resembles`. */
  | { readonly threat: string; readonly kind: 'weakness'; readonly cve: CveId; readonly severity: Severity }
  /** A folded file name, exact or with `*`. */
  | {
      readonly threat: string;
      readonly kind: 'file-name';
      readonly pattern: string;
      readonly class: VerdictClass;
      readonly severity: Severity;
    };

/** What the clusterer compares of a capture. */
export interface Fingerprint {
  /** Hash of the masked text, or of the file or contact request; the first tier. */
  readonly exact: string;
  /** Hashes of the words of the masked text, in order, at most 160. */
  readonly words: Uint32Array;
  /** Parts before and after the link: `shapeOf`. */
  readonly shape?: number;
  /** What ties short texts and files together: `file:<sha256>`, `host:<registrable domain of its own>`. */
  readonly links?: readonly string[];
  /** The sender, with the network. */
  readonly sender?: string;
}

/** Everything that can be said of one capture without knowing the others; made in parallel. */
export interface Analysis {
  readonly capture: CaptureId;
  /** Folded text: NFKC, look-alikes, lower case, invisible characters gone. */
  readonly folded: string;
  readonly indicators: readonly Indicator[];
  readonly class: VerdictClass;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly language?: string;
  readonly severity: Severity;
  readonly threats: readonly string[];
  readonly fingerprint: Fingerprint;
  /** Harm that one decoy is proof enough of: known hash, exploit, executable lure. */
  readonly unambiguousHarm: boolean;
}

/** Where a capture landed among the campaigns; made in input order. */
export interface ClusterResult {
  /** Deterministic id (UUID) of the campaign: made of its first capture. */
  readonly campaign: string;
  /** True when this capture started it. */
  readonly created: boolean;
  /** The campaign that it was part of until now, when this capture showed that it is one of its own. */
  readonly splitFrom?: string;
  /** Another campaign that turned out to be this one; later captures of either belong to this. */
  readonly merged?: string;
}

/** A capture with all that the pipeline found out. */
export interface Analysed {
  readonly capture: Capture;
  readonly analysis: Analysis;
  /** `undefined` for captures that form no campaign: presence, probes, service notices, backscatter. */
  readonly cluster: ClusterResult | undefined;
}
