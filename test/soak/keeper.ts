// Keeps one Sundew running, as an init system would: whenever its process ends it is started again at once.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ControlClient, controlClient } from '../../src/cli/control-client.ts';

const COMMAND = new URL('../../bin/sundew', import.meta.url).pathname;
const READY_POLL_MS = 50;
const STOP_MS = 60_000;
const RESTART_PAUSE_MS = 500;
const KEPT_OUTPUT = 20_000;

export interface Keeper {
  readonly control: ControlClient;
  readonly pid: number;
  /** From the start of the process until it was ready, ms; one for each time it got so far. */
  readonly startsMs: readonly number[];
  /** How often it ended although nobody had killed it. */
  readonly ownEnds: number;
  /** The end of what it printed. */
  output(): string;
  /** kill −9; a new process is there when it resolves. */
  kill(): Promise<void>;
  /** Resolves when it answers as ready. @throws Error after `timeoutMs` */
  ready(timeoutMs: number): Promise<void>;
  /** SIGTERM, and SIGKILL when that takes too long. @returns the exit status */
  stop(): Promise<number | null>;
}

export function keepSundew(dataDir: string, env: Readonly<Record<string, string>>): Keeper {
  const control = controlClient(join(dataDir, 'control.sock'));
  const startsMs: number[] = [];
  let stopping = false;
  let killed: ChildProcess | undefined;
  let ownEnds = 0;
  let printed = '';
  let child = launch();

  function launch(): ChildProcess {
    const began = Date.now();
    const started = spawn(COMMAND, ['start'], {
      env: { ...process.env, ...env, SUNDEW_DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed = (printed + text).slice(-KEPT_OUTPUT);
      });
    }
    started.once('exit', () => void again(started));
    void untilReady(control, started).then((ready) => ready && startsMs.push(Date.now() - began));
    return started;
  }

  async function again(ended: ChildProcess): Promise<void> {
    if (stopping) return;
    if (ended !== killed) {
      ownEnds += 1;
      await sleep(RESTART_PAUSE_MS); // one that cannot start must not eat the machine
    }
    if (!stopping) child = launch();
  }

  return {
    control,
    startsMs,
    get pid() {
      return child.pid ?? 0;
    },
    get ownEnds() {
      return ownEnds;
    },
    output: () => printed,
    kill: async () => {
      const victim = child;
      killed = victim;
      if (hasEnded(victim)) return;
      const gone = once(victim, 'exit');
      victim.kill('SIGKILL');
      await gone;
    },
    ready: async (timeoutMs) => {
      const end = Date.now() + timeoutMs;
      while (!(await isReady(control))) {
        if (Date.now() > end) throw new Error(`Sundew was not ready after ${timeoutMs} ms:\n${printed.slice(-2000)}`);
        await sleep(READY_POLL_MS);
      }
    },
    stop: async () => {
      stopping = true;
      const last = child;
      if (hasEnded(last)) return last.exitCode;
      const gone = once(last, 'exit');
      const force = setTimeout(() => last.kill('SIGKILL'), STOP_MS);
      last.kill('SIGTERM');
      await gone;
      clearTimeout(force);
      return last.exitCode;
    },
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function isReady(control: ControlClient): Promise<boolean> {
  return await control.call('GET', '/readyz').then(
    () => true,
    () => false, // not yet, or no more
  );
}

async function untilReady(control: ControlClient, child: ChildProcess): Promise<boolean> {
  while (!hasEnded(child)) {
    if (await isReady(control)) return true;
    await sleep(READY_POLL_MS);
  }
  return false;
}
