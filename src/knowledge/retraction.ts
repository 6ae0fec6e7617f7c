// Taking back what was said: a campaign (with its warning) or a single indicator. Pure: what a retraction covers.
import type { Indicator } from '../core/verdict.ts';
import { CUT } from './scrub.ts';

export const RETRACTION_KINDS = ['campaign', 'indicator'] as const;
export type RetractionKind = (typeof RETRACTION_KINDS)[number];

/** Who said it, when and why. */
export interface Decision {
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
  readonly reason: string;
}

export interface Retraction extends Decision {
  readonly id: string;
  readonly kind: RetractionKind;
  /** Id of the campaign or of the indicator. */
  readonly target: string;
  /** What people call it: the id of the warning or campaign, the indicator defanged. */
  readonly label: string;
  /** Of an indicator. */
  readonly indicator?: Indicator;
  /** When it was taken back itself. */
  readonly undone?: Decision;
}

const SPECIAL = /[\\^$.*+?()[\]{}|/-]/g;
/** A dot as senders write it: bare, in brackets, as a word. */
const DOT = String.raw`(?:\s*(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\))\s*|\.)`;
const SCHEME = /^http(?=s?:)/i;

/** Whether an indicator falls with a retracted one: the same, or an address on a retracted host. */
export function covers(retracted: Indicator, other: Indicator): boolean {
  if (retracted.type === other.type && fold(retracted) === fold(other)) return true;
  if (other.type !== 'url' || !['domain', 'ipv4', 'ipv6', 'onion'].includes(retracted.type)) return false;
  const host = URL.parse(other.value)?.hostname.replace(/^\[|\]$/g, '');
  return host !== undefined && host.toLowerCase() === retracted.value.toLowerCase();
}

/** Those of `indicators` that none of `retracted` covers. */
export function notCovered<I extends Indicator>(
  indicators: readonly I[],
  retracted: readonly Indicator[],
): readonly I[] {
  return retracted.length === 0 ? indicators : indicators.filter((one) => !retracted.some((bad) => covers(bad, one)));
}

/** Cuts retracted values out of a text, plain or defanged; parts of longer names stay. */
export function cutRetracted(text: string, retracted: readonly Indicator[]): string {
  return retracted.reduce((cut, one) => cut.replaceAll(patternOf(one), CUT), text);
}

/** Whether a text names a retracted value. */
export function namesRetracted(text: string, retracted: readonly Indicator[]): boolean {
  return cutRetracted(text, retracted) !== text;
}

function patternOf({ value }: Indicator): RegExp {
  const escaped = value
    .normalize('NFKC')
    .replace(SPECIAL, '\\$&')
    .replaceAll('\\.', DOT)
    .replace(SCHEME, 'h(?:tt|xx)p');
  return new RegExp(
    `(?<![\\p{L}\\p{N}_\\]-]|[\\p{L}\\p{N}]\\.)${escaped}(?![\\p{L}\\p{N}_-]|\\[?\\.\\]?[\\p{L}\\p{N}])`,
    'giu',
  );
}

/** Values whose letters' case says nothing. */
function fold({ type, value }: Indicator): string {
  return type === 'url' || type === 'wallet' || type === 'file-name' ? value : value.toLowerCase();
}
