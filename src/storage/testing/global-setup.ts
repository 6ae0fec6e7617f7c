// One database server for a whole Vitest run, started when the first test asks for it: tests of pure code start none.
// SUNDEW_TEST_DATABASE_URL (a superuser's, on a server for tests) runs the same suite on another PostgreSQL.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { SILENT } from '../../core/clock.ts';
import { messageOf } from '../../core/error.ts';
import { REALMS } from '../../core/network.ts';
import { openDatabase } from '../database.ts';
import { type Embedded, startEmbedded } from '../embedded/embedded.ts';
import { runOnServer } from '../embedded/ensure-database.ts';
import { migrate } from '../migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Socket that answers with the URL of the template database, or with `error: …`. */
    readonly sundewDatabaseBroker: string;
  }
}

interface Running {
  readonly templateUrl: string;
  stop(): Promise<void>;
}

/** Durability is tested with servers of the tests' own; here speed counts. */
const FAST = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200' };

/** Vitest's global setup; its result is the teardown. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), 'sundew-test-'));
  let running: Promise<Running> | undefined;
  const start = (): Promise<Running> => {
    running ??= startServer(dir);
    return running;
  };
  const broker = await listen(join(dir, 'broker'), start);
  project.provide('sundewDatabaseBroker', join(dir, 'broker'));
  return async () => {
    broker.close();
    await running?.then(
      (server) => server.stop(),
      () => undefined, // the tests that asked have told why it did not start
    );
    rmSync(dir, { recursive: true, force: true });
  };
}

function listen(path: string, start: () => Promise<Running>): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined); // a worker that ended while waiting
    start().then(
      (running) => socket.end(running.templateUrl),
      (error: unknown) => socket.end(`error: ${messageOf(error)}`),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
}

async function startServer(dir: string): Promise<Running> {
  const given = process.env.SUNDEW_TEST_DATABASE_URL;
  const embedded = given === undefined ? await startIn(join(dir, 'postgres')) : undefined;
  const templateUrl = await makeTemplate(given ?? embedded?.url ?? '');
  return {
    templateUrl,
    stop: async () => {
      if (given !== undefined)
        await runOnServer(given, [`drop database if exists "${nameOf(templateUrl)}" with (force)`]);
      await embedded?.stop();
    },
  };
}

async function startIn(dir: string): Promise<Embedded> {
  return await startEmbedded({ dir, log: SILENT, settings: FAST });
}

/** A migrated database that every test's database is a copy of. */
async function makeTemplate(serverUrl: string): Promise<string> {
  const name = `sundew_template_${randomUUID().slice(0, 8)}`;
  await runOnServer(serverUrl, [`create database "${name}"`]);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  for (const realm of REALMS) {
    await using database = openDatabase({ url: url.href, realm });
    await migrate(database);
  }
  return url.href;
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
