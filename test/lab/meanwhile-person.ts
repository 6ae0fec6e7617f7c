// A person on Debian's libmeanwhile: compiled from meanwhile-person.c, driven by its arguments, heard by its lines.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'meanwhile-person.c');

export interface MeanwhileArguments {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly peer: string;
  /** Empty: only listens. */
  readonly text: string;
  readonly html?: string;
  readonly file?: { readonly name: string; readonly size: number };
}

export interface MeanwhilePerson {
  readonly lines: readonly string[];
  stop(): void;
}

export interface MeanwhileProgram {
  start(of: MeanwhileArguments): MeanwhilePerson;
  remove(): void;
}

/** Compiles the program. */
export function compileMeanwhile(): MeanwhileProgram {
  const dir = mkdtempSync(join(tmpdir(), 'sundew-meanwhile-'));
  const path = join(dir, 'person');
  const flags = execFileSync('pkg-config', ['--cflags', '--libs', 'meanwhile']).toString().trim().split(/\s+/);
  execFileSync('cc', ['-w', '-o', path, SOURCE, ...flags]);
  const running = new Set<ChildProcess>();
  return {
    start: (of) => {
      const file = of.file ?? { name: 'a.exe', size: 1 };
      const words = [of.port, of.user, of.password, of.peer, of.text, of.html ?? '', file.name, file.size].map(String);
      const child = spawn(path, words, { stdio: ['ignore', 'pipe', 'ignore'] });
      running.add(child);
      const lines: string[] = [];
      let rest = '';
      child.stdout.on('data', (chunk: Buffer) => {
        const pieces = (rest + chunk.toString()).split('\n');
        rest = pieces.pop() ?? '';
        lines.push(...pieces);
      });
      return { lines, stop: () => void child.kill() };
    },
    remove: () => {
      for (const child of running) child.kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
