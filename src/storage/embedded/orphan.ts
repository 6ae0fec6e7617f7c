// What an earlier Sundew that was killed left behind: a server still running, or a pid file of one that is gone.
// Called under the lock of the directory, so whatever runs there belongs to nobody alive.
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SundewError } from '../../core/error.ts';
import type { ClusterPaths } from './cluster.ts';

/** The lines of `postmaster.pid` (PostgreSQL, miscadmin.h: LOCK_FILE_LINE_*) that matter here. */
export interface PidFile {
  readonly pid: number;
  readonly socketDir: string;
  /** `starting`, `ready`, `stopping`, `standby`. */
  readonly status: string;
}

const STOP_TIMEOUT_MS = 30_000;
const BACKENDS_TIMEOUT_MS = 10_000;
const POLL_MS = 20;

export function readPidFile(paths: ClusterPaths): PidFile | undefined {
  const file = join(paths.data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1) return undefined;
  return { pid, socketDir: lines[4]?.trim() ?? '', status: lines[7]?.trim() ?? '' };
}

/**
 * Stops the server of a killed Sundew, or clears the pid file of a dead one whose number somebody else now has.
 * Only a process that works in this very cluster and listens on our socket is ever signalled.
 * @throws SundewError STORE_UNAVAILABLE when somebody else's server runs there or it does not stop
 */
export async function clearOrphan(paths: ClusterPaths, ownSocketDir: string): Promise<'none' | 'stale' | 'stopped'> {
  const found = readPidFile(paths);
  if (found === undefined) return 'none';
  if (worksIn(found.pid, paths)) {
    if (found.socketDir !== ownSocketDir) {
      throw new SundewError(
        'STORE_UNAVAILABLE',
        `a PostgreSQL that Sundew did not start (process ${found.pid}) is using ${paths.data}: stop it first`,
      );
    }
    await stopProcess(found.pid, paths);
    return 'stopped';
  }
  await waitForBackends(paths);
  // Without /proc nothing was proven: then the server itself judges the file.
  if (existsSync('/proc/self')) rmSync(join(paths.data, 'postmaster.pid'), { force: true });
  return 'stale';
}

async function stopProcess(pid: number, paths: ClusterPaths): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', STOP_TIMEOUT_MS],
    ['SIGQUIT', STOP_TIMEOUT_MS],
  ] as const) {
    process.kill(pid, signal);
    for (let waited = 0; waited < waitMs; waited += POLL_MS) {
      if (!worksIn(pid, paths)) return;
      await sleep(POLL_MS);
    }
  }
  throw new SundewError('STORE_UNAVAILABLE', `an earlier PostgreSQL (process ${pid}) in ${paths.data} does not stop`);
}

/** Backends of a killed postmaster end by themselves within moments; two servers on one cluster would ruin it. */
async function waitForBackends(paths: ClusterPaths): Promise<void> {
  for (let waited = 0; waited < BACKENDS_TIMEOUT_MS; waited += POLL_MS) {
    if (!allPids().some((pid) => worksIn(pid, paths))) return;
    await sleep(POLL_MS);
  }
  throw new SundewError('STORE_UNAVAILABLE', `processes of an earlier PostgreSQL are still working in ${paths.data}`);
}

/** Every PostgreSQL process has its cluster as working directory. Readable for processes of our own user, or as root. */
function worksIn(pid: number, paths: ClusterPaths): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === paths.data;
  } catch {
    return false; // gone, another user's, or a system without /proc
  }
}

function allPids(): readonly number[] {
  if (!existsSync('/proc/self')) return [];
  return readdirSync('/proc').map(Number).filter(Number.isSafeInteger);
}
