// The directory of the embedded server: where things stand in it, and how a cluster is made, whole or not at all.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SundewError } from '../../core/error.ts';
import { type Binaries, EMBEDDED_MAJOR } from './binaries.ts';
import { commandFor, credentialsFor, type RunAs } from './run-as.ts';

export interface ClusterPaths {
  /** Given by the caller; holds all the others, mode 0700. */
  readonly dir: string;
  /** PostgreSQL's data directory. */
  readonly data: string;
  readonly log: string;
}

export const SUPERUSER = 'sundew';
export const PORT = 5432; // names the socket file; no port is opened

/** `sun_path` holds 108 bytes with its NUL; the shortest platform (macOS) 104. */
const MAX_SOCKET_PATH_BYTES = 103;
/** initdb makes 40 MB, and the first WAL segments follow. */
const MIN_FREE_BYTES = 96 * 1024 * 1024;
const INITDB_TIMEOUT_MS = 120_000;

export function clusterPaths(dir: string): ClusterPaths {
  const root = resolve(dir);
  return { dir: root, data: join(root, 'cluster'), log: join(root, 'postgres.log') };
}

/** Environment of the server: nothing of ours that it could take for its own settings. */
export function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * The directory of the Unix socket: inside the data directory, or where its path would be too long, a private one under
 * the system's temporary directory, named after the data directory so that every start finds the same.
 * @throws SundewError STORE_UNAVAILABLE when that private directory belongs to somebody else
 */
export function socketDir(paths: ClusterPaths, runAs: RunAs): string {
  const near = join(paths.dir, 'run');
  const fits = Buffer.byteLength(join(near, `.s.PGSQL.${PORT}`)) <= MAX_SOCKET_PATH_BYTES;
  const short = join(tmpdir(), `sundew-${createHash('sha256').update(paths.dir).digest('hex').slice(0, 16)}`);
  const dir = fits ? near : short;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const { uid, gid } = credentialsFor(runAs);
  const stat = lstatSync(dir);
  const mine = process.getuid?.();
  const owned = mine === undefined || stat.uid === mine || stat.uid === uid;
  if (!stat.isDirectory() || !owned || (stat.mode & 0o077) !== 0) {
    throw new SundewError('STORE_UNAVAILABLE', `${dir} is not a private directory of this user: remove it`);
  }
  if (uid !== undefined && gid !== undefined) chownSync(dir, uid, gid);
  return dir;
}

/**
 * Makes the cluster unless it is there. initdb works beside and is renamed into place, so a crash leaves no half cluster.
 * @throws SundewError STORE_FULL, STORE_NEWER (another major version), STORE_UNAVAILABLE
 */
export function ensureCluster(paths: ClusterPaths, binaries: Binaries, runAs: RunAs): void {
  if (existsSync(paths.data)) {
    checkVersion(paths);
    return;
  }
  const fresh = `${paths.data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  requireSpace(paths.dir);
  const args = ['-D', fresh, '-U', SUPERUSER, '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-instructions'];
  const [program, argv] = commandFor(runAs, binaries.initdb, [
    ...args,
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  const done = spawnSync(program, argv, {
    ...credentialsFor(runAs),
    cwd: paths.dir,
    env: serverEnv(),
    encoding: 'utf8',
    timeout: INITDB_TIMEOUT_MS,
  });
  if (done.status !== 0) throw initdbFailed(paths, done);
  renameSync(fresh, paths.data);
}

/** @throws SundewError STORE_FULL */
function requireSpace(dir: string): void {
  const { bavail, bsize } = statfsSync(dir);
  if (bavail * bsize >= MIN_FREE_BYTES) return;
  throw fullError(dir);
}

export function fullError(dir: string, cause?: unknown): SundewError {
  const options = cause === undefined ? undefined : { cause };
  return new SundewError('STORE_FULL', `the disk that holds ${dir} is full: free some space and start again`, options);
}

function initdbFailed(paths: ClusterPaths, done: SpawnSyncReturns<string>): SundewError {
  rmSync(`${paths.data}.new`, { recursive: true, force: true });
  const { bavail, bsize } = statfsSync(paths.dir);
  if (bavail * bsize < MIN_FREE_BYTES / 2) return fullError(paths.dir);
  const said = done.error?.message ?? lastLine(done.stderr);
  return new SundewError(
    'STORE_UNAVAILABLE',
    `the embedded PostgreSQL could not make its files in ${paths.dir} (${said}): give SUNDEW_DATABASE_URL, or another data directory`,
    { cause: done.error },
  );
}

function checkVersion(paths: ClusterPaths): void {
  const file = join(paths.data, 'PG_VERSION');
  const version = existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  if (version === EMBEDDED_MAJOR) return;
  if (version === undefined) {
    throw new SundewError('STORE_UNAVAILABLE', `${paths.data} is not a PostgreSQL directory: move it away`);
  }
  throw new SundewError(
    'STORE_NEWER',
    `${paths.data} was made by PostgreSQL ${version}, this Sundew brings ${EMBEDDED_MAJOR}: restore a backup into an empty data directory`,
  );
}

export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
