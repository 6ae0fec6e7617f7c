// The rules that ship, and the user's own.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../../core/error.ts';
import type { RuleSource } from './rule.ts';

const SHIPPED = join(import.meta.dirname, 'shipped');
const MAX_FILES = 256;
const MAX_BYTES = 4 * 1024 * 1024;

export interface LoadedRules {
  readonly sources: readonly RuleSource[];
  readonly problems: readonly string[];
}

/** @param dir of the user's `*.yar` and `*.yara`; need not be there */
export async function loadRules(dir?: string): Promise<LoadedRules> {
  const problems: string[] = [];
  const sources = await readAll(SHIPPED, problems, (file) => `Sundew's ${file}`);
  if (dir === undefined) return { sources, problems };
  return { sources: [...sources, ...(await readAll(dir, problems, (file) => join(dir, file)))], problems };
}

async function readAll(
  dir: string,
  problems: string[],
  nameOf: (file: string) => string,
): Promise<readonly RuleSource[]> {
  const sources: RuleSource[] = [];
  for (const file of await list(dir, problems)) {
    const path = join(dir, file);
    try {
      if ((await stat(path)).size > MAX_BYTES) throw new RangeError('over 4 MiB');
      sources.push({ name: nameOf(file), path, text: await readFile(path, 'utf8') });
    } catch (error) {
      problems.push(`${path}: ${messageOf(error)}`);
    }
  }
  return sources;
}

async function list(dir: string, problems: string[]): Promise<readonly string[]> {
  try {
    const files = (await readdir(dir)).filter((file) => /\.yara?$/i.test(file)).sort();
    if (files.length > MAX_FILES) problems.push(`${dir}: only the first ${MAX_FILES} files of rules are used`);
    return files.slice(0, MAX_FILES);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') problems.push(`${dir}: ${messageOf(error)}`);
    return [];
  }
}
