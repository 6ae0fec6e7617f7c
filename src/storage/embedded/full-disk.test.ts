// A full disk under the embedded server: a small tmpfs, which only root may mount.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SILENT } from '../../core/clock.ts';
import { openDatabase } from '../database.ts';
import { startEmbedded } from './embedded.ts';

let dir = '';
const mountable = canMount();

function canMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'sundew-mount-'));
  try {
    mount(probe, 1);
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false; // not root, or a container without the right to mount
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

function mount(where: string, megabytes: number): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', where], { stdio: 'ignore' });
}

describe.runIf(mountable)('on a full disk (skipped where tmpfs cannot be mounted)', () => {
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sundew-full-'));
  });
  afterEach(() => {
    execFileSync('umount', ['-l', dir]);
    rmSync(dir, { recursive: true, force: true });
  });

  test('a first start says STORE_FULL and leaves nothing', async () => {
    mount(dir, 16);
    await expect(startEmbedded({ dir: join(dir, 'postgres'), log: SILENT })).rejects.toMatchObject({
      code: 'STORE_FULL',
    });
  });

  test('a running server refuses what does not fit, keeps what did, and goes on when there is room', async () => {
    mount(dir, 160);
    const server = await startEmbedded({
      dir: join(dir, 'postgres'),
      log: SILENT,
      settings: { max_wal_size: '32MB', min_wal_size: '32MB' },
    });
    await using database = openDatabase({ url: server.url, realm: 'live' });
    const run = (text: string) => sql.raw<{ v: unknown }>(text).execute(database.db);
    await run('create table public.kept (v text)');
    await run(`insert into public.kept values ('before')`);
    const { bavail, bsize } = statfsSync(dir);
    writeFileSync(join(dir, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - 2 * 1024 * 1024)));
    const tooMuch = run(`insert into public.kept select repeat(md5(n::text), 30) from generate_series(1, 100000) n`);
    await expect(tooMuch).rejects.toMatchObject({ code: expect.stringMatching(/^STORE_(FULL|UNAVAILABLE)$/) });
    rmSync(join(dir, 'ballast'));
    // A server that had no room for its log ends, now or a little later; then it is started again, as Sundew does.
    let ended = false;
    void server.ended.then(() => {
      ended = true;
    });
    let again = server;
    await expect
      .poll(
        async () => {
          if (ended && again === server) again = await startEmbedded({ dir: join(dir, 'postgres'), log: SILENT });
          return run('select v from public.kept').then(
            (result) => result.rows,
            () => [],
          );
        },
        { timeout: 20_000 },
      )
      .toEqual([{ v: 'before' }]);
    await database.close();
    await again.stop();
  });
});
