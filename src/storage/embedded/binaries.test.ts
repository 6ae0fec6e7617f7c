import { existsSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBinaries, hydrateSymlinks } from './binaries.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sundew-bin-'));
  mkdirSync(join(home, 'native/lib'), { recursive: true });
  writeFileSync(join(home, 'native/lib/libx.so.1.2'), '');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const list = (links: unknown): void => writeFileSync(join(home, 'native/pg-symlinks.json'), JSON.stringify(links));

test('links that a blocked install script did not make are made, once', () => {
  list([{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so' }]);
  hydrateSymlinks(home);
  hydrateSymlinks(home);
  expect(readlinkSync(join(home, 'native/lib/libx.so'))).toBe('libx.so.1.2');
});

test('a list that points out of the package makes nothing there', () => {
  list([
    { source: 'native/lib/libx.so.1.2', target: '../escaped' },
    { source: '../../etc/passwd', target: 'native/lib/inside' },
  ]);
  hydrateSymlinks(home);
  expect(existsSync(join(home, '../escaped'))).toBe(false);
  expect(() => lstatSync(join(home, 'native/lib/inside'))).toThrow('ENOENT');
});

test('the binaries of this platform are found, and of an unknown one are not', () => {
  expect(existsSync(findBinaries().postgres)).toBe(true);
  expect(() => findBinaries('plan9', 'mips')).toThrowError(
    expect.objectContaining({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining('SUNDEW_DATABASE_URL') }),
  );
});
