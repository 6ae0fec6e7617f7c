// What analysis says of one capture.
import type { CaptureId } from './capture.ts';
import type { Severity } from './severity.ts';

export const VERDICT_CLASSES = [
  'worm',
  'malware',
  'exploit',
  'phishing',
  'scam',
  'spam',
  'recon',
  'benign',
  'unknown',
] as const;
export type VerdictClass = (typeof VERDICT_CLASSES)[number];

export const INDICATOR_TYPES = [
  'url',
  'domain',
  'ipv4',
  'ipv6',
  'email',
  'im-account',
  'phone',
  'sha256',
  'sha1',
  'md5',
  'ed2k',
  'infohash',
  'file-name',
  'wallet',
  'invite',
  'onion',
] as const;
export type IndicatorType = (typeof INDICATOR_TYPES)[number];

export interface Indicator {
  readonly type: IndicatorType;
  /** Canonical form: refanged, lower-cased where the type allows. */
  readonly value: string;
  /** As it stood in the capture, when that differs. */
  readonly seen?: string;
  /** What public lists say of it: `shortener`, `dynamic-dns`, `look-alike:paypal` …; never a verdict by itself. */
  readonly marks?: readonly string[];
}

export interface Verdict {
  readonly v: 1;
  readonly capture: CaptureId;
  readonly class: VerdictClass;
  /** 0 to 1: how sure the class is. */
  readonly score: number;
  readonly reasons: readonly string[];
  readonly indicators: readonly Indicator[];
  /** BCP 47, when recognised. */
  readonly language?: string;
  readonly campaign?: string;
  readonly threats: readonly string[];
  readonly severity: Severity;
}
