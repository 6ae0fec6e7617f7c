// A real Sundew for tests: the command as a user runs it, on a data directory and a port of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ControlClient, controlClient } from '../../src/cli/control-client.ts';
import { freePort } from './free-port.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const READY_MS = 60_000;

export interface RunningSundew extends AsyncDisposable {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  readonly control: ControlClient;
  /** Everything it printed so far. */
  output(): string;
  /** SIGKILL to the process alone, as a crash would. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<number | null>;
}

export interface SundewOptions {
  /** Kept after the end; without it a temporary one that is removed. */
  readonly dataDir?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts it and waits until it is ready. */
export async function startSundew(options: SundewOptions = {}): Promise<RunningSundew> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'sundew-')));
  const port = options.port ?? (await freePort());
  const child = spawn(join(ROOT, 'bin/sundew'), ['start'], {
    env: {
      ...process.env,
      SUNDEW_DATA_DIR: dataDir,
      SUNDEW_HTTP_PORT: String(port),
      SUNDEW_LOG_LEVEL: 'warn',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const url = `http://127.0.0.1:${port}`;
  await ready(child, url, () => printed);
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!ended()) {
      child.kill(signal);
      await once(child, 'exit');
    }
    return child.exitCode;
  };
  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    control: controlClient(join(dataDir, 'control.sock')),
    output: () => printed,
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    [Symbol.asyncDispose]: async () => {
      await end('SIGTERM');
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function ready(child: ChildProcess, url: string, printed: () => string): Promise<void> {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`sundew ended with ${child.exitCode}:\n${printed()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`sundew was not ready after ${READY_MS} ms:\n${printed()}`);
}

/** Runs one command to its end. */
export async function runSundew(
  args: readonly string[],
  options: { dataDir: string; input?: string; env?: Readonly<Record<string, string>> },
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(join(ROOT, 'bin/sundew'), args, {
    env: { ...process.env, SUNDEW_DATA_DIR: options.dataDir, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined); // it need not read its input
  child.stdin.end(options.input ?? '');
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}

/** Asks until the answer is what is wanted. */
export async function until<T>(ask: () => Promise<T | undefined>, timeoutMs = 30_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`did not come true within ${timeoutMs} ms`);
    await sleep(50);
  }
}
