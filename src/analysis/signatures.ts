// Threat signatures made quick to match: one look-up an indicator, one an anchor word, one a file name.
import type { Severity } from '../core/severity.ts';
import type { Indicator, VerdictClass } from '../core/verdict.ts';
import type { CveId } from '../core/weakness.ts';
import { foldText } from './normalize/fold.ts';
import { wordsOf } from './normalize/words.ts';
import type { ThreatSignature } from './types.ts';

/** One threat that a capture matches, and by what. */
export interface SignatureMatch {
  readonly threat: string;
  readonly by: 'indicator' | 'lure' | 'file-name' | 'weakness';
  /** What matched, for the reason. */
  readonly what: string;
  /** Given by lures, file names and weaknesses. */
  readonly class?: VerdictClass;
  readonly severity?: Severity;
  /** The match is a cryptographic hash of a known file. */
  readonly hash: boolean;
}

interface Lure {
  readonly words: readonly string[];
  readonly signature: Extract<ThreatSignature, { readonly kind: 'lure' }>;
}

type WeaknessSignature = Extract<ThreatSignature, { readonly kind: 'weakness' }>;
type FileNameSignature = Extract<ThreatSignature, { readonly kind: 'file-name' }>;

/** Signatures, compiled once for many captures. */
export interface CompiledSignatures {
  readonly size: number;
  readonly indicators: ReadonlyMap<string, readonly string[]>;
  /** By the longest of their words. */
  readonly lures: ReadonlyMap<string, readonly Lure[]>;
  readonly fileNames: ReadonlyMap<string, readonly FileNameSignature[]>;
  readonly patterns: readonly FileNameSignature[];
  readonly weaknesses: ReadonlyMap<CveId, readonly WeaknessSignature[]>;
}

const HASHES = new Set(['sha256', 'sha1', 'md5', 'ed2k', 'infohash']);
const MAX_MATCHES = 32;

/** Compiles signatures; those without words or pattern match nothing. */
export function compileSignatures(signatures: readonly ThreatSignature[]): CompiledSignatures {
  const indicators = new Map<string, string[]>();
  const lures = new Map<string, Lure[]>();
  const fileNames = new Map<string, FileNameSignature[]>();
  const patterns: FileNameSignature[] = [];
  const weaknesses = new Map<CveId, WeaknessSignature[]>();
  for (const signature of signatures) {
    if (signature.kind === 'indicator')
      push(indicators, indicatorKey(signature.type, signature.value), signature.threat);
    else if (signature.kind === 'lure') {
      const words = signature.words.flatMap((word) => wordsOf(foldText(word)));
      const anchor = words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
      if (anchor !== '') push(lures, anchor, { words, signature });
    } else if (signature.kind === 'weakness') push(weaknesses, signature.cve, signature);
    else if (signature.pattern.includes('*')) patterns.push({ ...signature, pattern: foldText(signature.pattern) });
    else if (signature.pattern !== '') push(fileNames, foldText(signature.pattern), signature);
  }
  return { size: signatures.length, indicators, lures, fileNames, patterns, weaknesses };
}

/** Every signature that a capture matches, strongest first: hashes, weaknesses, file names, lures, other indicators. */
export function matchSignatures(
  compiled: CompiledSignatures,
  of: {
    readonly folded: string;
    readonly indicators: readonly Indicator[];
    readonly resembles?: readonly CveId[];
  },
): readonly SignatureMatch[] {
  if (compiled.size === 0) return [];
  const matches: SignatureMatch[] = (of.resembles ?? []).flatMap((cve) => matchWeakness(compiled, cve));
  for (const { type, value } of of.indicators) {
    for (const threat of compiled.indicators.get(indicatorKey(type, value)) ?? []) {
      matches.push({ threat, by: 'indicator', what: `${type} ${value}`, hash: HASHES.has(type) });
    }
    if (type === 'file-name') matches.push(...matchFileName(compiled, foldText(value)));
  }
  if (compiled.lures.size > 0) matches.push(...matchLures(compiled, of.folded));
  return matches.sort((a, b) => strength(b) - strength(a)).slice(0, MAX_MATCHES);
}

function matchWeakness(compiled: CompiledSignatures, cve: CveId): readonly SignatureMatch[] {
  return (compiled.weaknesses.get(cve) ?? []).map(({ threat, severity }) => ({
    threat,
    by: 'weakness',
    what: cve,
    class: 'exploit',
    severity,
    hash: false,
  }));
}

function matchFileName(compiled: CompiledSignatures, name: string): readonly SignatureMatch[] {
  const exact = compiled.fileNames.get(name) ?? [];
  const wild = compiled.patterns.filter(({ pattern }) => matchesGlob(name, pattern));
  return [...exact, ...wild].map((signature) => ({
    threat: signature.threat,
    by: 'file-name',
    what: `file name ${signature.pattern}`,
    class: signature.class,
    severity: signature.severity,
    hash: false,
  }));
}

function matchLures(compiled: CompiledSignatures, folded: string): readonly SignatureMatch[] {
  const all = wordsOf(folded);
  const anchors = all.filter((word) => compiled.lures.has(word));
  if (anchors.length === 0) return [];
  const words = new Set(all);
  const matches: SignatureMatch[] = [];
  for (const word of new Set(anchors)) {
    for (const lure of compiled.lures.get(word) ?? []) {
      if (!lure.words.every((other) => words.has(other))) continue;
      const { threat, class: lureClass, severity } = lure.signature;
      matches.push({
        threat,
        by: 'lure',
        what: `lure "${lure.signature.words.join(' ')}"`,
        class: lureClass,
        severity,
        hash: false,
      });
    }
  }
  return matches;
}

/** `*` stands for any run of characters; linear in both lengths but for the last star's retries. */
export function matchesGlob(name: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}

function strength(match: SignatureMatch): number {
  if (match.hash) return 4;
  return { weakness: 3, 'file-name': 2, lure: 1, indicator: 0 }[match.by];
}

function indicatorKey(type: string, value: string): string {
  return `${type}\n${type === 'url' || type === 'invite' || type === 'wallet' ? value : value.toLowerCase()}`;
}

function push<Key extends string, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
