// The real server in every state that a machine can bring it into.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SILENT } from '../../core/clock.ts';
import { openDatabase } from '../database.ts';
import { clusterPaths } from './cluster.ts';
import { type Embedded, startEmbedded } from './embedded.ts';
import { readPidFile } from './orphan.ts';

const isRoot = process.getuid?.() === 0;
let dir = '';
let started: Embedded[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sundew-pg-'));
  chmodSync(dir, 0o755);
});
afterEach(async () => {
  for (const server of started) await server.stop();
  started = [];
  rmSync(dir, { recursive: true, force: true });
});

const start = async (where = join(dir, 'postgres')): Promise<Embedded> => {
  const server = await startEmbedded({ dir: where, log: SILENT });
  started.push(server);
  return server;
};

async function query(url: string, text: string): Promise<unknown> {
  await using database = openDatabase({ url, realm: 'live', max: 1 });
  const { rows } = await sql.raw<{ v: unknown }>(text).execute(database.db);
  return rows[0]?.v;
}

/** Another Sundew that starts the server and then waits to be killed. */
async function otherProcess(where: string) {
  const script = `import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))};
    const drop = () => undefined;
    const server = await startEmbedded({ dir: process.argv[1], log: { info: drop, warn: drop, error: drop } });
    console.log(server.pid); setInterval(drop, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, where], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { child, postgres: Number(String(line)) };
}

const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');

describe('starting', () => {
  test('makes a durable UTF-8 cluster without a port, and a second start keeps what was written', async () => {
    const first = await start();
    expect(await query(first.url, `select current_setting('fsync') || current_setting('listen_addresses') as v`)).toBe(
      'on',
    );
    expect(
      await query(
        first.url,
        `select datlocale || ' ' || pg_encoding_to_char(encoding) as v from pg_database where datname = 'sundew'`,
      ),
    ).toBe('C.UTF-8 UTF8');
    await query(first.url, 'create table public.kept as select 42 as v');
    await first.stop();
    expect(await first.ended).toMatchObject({ expected: true });
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select v from public.kept')).toBe(42);
    expect(statSync(join(dir, 'postgres')).mode & 0o077).toBe(0);
  });

  test('a directory too deep for a socket gets a private short one', async () => {
    const deep = join(dir, 'x'.repeat(60), 'y'.repeat(60));
    mkdirSync(deep, { recursive: true });
    const server = await start(join(deep, 'postgres'));
    expect(await query(server.url, 'select 1 as v')).toBe(1);
    const socket = new URL(server.url).searchParams.get('host') ?? '';
    expect(statSync(socket).mode & 0o777).toBe(0o700);
    rmSync(socket, { recursive: true, force: true });
  });

  test('a directory that holds something else is left alone', async () => {
    mkdirSync(join(dir, 'postgres', 'cluster'), { recursive: true });
    writeFileSync(join(dir, 'postgres', 'cluster', 'letter.txt'), 'dear diary');
    await expect(start()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('is not a PostgreSQL directory'),
    });
  });

  test('a cluster of another major version is refused by number', async () => {
    mkdirSync(join(dir, 'postgres', 'cluster'), { recursive: true });
    writeFileSync(join(dir, 'postgres', 'cluster', 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toMatchObject({
      code: 'STORE_NEWER',
      message: expect.stringContaining('PostgreSQL 15'),
    });
  });

  test('half a cluster of a crashed first start is made anew', async () => {
    mkdirSync(join(dir, 'postgres', 'cluster.new', 'base'), { recursive: true });
    const server = await start();
    expect(await query(server.url, 'select 1 as v')).toBe(1);
  });

  test('aborting stops it', async () => {
    const controller = new AbortController();
    const server = await startEmbedded({ dir: join(dir, 'postgres'), log: SILENT, signal: controller.signal });
    controller.abort();
    expect(await server.ended).toMatchObject({ expected: true });
  });
});

describe('as whom', () => {
  test.runIf(isRoot)('started by root it runs as somebody else', async () => {
    const server = await start();
    expect(server.runAs).not.toBe('self');
    expect(isAlive(server.pid)).toBe(true);
  });

  test.runIf(isRoot)('below a 0700 home of root it still runs, and again at the next start', async () => {
    const home = join(dir, 'home');
    mkdirSync(home, { mode: 0o700 });
    const server = await start(join(home, 'data', 'postgres'));
    expect(server.runAs).toBe('namespace');
    await query(server.url, 'create table public.kept as select 42 as v');
    await server.stop();
    const again = await start(join(home, 'data', 'postgres'));
    expect(await query(again.url, 'select v from public.kept')).toBe(42);
  });

  test.runIf(isRoot)('an ordinary user runs it as himself, in a 0700 home', async () => {
    const home = join(dir, 'home');
    const nobody = Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }));
    execFileSync('install', ['-d', '-m', '700', '-o', 'nobody', home]);
    const script = `import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))};
      const drop = () => undefined;
      const server = await startEmbedded({ dir: process.argv[1], log: { info: drop, warn: drop, error: drop } });
      console.log(server.runAs); await server.stop();`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script, join(home, 'postgres')], {
      uid: nobody,
      cwd: '/',
      encoding: 'utf8',
    });
    expect(said.trim()).toBe('self');
  });
});

describe('after a death', () => {
  test('the server of a killed Sundew is stopped and its data kept', async () => {
    const where = join(dir, 'postgres');
    const { child, postgres } = await otherProcess(where);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(postgres)).toBe(true);
    const server = await start(where);
    expect(isAlive(postgres)).toBe(false);
    expect(server.pid).not.toBe(postgres);
  });

  test('while another Sundew lives its directory is refused with its pid', async () => {
    const where = join(dir, 'postgres');
    const { child, postgres } = await otherProcess(where);
    await expect(start(where)).rejects.toMatchObject({
      code: 'DATA_LOCKED',
      message: expect.stringContaining(String(child.pid)),
    });
    expect(isAlive(postgres)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await start(where); // stops what is left
  });

  test('a server killed with kill -9 is reported, and the next start recovers what was committed', async () => {
    const server = await start();
    await query(server.url, 'create table public.kept as select 42 as v');
    process.kill(server.pid, 'SIGKILL');
    expect(await server.ended).toMatchObject({ expected: false, sentence: expect.stringContaining('SIGKILL') });
    const again = await start();
    expect(await query(again.url, 'select v from public.kept')).toBe(42);
  });

  test('a pid file whose number somebody else has now does not keep it down, and that process lives on', async () => {
    const server = await start();
    process.kill(server.pid, 'SIGKILL');
    await server.ended;
    const paths = clusterPaths(join(dir, 'postgres'));
    const bystander = spawn('sleep', ['60']);
    const file = join(paths.data, 'postmaster.pid');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(bystander.pid)));
    expect(readPidFile(paths)?.pid).toBe(bystander.pid);
    const again = await start();
    expect(await query(again.url, 'select 1 as v')).toBe(1);
    expect(bystander.exitCode).toBeNull();
    bystander.kill();
  });

  test('an open pool tells STORE_UNAVAILABLE while the server is away and works again when it is back', async () => {
    const server = await start();
    await using database = openDatabase({ url: server.url, realm: 'live' });
    const ask = () => sql<{ v: number }>`select 1 as v`.execute(database.db);
    await ask();
    const inTransaction = database.db.transaction().execute(async (tx) => {
      await sql`select 1`.execute(tx);
      process.kill(server.pid, 'SIGKILL');
      await server.ended;
      await sleep(50);
      await sql`select 1`.execute(tx);
    });
    await expect(inTransaction).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(ask()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await start();
    expect((await ask()).rows).toEqual([{ v: 1 }]);
  });
});
