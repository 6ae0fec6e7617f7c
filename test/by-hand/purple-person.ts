// A person on libpurple with an AIM and ICQ plug-in: compiled from purple-person.c, driven by its arguments, heard by its
// lines. Debian's libpurple comes without the plug-in; Pidgin's own collection of retired ones (retro-prpl) has it.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'purple-person.c');
const PACKAGES = ['purple', 'glib-2.0'];

/** The folder with `libaim.so` and `libicq.so`: SUNDEW_PURPLE_PLUGINS, or libpurple's own. */
export function oscarPlugins(): string | undefined {
  const own = spawnSync('pkg-config', ['--variable=plugindir', 'purple']).stdout?.toString().trim();
  const there = spawnSync('pkg-config', ['--exists', ...PACKAGES]).status === 0;
  return [process.env.SUNDEW_PURPLE_PLUGINS, own].find(
    (dir) => there && dir !== undefined && dir !== '' && existsSync(join(dir, 'libaim.so')),
  );
}

export interface PurpleArguments {
  readonly protocol: 'prpl-aim' | 'prpl-icq';
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly peer: string;
  /** Empty: only listens. */
  readonly text: string;
  /** Path; empty: sends none. */
  readonly file?: string;
}

export interface PurplePerson {
  readonly lines: readonly string[];
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

export interface PurpleProgram {
  /** A folder of its own for files. */
  readonly dir: string;
  start(of: PurpleArguments): PurplePerson;
  remove(): void;
}

/** Compiles the program. */
export function compilePurple(plugins: string): PurpleProgram {
  const dir = mkdtempSync(join(tmpdir(), 'sundew-purple-'));
  const path = join(dir, 'person');
  const flags = execFileSync('pkg-config', ['--cflags', '--libs', ...PACKAGES])
    .toString()
    .trim()
    .split(/\s+/);
  execFileSync('cc', ['-w', '-o', path, SOURCE, ...flags]);
  const running = new Set<ChildProcess>();
  return {
    dir,
    start: (of) => {
      const home = mkdtempSync(join(dir, 'home-'));
      const words = [plugins, home, of.protocol, of.port, of.user, of.password, of.peer, of.text, of.file ?? ''];
      const child = spawn(path, words.map(String), { stdio: ['ignore', 'pipe', 'ignore'] });
      running.add(child);
      const lines: string[] = [];
      let rest = '';
      child.stdout.on('data', (chunk: Buffer) => {
        const pieces = (rest + chunk.toString()).split('\n');
        rest = pieces.pop() ?? '';
        lines.push(...pieces);
      });
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      return {
        lines,
        stop: async () => {
          child.kill();
          await gone;
          running.delete(child);
        },
      };
    },
    remove: () => {
      for (const child of running) child.kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
