// The embedded database's own process, found by its pid file and known by what it works in.
import { readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** @returns its pid while it runs and is ready, and is the one of this data directory */
export async function postmasterOf(dataDir: string): Promise<number | undefined> {
  const cluster = join(await realpath(dataDir), 'postgres', 'cluster');
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1 || lines[7]?.trim() !== 'ready') return undefined;
  const works = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return works === cluster ? pid : undefined;
}
