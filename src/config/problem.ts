// Turns what the schema found into one sentence with the place: file and line, or the environment variable.
import type { Document, LineCounter } from 'yaml';
import { isMap, isNode, isPair, isScalar } from 'yaml';
import type { z } from 'zod';
import { SundewError } from '../core/error.ts';
import { nearest, SETTING_KEYS } from './keys.ts';

/** Where the values came from. */
export interface Sources {
  readonly file: string | undefined;
  readonly document: Document | undefined;
  readonly lines: LineCounter;
  /** Environment variables by the dotted path they set. */
  readonly env: ReadonlyMap<string, string>;
}

const MAX_TOLD = 5;

export function configError(problems: readonly string[], cause?: unknown): SundewError {
  const told = problems.slice(0, MAX_TOLD).join('; ');
  const more = problems.length > MAX_TOLD ? `; and ${problems.length - MAX_TOLD} more` : '';
  return new SundewError('CONFIG_INVALID', told + more, cause === undefined ? undefined : { cause });
}

/** One sentence for each mistake. */
export function describeIssue(issue: z.core.$ZodIssue, sources: Sources): readonly string[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [`${place(path, sources)}: ${path.join('.')} ${lower(issue.message)}`];
  return issue.keys.map((key) => {
    const full = [...path, key];
    const guess = nearest(key, siblings(path));
    const hint = guess === undefined ? '' : ` (did you mean ${[...path, guess].join('.')}?)`;
    return `${place(full, sources)}: unknown setting ${full.join('.')}${hint}`;
  });
}

function siblings(path: readonly string[]): readonly string[] {
  const inside = SETTING_KEYS.filter((key) => path.every((part, at) => key.path[at] === part));
  return [...new Set(inside.flatMap((key) => key.path[path.length] ?? []))];
}

function place(path: readonly string[], sources: Sources): string {
  const variable = sources.env.get(path.join('.'));
  if (variable !== undefined) return variable;
  if (sources.file === undefined) return 'settings';
  const line = lineOf(path, sources);
  return line === undefined ? sources.file : `${sources.file}:${line}`;
}

/** The line of the key itself, or of the nearest parent that is written. */
function lineOf(path: readonly string[], sources: Sources): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? sources.document?.contents : sources.document?.getIn(path.slice(0, length - 1), true);
    if (!isMap(parent)) continue;
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === path[length - 1]);
    const offset = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
    if (offset !== undefined) return sources.lines.linePos(offset).line;
  }
  return undefined;
}

function lower(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
