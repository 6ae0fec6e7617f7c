// What is wrong with an installation, and how to mend it. Looks only; changes nothing.

import { access, constants, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { LoadedSettings } from '../config/settings.ts';
import { messageOf } from '../core/error.ts';
import { openDatabase } from '../storage/database.ts';
import { findBinaries } from '../storage/embedded/binaries.ts';
import { lockOwner } from '../storage/lock.ts';
import { describeClamd, describeRules, openScanners } from './file-triage.ts';
import { dataPaths } from './settings.ts';

export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** What was found and, when it is wrong, what to do. */
  readonly sentence: string;
}

const MIN_NODE = 24;
const MIN_FREE_BYTES = 512 * 1024 * 1024;
const MIN_POSTGRES = 15;

/** @param running whether a Sundew answers on this data directory's control socket */
export async function examine(loaded: LoadedSettings, webDir: string, running: boolean): Promise<readonly Finding[]> {
  return [
    node(),
    { what: 'settings', ok: true, sentence: `read from ${loaded.file} and the environment` },
    await web(webDir),
    ...(await dataDirectory(loaded)),
    owner(loaded, running),
    await store(loaded),
    ...(await files(loaded)),
    ...(running ? [] : [await port(loaded)]),
  ];
}

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return {
    what: 'node',
    ok: major >= MIN_NODE,
    sentence:
      major >= MIN_NODE
        ? `version ${process.versions.node}`
        : `version ${process.versions.node} is too old: run \`npm install\`, which brings ${MIN_NODE}, and start by bin/sundew`,
  };
}

async function web(webDir: string): Promise<Finding> {
  const built = await stat(join(webDir, 'index.html')).then(
    () => true,
    () => false,
  );
  return {
    what: 'web',
    ok: built,
    sentence: built ? 'the pages are built' : 'the pages are not built: run `npm install` (or `npm run prepare`)',
  };
}

async function dataDirectory(loaded: LoadedSettings): Promise<readonly Finding[]> {
  const { dir } = dataPaths(loaded);
  try {
    const { mode, uid } = await stat(dir);
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(dir);
    const free = bavail * bsize;
    const open = (mode & 0o007) !== 0;
    const foreign = process.getuid !== undefined && uid !== process.getuid();
    return [
      {
        what: 'data',
        ok: !open && !foreign,
        sentence: open
          ? `${dir} can be read by everybody on this machine: chmod 700 ${dir}`
          : foreign
            ? `${dir} belongs to another user: start Sundew as that user, or give another SUNDEW_DATA_DIR`
            : `${dir} is ours alone`,
      },
      {
        what: 'disk',
        ok: free >= MIN_FREE_BYTES,
        sentence: `${Math.round(free / 1024 / 1024)} MiB are free at ${dir}${free >= MIN_FREE_BYTES ? '' : ': nothing can be captured on a full disk, make room'}`,
      },
    ];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return [{ what: 'data', ok: true, sentence: `${dir} will be made at the first start` }];
    return [
      {
        what: 'data',
        ok: false,
        sentence: `${dir} cannot be used: ${messageOf(error)}; mend its rights or give another SUNDEW_DATA_DIR`,
      },
    ];
  }
}

function owner(loaded: LoadedSettings, running: boolean): Finding {
  const { dir } = dataPaths(loaded);
  const pid = lockOwner(dir);
  if (running) return { what: 'process', ok: true, sentence: `Sundew runs as process ${pid ?? '?'}` };
  if (pid === undefined) return { what: 'process', ok: true, sentence: 'Sundew is not running' };
  const alive = isAlive(pid);
  return {
    what: 'process',
    ok: !alive,
    sentence: alive
      ? `process ${pid} holds ${dir} but does not answer on its control socket: wait for it, or end it`
      : `process ${pid} ended without tidying up; the next start does it`,
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function store(loaded: LoadedSettings): Promise<Finding> {
  const { url } = loaded.settings.database;
  if (url === undefined) {
    try {
      findBinaries();
      return { what: 'store', ok: true, sentence: 'the embedded PostgreSQL is installed' };
    } catch (error) {
      return { what: 'store', ok: false, sentence: messageOf(error) };
    }
  }
  await using database = openDatabase({ url, realm: 'live', max: 1 });
  try {
    const { rows } = await sql<{ version: string }>`select current_setting('server_version_num') as version`.execute(
      database.db,
    );
    const major = Math.floor(Number(rows[0]?.version ?? 0) / 10_000);
    return {
      what: 'store',
      ok: major >= MIN_POSTGRES,
      sentence:
        major >= MIN_POSTGRES
          ? `PostgreSQL ${major} answers`
          : `PostgreSQL ${major} is too old: ${MIN_POSTGRES} or later is needed`,
    };
  } catch (error) {
    return { what: 'store', ok: false, sentence: `${messageOf(error)}; check database.url` };
  }
}

/** The sandbox, rules and scanners that files are shown to. */
async function files(loaded: LoadedSettings): Promise<readonly Finding[]> {
  const problems: string[] = [];
  await using triage = await openScanners(loaded, (problem) => problems.push(problem));
  try {
    const sentence = await describeRules(loaded, triage);
    const { clamd } = loaded.settings.analysis;
    const missing = clamd === undefined ? undefined : await describeClamd(clamd);
    return [
      { what: 'files', ok: true, sentence },
      ...[...problems, ...(missing === undefined ? [] : [missing])].map((wrong) => ({
        what: 'files',
        ok: false,
        sentence: wrong,
      })),
    ];
  } catch (error) {
    return [{ what: 'files', ok: false, sentence: `files cannot be looked into: ${messageOf(error)}` }];
  }
}

async function port(loaded: LoadedSettings): Promise<Finding> {
  const { host, port: wanted } = loaded.settings.http;
  const failure = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(wanted, host, () => server.close(() => resolve(undefined)));
  });
  return {
    what: 'port',
    ok: failure === undefined,
    sentence:
      failure === undefined
        ? `${host}:${wanted} is free`
        : `${host}:${wanted} cannot be listened on (${failure.code}): choose another with SUNDEW_HTTP_PORT`,
  };
}
