// Rules by YARA-X, where its library is there for this machine. Each file of rules stands by itself: a mistake in one costs that
// one, and the same name may stand in two.
import { createRequire } from 'node:module';
import type { RuleMatch } from '@litko/yara-x';
import { messageOf } from '../../../core/error.ts';
import type { Finding } from '../types.ts';
import { findingOf, type RuleSource } from './rule.ts';

export interface RuleEngine {
  /** For people: which engine, how many files of rules. */
  readonly name: string;
  readonly scan: (bytes: Uint8Array) => readonly Finding[];
}

export interface OpenedRules {
  readonly engine?: RuleEngine;
  /** One line for each file of rules that cannot be used. */
  readonly problems: readonly string[];
}

const MAX_MATCHES = 32;
const MATCHES_A_PATTERN = 8;

/** Whether the library is there: an optional dependency, with builds for some machines only. */
export function hasYaraX(): boolean {
  try {
    createRequire(import.meta.url)('@litko/yara-x');
    return true;
  } catch {
    return false; // not installed, or nothing for this machine
  }
}

/** @returns without an engine where YARA-X is not installed */
export async function openYaraX(sources: readonly RuleSource[]): Promise<OpenedRules> {
  const library = await import('@litko/yara-x').catch(() => undefined);
  if (library === undefined) return { problems: [] };
  const problems: string[] = [];
  const compiled: ReturnType<typeof library.compile>[] = [];
  for (const { name, text } of sources) {
    try {
      const rules = library.compile(text, { enableIncludes: false });
      rules.setMaxMatchesPerPattern(MATCHES_A_PATTERN);
      compiled.push(rules);
    } catch (error) {
      problems.push(`${name}: ${oneLine(messageOf(error))}`);
    }
  }
  const scan = (bytes: Uint8Array): readonly Finding[] => {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const matches = compiled.flatMap((rules): readonly RuleMatch[] => rules.scan(content)).slice(0, MAX_MATCHES);
    return matches.map(({ ruleIdentifier, meta }) => findingOf(ruleIdentifier, meta as Record<string, unknown>));
  };
  return { engine: { name: `YARA-X, ${compiled.length} files of rules`, scan }, problems };
}

/** The engine draws a picture of the place; its first lines say what and where. */
function oneLine(message: string): string {
  const what = /error\[[A-Z]\d+\]: ([^\n]{1,200})/.exec(message)?.[1] ?? message.split('\n', 1)[0]?.slice(0, 200) ?? '';
  const line = /line:(\d+):/.exec(message)?.[1];
  return line === undefined ? what : `line ${line}: ${what}`;
}
