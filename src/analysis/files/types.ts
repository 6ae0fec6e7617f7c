// What is found out about a file from its bytes. Pure data; goes through JSON between the sandbox and the rest.
import type { VerdictClass } from '../../core/verdict.ts';

/** `note`: for a person to know. `odd`: could do harm. `bad`: most likely does. `sure`: harm that one decoy is proof of. */
export const RANKS = ['note', 'odd', 'bad', 'sure'] as const;
export type Rank = (typeof RANKS)[number];

/** One thing that speaks against a file; a sentence that holds no bytes of the peer but file endings. */
export interface Finding {
  readonly rank: Rank;
  readonly says: string;
  readonly class?: VerdictClass;
}

/** What a file is for: what runs by itself, what is run by another program, and the rest. */
export type Family = 'program' | 'script' | 'document' | 'archive' | 'media' | 'text' | 'data';

/** The type by content, as libmagic names it where it knows the type. */
export interface FileType {
  readonly mime: string;
  readonly family: Family;
  /** Endings that honest files of this type have, usual one first; empty where any will do. */
  readonly endings: readonly string[];
}

export type Fact = string | number | boolean | readonly string[];

/** A file, and for an archive what is in it. */
export interface FileReport {
  /** As the peer or the archive gave it; hostile. */
  readonly name?: string;
  readonly size: number;
  readonly type: FileType;
  readonly sha256: string;
  readonly sha1: string;
  readonly md5: string;
  readonly tlsh?: string;
  readonly imphash?: string;
  readonly facts: Readonly<Record<string, Fact>>;
  /** Of this file and of all within, strongest first. */
  readonly findings: readonly Finding[];
  /** Links as they stand in the content, this file's and those within. */
  readonly links: readonly string[];
  /** At most `MAX_MEMBERS` in all, those with findings first. */
  readonly members: readonly FileReport[];
  /** What was not looked into, and why. */
  readonly unopened: readonly string[];
}

/** What the peer claims of a file. */
export interface Claim {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
}

/** Findings, strongest first, each once, at most `most`. */
export function strongest(findings: readonly Finding[], most = 32): readonly Finding[] {
  const unique = new Map<string, Finding>();
  for (const finding of [...findings].sort((a, b) => RANKS.indexOf(b.rank) - RANKS.indexOf(a.rank))) {
    if (!unique.has(finding.says)) unique.set(finding.says, finding);
  }
  return [...unique.values()].slice(0, most);
}
