// A throwaway cluster of Debian's PostgreSQL 15, the oldest that Sundew promises to run on.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOnServer } from '../../src/storage/embedded/ensure-database.ts';
import { until } from '../support/sundew.ts';
import { POSTGRES15_BIN } from './peers.ts';

export interface Postgres15 extends AsyncDisposable {
  /** Of an empty database. */
  readonly url: string;
}

/** PostgreSQL refuses root; Debian's package brings a user for it. */
function owner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const ask = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

export async function startPostgres15(): Promise<Postgres15> {
  const dir = mkdtempSync(join(tmpdir(), 'sundew-pg15-'));
  chmodSync(dir, 0o777);
  const data = join(dir, 'data');
  const options = { ...owner(), cwd: dir, stdio: 'ignore' } as const;
  const initdb = ['-D', data, '-U', 'sundew', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'];
  execFileSync(join(POSTGRES15_BIN, 'initdb'), initdb, options);
  const settings = ['listen_addresses=', `unix_socket_directories=${dir}`, 'fsync=off'].flatMap((one) => ['-c', one]);
  const server = spawn(join(POSTGRES15_BIN, 'postgres'), ['-D', data, ...settings], options);
  const pidFile = join(data, 'postmaster.pid');
  await until(async () => (existsSync(pidFile) && readFileSync(pidFile, 'utf8').includes('ready')) || undefined);
  const url = `postgresql://sundew@localhost/sundew?host=${encodeURIComponent(dir)}`;
  await runOnServer(url, ['create database sundew']);
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      server.kill('SIGINT');
      await once(server, 'exit');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
