// One process of the sandbox: started without rights, watched, and ended when it takes too long or too much.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, SundewError } from '../../../core/error.ts';
import type { FromSandbox, ToSandbox } from './messages.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const ENTRY = join(import.meta.dirname, 'entry.ts');
const HEAP_MB = 512;
const WATCH_MS = 100;
const START_MS = 30_000;
const PAGE_BYTES = 4096;

export interface ChildOptions {
  /** Resident memory at which it is ended; watched where there is a /proc. */
  readonly maxBytes: number;
  /** Whether native libraries may be loaded: the rules need one. */
  readonly addons: boolean;
  /** Its program; only tests give another. */
  readonly entry?: string;
}

/** Without a network of its own where the kernel lets an ordinary user have that; found out once. */
let prefix: readonly string[] | undefined;
function withoutNetwork(): readonly string[] {
  prefix ??=
    [
      ['unshare', '--net'],
      ['unshare', '--user', '--map-current-user', '--net'],
    ].find(
      ([command = '', ...args]) =>
        process.platform === 'linux' &&
        spawnSync(command, [...args, 'true'], { stdio: 'ignore', timeout: 5000 }).status === 0,
    ) ?? [];
  return prefix;
}

/** @see https://nodejs.org/docs/latest-v24.x/api/permissions.html */
function commandLine({ addons, entry = ENTRY }: ChildOptions): readonly [string, readonly string[]] {
  const readable = ['src', 'node_modules', 'package.json'].map((name) => `--allow-fs-read=${join(ROOT, name)}`);
  const rights = ['--permission', ...readable, ...(addons ? ['--allow-addons'] : [])];
  const node = [process.execPath, ...rights, '--no-warnings', `--max-old-space-size=${HEAP_MB}`, entry];
  const [command = '', ...args] = [...withoutNetwork(), ...node];
  return [command, args];
}

/** Lives until `end`, a crash or an overrun; then `alive` is false. */
export class SandboxChild {
  readonly #child: ChildProcess;
  readonly #options: ChildOptions;
  #alive = true;
  #settle: ((answer: FromSandbox | SundewError) => void) | undefined;

  constructor(options: ChildOptions) {
    this.#options = options;
    const [command, args] = commandLine(options);
    // Nothing of our environment: secrets may stand in it.
    this.#child = spawn(command, args, {
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    this.#child.on('message', (answer) => this.#settle?.(answer as FromSandbox));
    this.#child.on('error', (error) => this.#end(`could not be started: ${messageOf(error)}`));
    this.#child.on('exit', () => this.#end('ended in the middle of it'));
    this.#hold(false);
  }

  get alive(): boolean {
    return this.#alive;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks and waits. @throws SundewError ANALYSIS_FAILED; then the process is gone */
  async ask(message: ToSandbox, timeoutMs: number = START_MS): Promise<FromSandbox> {
    const { promise, resolve } = Promise.withResolvers<FromSandbox | SundewError>();
    this.#settle = resolve;
    this.#hold(true);
    const timer = setTimeout(() => this.#end(`took over ${Math.round(timeoutMs / 1000)} s`), timeoutMs);
    const watch = setInterval(() => void this.#watch(), WATCH_MS);
    try {
      if (!this.#alive) this.#end('had ended before');
      else
        this.#child.send(message, (error) => error !== null && this.#end(`could not be reached: ${messageOf(error)}`));
      const answer = await promise;
      if (answer instanceof SundewError) throw answer;
      return answer;
    } finally {
      clearTimeout(timer);
      clearInterval(watch);
      this.#settle = undefined;
      this.#hold(false);
    }
  }

  end(): void {
    this.#end('was closed');
  }

  async #watch(): Promise<void> {
    if (process.platform !== 'linux') return;
    const [, resident = 0] = (await readFile(`/proc/${this.#child.pid}/statm`, 'utf8').catch(() => ''))
      .split(' ')
      .map(Number);
    if (resident * PAGE_BYTES > this.#options.maxBytes) this.#end('took too much memory');
  }

  #end(why: string): void {
    this.#settle?.(new SundewError('ANALYSIS_FAILED', `the look into the file ${why}`));
    if (!this.#alive) return;
    this.#alive = false;
    this.#child.kill('SIGKILL');
  }

  /** An idle sandbox keeps nobody from ending. */
  #hold(on: boolean): void {
    const what = on ? 'ref' : 'unref';
    this.#child[what]();
    this.#child.channel?.[what]();
  }
}
