// One process owns a data directory. The kernel keeps the lock (SQLite's fcntl lock on an empty file), so a killed owner
// leaves nothing to clean up; the owner's pid stands beside it for the message.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, SundewError } from '../core/error.ts';

const LOCK_FILE = 'owner.lock';
const PID_FILE = 'owner.pid';
/** SQLITE_BUSY. */
const BUSY = 5;

/** A caller may forget the lock, the garbage collector must not: closing the file would give it away. */
const HELD = new Set<DatabaseSync>();

export interface DataLock extends Disposable {
  readonly dir: string;
  release(): void;
}

/**
 * Takes the directory (made when missing, mode 0700) for this process until released or dead.
 * @throws SundewError DATA_LOCKED naming the owner's pid and the directory, STORE_UNAVAILABLE when it cannot be written
 */
export function lockDataDir(dir: string): DataLock {
  const held = openLock(dir);
  try {
    held.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
  } catch (error) {
    held.close();
    if ((error as { errcode?: unknown }).errcode === BUSY) throw lockedError(dir, error);
    throw unwritableError(dir, error);
  }
  writePid(dir);
  HELD.add(held);
  let released = false;
  const release = (): void => {
    if (released) return;
    released = true;
    rmSync(join(dir, PID_FILE), { force: true });
    HELD.delete(held);
    held.close();
  };
  return { dir, release, [Symbol.dispose]: release };
}

/** The pid that the owner of a directory wrote, for messages; it may be gone already. */
export function lockOwner(dir: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(dir, PID_FILE), 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined; // not written yet or already removed: the message goes without
  }
}

function openLock(dir: string): DatabaseSync {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    return new DatabaseSync(join(dir, LOCK_FILE), { timeout: 0 });
  } catch (error) {
    throw unwritableError(dir, error);
  }
}

/** The pid is a courtesy: a full disk must not keep the owner out. */
function writePid(dir: string): void {
  try {
    writeFileSync(join(dir, PID_FILE), `${process.pid}\n`, { mode: 0o600 });
  } catch {
    rmSync(join(dir, PID_FILE), { force: true }); // rather none than half of one
  }
}

function lockedError(dir: string, cause: unknown): SundewError {
  const pid = lockOwner(dir);
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  return new SundewError('DATA_LOCKED', `${who} is using ${dir}: stop it first, or choose another data directory`, {
    cause,
  });
}

function unwritableError(dir: string, cause: unknown): SundewError {
  return new SundewError(
    'STORE_UNAVAILABLE',
    `the data directory ${dir} cannot be used (${messageOf(cause)}): make it writable, or choose another`,
    { cause },
  );
}
