import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { lockDataDir, lockOwner } from './lock.ts';

const made: string[] = [];
const fresh = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'sundew-lock-'));
  made.push(dir);
  return dir;
};
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** Another process that takes the lock and keeps it. */
async function holder(dir: string) {
  const script = `import { lockDataDir } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
    lockDataDir(process.argv[1]); gc(); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test('a second process is refused with the pid of the first and the directory', async () => {
  const dir = fresh();
  const child = await holder(dir);
  try {
    expect(() => lockDataDir(dir)).toThrowError(
      expect.objectContaining({
        code: 'DATA_LOCKED',
        message: expect.stringMatching(new RegExp(`process ${child.pid} .*${dir}`)),
      }),
    );
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  using lock = lockDataDir(dir);
  expect(lockOwner(lock.dir)).toBe(process.pid);
});

test('the same process cannot take it twice, and can again after releasing', () => {
  const dir = fresh();
  const lock = lockDataDir(dir);
  expect(() => lockDataDir(dir)).toThrowError(expect.objectContaining({ code: 'DATA_LOCKED' }));
  lock.release();
  lock.release();
  lockDataDir(dir).release();
});

test('a directory that does not exist is made, private', () => {
  const dir = join(fresh(), 'a', 'b');
  using _lock = lockDataDir(dir);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
});

test('a path that is no directory is refused with a sentence', () => {
  const file = join(fresh(), 'file');
  writeFileSync(file, '');
  expect(() => lockDataDir(file)).toThrowError(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }));
});

test('a pid file of nonsense names no owner', () => {
  const dir = fresh();
  writeFileSync(join(dir, 'owner.pid'), 'rm -rf /');
  expect(lockOwner(dir)).toBeUndefined();
});
