// A database of its own for a test file: a copy of the migrated template, dropped when disposed.
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import type { Realm } from '../../core/network.ts';
import { type Database, openDatabase } from '../database.ts';
import { runOnServer } from '../embedded/ensure-database.ts';

/** Has both realms' schemas migrated; opened for one. */
export type TestDatabase = Database;

export interface TestDatabaseOptions {
  /** `live` unless told. */
  readonly realm?: Realm;
  /** True for a database without any schema, for tests of migrations. */
  readonly empty?: boolean;
  readonly max?: number;
}

/** Use it with `await using`, or close it in `afterAll`. */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const templateUrl = await askBroker();
  const template = new URL(templateUrl).pathname.slice(1);
  const name = `sundew_test_${randomUUID().replaceAll('-', '')}`;
  const from = options.empty === true ? 'template0' : template;
  await runOnServer(templateUrl, [`create database "${name}" template "${from}" strategy file_copy`]);
  const url = new URL(templateUrl);
  url.pathname = `/${name}`;
  const database = openDatabase({ url: url.href, realm: options.realm ?? 'live', max: options.max ?? 5 });
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= database
      .close()
      .then(() => runOnServer(templateUrl, [`drop database if exists "${name}" with (force)`]));
    return closed;
  };
  return { ...database, close, [Symbol.asyncDispose]: close };
}

/** The URL of the template, once the run's server is up. */
async function askBroker(): Promise<string> {
  const answer = await text(connect(inject('sundewDatabaseBroker')));
  if (!answer.startsWith('postgres')) throw new Error(`no test database: ${answer}`);
  return answer;
}
