// bogofilter (Debian `bogofilter-sqlite`): a Bayesian filter of tokens, nothing else.
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { envelope, mbox, type Rival, type RivalScore, type TrainedRival, versionOf } from './rival.ts';

const run = promisify(execFile);

export const bogofilter: Rival = {
  name: 'bogofilter',
  version: () => versionOf('bogofilter', ['-V'], /version ([\d.]+)/),
  train: async (bad, good) => {
    const dir = await mkdtemp(join(tmpdir(), 'bogofilter-'));
    for (const [name, flag, texts] of [
      ['ham', '-n', good],
      ['spam', '-s', bad],
    ] as const) {
      const file = join(dir, `${name}.mbox`);
      await writeFile(file, mbox(texts));
      await run('bogofilter', ['-d', dir, flag, '-M', '-I', file]);
    }
    return trained(dir);
  },
};

function trained(dir: string): TrainedRival {
  let used = 0;
  return {
    scan: async (texts) => {
      const mails = join(dir, 'mails');
      await mkdir(mails, { recursive: true });
      const files = texts.map((_text, at) => join(mails, `${at}.eml`));
      for (const [at, file] of files.entries()) await writeFile(file, envelope(texts[at] ?? '', at));
      const { lines, cpu } = await classify(dir, files);
      used += cpu;
      await rm(mails, { recursive: true });
      return lines.map(scoreOf);
    },
    cpuSeconds: async () => used,
    [Symbol.asyncDispose]: async () => await rm(dir, { recursive: true, force: true }),
  };
}

/** `bogofilter -T -b` takes names of files and prints `NAME CLASS SCORE` for each; the shell's `times` counts its processor time. */
async function classify(
  dir: string,
  files: readonly string[],
): Promise<{ readonly lines: readonly string[]; readonly cpu: number }> {
  const script = 'bogofilter -d "$0" -T -b; times >&2';
  const child = spawn('sh', ['-c', script, dir], { stdio: ['pipe', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.end(`${files.join('\n')}\n`);
  await new Promise((resolve) => child.once('close', resolve));
  const seconds = [...(err.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  const lines = out.trim().split('\n');
  if (lines.length !== files.length)
    throw new Error(`bogofilter judged ${lines.length} of ${files.length} texts: ${err}`);
  return { lines, cpu: seconds.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0) };
}

function scoreOf(line: string): RivalScore {
  const [verdict, score] = line.split(' ').slice(-2);
  return { score: Number(score), bad: verdict === 'S' };
}
