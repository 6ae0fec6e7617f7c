import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseRunAs, commandFor } from './run-as.ts';

const isRoot = process.getuid?.() === 0;
const namespaces = isRoot && works('unshare', ['--user', '--map-user=65534', '--map-group=65534', 'true']);
const NOBODY = { name: 'nobody', uid: 65534, gid: 65534 };
const SUNDEW = { name: 'sundew', uid: 65533, gid: 65533 };

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sundew-as-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function works(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false; // the very question
  }
}
const question = () => ({ dir: join(dir, '.'), cluster: join(dir, 'cluster'), postgres: '/bin/true' });

test('an ordinary user runs the server himself', () => {
  expect(chooseRunAs({ ...question(), uid: 1000, accounts: [{ name: 'ann', uid: 1000, gid: 1000 }] })).toEqual({
    kind: 'self',
  });
});

test.runIf(isRoot)('root hands it to an account of that purpose', () => {
  expect(chooseRunAs({ ...question(), uid: 0, accounts: [NOBODY, SUNDEW] })).toMatchObject({
    kind: 'user',
    name: 'sundew',
  });
});

test.runIf(namespaces)('root without such an account, or below a private home, uses a namespace', () => {
  expect(chooseRunAs({ ...question(), uid: 0, accounts: [NOBODY] })).toMatchObject({ kind: 'namespace' });
  const home = join(dir, 'home');
  execFileSync('install', ['-d', '-m', '700', home]);
  const below = { dir: join(home, 'postgres'), cluster: join(home, 'postgres', 'cluster'), postgres: '/bin/true' };
  expect(chooseRunAs({ ...below, uid: 0, accounts: [SUNDEW, NOBODY] })).toMatchObject({ kind: 'namespace' });
});

test.runIf(isRoot)('without namespaces and with a private home the two ways out are named', () => {
  chmodSync(dir, 0o700);
  const below = { dir: join(dir, 'postgres'), cluster: join(dir, 'postgres', 'cluster'), postgres: '/bin/true' };
  expect(() => chooseRunAs({ ...below, uid: 0, accounts: [SUNDEW, NOBODY], namespaces: false })).toThrowError(
    expect.objectContaining({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/as an ordinary user, or give SUNDEW_DATABASE_URL/),
    }),
  );
});

test('a user without a name gets no server without a namespace', () => {
  const nameless = { ...question(), uid: 4_000_000, accounts: [NOBODY], namespaces: false };
  expect(() => chooseRunAs(nameless)).toThrowError(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }));
});

test('only a namespace changes the command', () => {
  expect(commandFor({ kind: 'self' }, 'postgres', ['-V'])).toEqual(['postgres', ['-V']]);
  const [program, args] = commandFor({ kind: 'namespace', uid: 7, gid: 8 }, 'postgres', ['-V']);
  expect([program, ...args].join(' ')).toBe('unshare --user --map-user=7 --map-group=8 -- postgres -V');
});
