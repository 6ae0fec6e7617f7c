// Rules by the command `yara`, for machines that YARA-X has no library for. It is a process of its own with a time limit; it sees
// the file as it came, not what is packed in it.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadRules } from '../../analysis/files/rules/load.ts';
import { findingOf } from '../../analysis/files/rules/rule.ts';
import type { Scanner } from '../../analysis/files/sandbox/sandbox.ts';
import type { Finding } from '../../analysis/files/types.ts';
import { messageOf } from '../../core/error.ts';

const run = promisify(execFile);
const TIMEOUT_S = 10;
const MAX_MATCHES = 32;

/** @returns undefined where the command is not installed */
export async function openYaraCommand(
  rulesDir: string,
  onProblem: (sentence: string) => void,
): Promise<Scanner | undefined> {
  const version = await run('yara', ['--version'], { timeout: 5000 }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
  if (version === undefined) return undefined;
  const { sources } = await loadRules(rulesDir);
  const good: string[] = [];
  for (const { name, path } of sources) {
    try {
      await run('yara', ['-w', path, '/dev/null'], { timeout: TIMEOUT_S * 1000 });
      good.push(path);
    } catch (error) {
      onProblem(`${name}: ${firstLine(messageOf(error))}`);
    }
  }
  return { name: `yara ${version}`, scan: (bytes, signal) => scan(good, bytes, signal) };
}

async function scan(rules: readonly string[], bytes: Uint8Array, signal: AbortSignal): Promise<readonly Finding[]> {
  if (rules.length === 0) return [];
  const dir = await mkdtemp(join(tmpdir(), 'sundew-yara-'));
  try {
    const file = join(dir, 'file');
    await writeFile(file, bytes, { mode: 0o600 });
    const args = ['-w', '-m', `--timeout=${TIMEOUT_S}`, ...rules, file];
    const { stdout } = await run('yara', args, { signal, timeout: TIMEOUT_S * 1000, maxBuffer: 1024 * 1024 });
    return parseMatches(stdout);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Lines such as `rule [description="…",class="worm"] /path`. */
export function parseMatches(output: string): readonly Finding[] {
  const found: Finding[] = [];
  for (const line of output.split('\n').slice(0, MAX_MATCHES)) {
    const [, rule, list = ''] = /^(\w{1,128}) \[(.*)\] /.exec(line) ?? [];
    if (rule === undefined) continue;
    const meta = [...list.matchAll(/(\w+)="((?:[^"\\]|\\.){0,400})"/g)].map(([, key = '', value = '']) => [key, value]);
    found.push(findingOf(rule, Object.fromEntries(meta) as Record<string, string>));
  }
  return found;
}

function firstLine(message: string): string {
  return (message.split('\n').find((line) => /error/.test(line)) ?? message.split('\n', 1)[0] ?? '').slice(0, 240);
}
