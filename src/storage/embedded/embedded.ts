// The PostgreSQL that Sundew starts itself: on a Unix socket in its data directory, no TCP port, fsync on.
import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../core/clock.ts';
import { SundewError } from '../../core/error.ts';
import { lockDataDir } from '../lock.ts';
import { type Binaries, EMBEDDED_MAJOR, findBinaries } from './binaries.ts';
import {
  type ClusterPaths,
  clusterPaths,
  ensureCluster,
  fullError,
  lastLine,
  PORT,
  SUPERUSER,
  serverEnv,
  socketDir,
} from './cluster.ts';
import { ensureDatabase } from './ensure-database.ts';
import { clearOrphan, readPidFile } from './orphan.ts';
import { chooseRunAs, commandFor, credentialsFor, type RunAs } from './run-as.ts';
import { settingsAsArguments } from './settings.ts';

export interface EmbeddedEnd {
  /** False when it died by itself: start it again. */
  readonly expected: boolean;
  readonly sentence: string;
}

export interface Embedded extends AsyncDisposable {
  /** The same at every start on the same directory, so that open pools find it again. */
  readonly url: string;
  readonly version: number;
  readonly pid: number;
  readonly runAs: RunAs['kind'];
  /** Its database was made at this start: hundreds of files are in memory only, and in the log. */
  readonly fresh: boolean;
  /** Resolves, and never rejects, when the server has ended for whatever reason. */
  readonly ended: Promise<EmbeddedEnd>;
  /** Ends sessions, writes a checkpoint, stops. Safe to call again. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dir: string;
  readonly log: Log;
  /** Aborting it stops the server, also while it starts. */
  readonly signal?: AbortSignal;
  /** PostgreSQL settings over the defaults; tests turn fsync off with it. */
  readonly settings?: Readonly<Record<string, string>>;
}

const READY_TIMEOUT_MS = 300_000; // recovery after a crash may have gigabytes of WAL to read
const READY_POLL_MS = 15;
const STOP_TIMEOUT_MS = 30_000;
const MAX_LOG_BYTES = 8 * 1024 * 1024;
const LOG_TAIL_BYTES = 4096;

/**
 * Starts the server, making its cluster at the first start and stopping what a killed Sundew left running.
 * @throws SundewError DATA_LOCKED, STORE_UNAVAILABLE, STORE_FULL, STORE_NEWER, each saying what to do
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  options.signal?.throwIfAborted();
  const paths = clusterPaths(options.dir);
  const lock = lockDataDir(paths.dir);
  try {
    return await startLocked(options, paths, () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startLocked(options: EmbeddedOptions, paths: ClusterPaths, release: () => void): Promise<Embedded> {
  const binaries = findBinaries();
  const runAs = chooseRunAs({ dir: paths.dir, cluster: paths.data, postgres: binaries.postgres });
  const socket = socketDir(paths, runAs);
  const orphan = existsSync(paths.data) ? await clearOrphan(paths, socket) : 'none';
  if (orphan !== 'none') options.log.warn({ dir: paths.dir, orphan }, 'the last run did not end in order');
  ensureCluster(paths, binaries, runAs);
  const child = launch(paths, binaries, runAs, socket, options.settings ?? {});
  const running = watch(child, paths, release);
  const abort = (): void => void running.stop();
  options.signal?.addEventListener('abort', abort, { once: true });
  void running.ended.then(() => options.signal?.removeEventListener('abort', abort));
  try {
    await waitReady(paths, child, options.signal);
    const url = `postgresql://${SUPERUSER}@localhost/sundew?host=${encodeURIComponent(socket)}&port=${PORT}`;
    const fresh = await ensureDatabase(url);
    options.log.info({ dir: paths.dir, pid: child.pid, as: runAs.kind }, 'embedded PostgreSQL is ready');
    return {
      url,
      version: EMBEDDED_MAJOR,
      pid: child.pid ?? 0,
      runAs: runAs.kind,
      fresh,
      ...running,
      [Symbol.asyncDispose]: running.stop,
    };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

function launch(
  paths: ClusterPaths,
  binaries: Binaries,
  runAs: RunAs,
  socket: string,
  settings: Readonly<Record<string, string>>,
): ChildProcess {
  const args = ['-D', paths.data, ...settingsAsArguments(socket, settings)];
  const [program, argv] = commandFor(runAs, binaries.postgres, args);
  const log = openLog(paths, runAs);
  try {
    // A process group of its own: Ctrl-C at the terminal is for Sundew, which then stops the server last.
    return spawn(program, argv, {
      ...credentialsFor(runAs),
      cwd: paths.data,
      env: serverEnv(),
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

function openLog(paths: ClusterPaths, runAs: RunAs): number {
  const tooLong = (statSync(paths.log, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES;
  const log = openSync(paths.log, tooLong ? 'w' : 'a', 0o600);
  const { uid, gid } = credentialsFor(runAs);
  if (uid !== undefined && gid !== undefined) chownSync(paths.log, uid, gid);
  return log;
}

/** Follows the child to its end, whoever wants it. */
function watch(child: ChildProcess, paths: ClusterPaths, release: () => void): Pick<Embedded, 'ended' | 'stop'> {
  let stopping = false;
  const ended = new Promise<EmbeddedEnd>((resolve) => {
    const finish = (how: string): void => {
      release();
      resolve({ expected: stopping, sentence: `the embedded PostgreSQL ended (${how}); see ${paths.log}` });
    };
    child.once('error', (error) => finish(error.message));
    child.once('exit', (code, signal) => finish(signal ?? `exit status ${code}`));
  });
  const stop = async (): Promise<void> => {
    stopping = true;
    const quit = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
    child.kill('SIGINT'); // "fast": ends sessions and writes a checkpoint
    await ended;
    clearTimeout(quit);
  };
  return { ended, stop };
}

/** @throws SundewError STORE_FULL, STORE_UNAVAILABLE with the last line of the server's log */
async function waitReady(paths: ClusterPaths, child: ChildProcess, signal: AbortSignal | undefined): Promise<void> {
  for (let waited = 0; waited < READY_TIMEOUT_MS; waited += READY_POLL_MS) {
    signal?.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) throw startFailed(paths);
    const file = readPidFile(paths);
    if (file?.pid === child.pid && file.status === 'ready') return;
    await sleep(READY_POLL_MS);
  }
  throw startFailed(paths);
}

function startFailed(paths: ClusterPaths): SundewError {
  const tail = logTail(paths);
  if (tail.includes('No space left on device')) return fullError(paths.dir); // our own server's log, in LC_ALL=C
  const reason = lastLine(
    tail
      .split('\n')
      .filter((line) => /FATAL|PANIC|ERROR/.test(line))
      .join('\n'),
  );
  return new SundewError(
    'STORE_UNAVAILABLE',
    `the embedded PostgreSQL did not start (${reason || 'no reason given'}): see ${paths.log}`,
  );
}

function logTail(paths: ClusterPaths): string {
  if (!existsSync(paths.log)) return '';
  return readFileSync(paths.log).subarray(-LOG_TAIL_BYTES).toString('utf8');
}
