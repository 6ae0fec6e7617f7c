// The whole in one process for tests: on a database of its own, over real HTTP.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../test/support/free-port.ts';
import { type ControlClient, controlClient } from '../../cli/control-client.ts';
import { loadSettings } from '../../config/settings.ts';
import type { Clock } from '../../core/clock.ts';
import { testDatabase } from '../../storage/testing/test-database.ts';
import { type Center, openCenter } from '../center.ts';

export interface TestCenter extends AsyncDisposable {
  readonly url: string;
  readonly center: Center;
  readonly control: ControlClient;
  readonly databaseUrl: string;
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Closes it and opens it again on the same data. */
  restart(): Promise<void>;
}

/** With the range, as with no decoy configured. */
export async function openTestCenter(options: { readonly clock?: Clock } = {}): Promise<TestCenter> {
  const database = await testDatabase({ empty: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'sundew-center-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { SUNDEW_DATABASE_URL: database.url, SUNDEW_HTTP_PORT: String(port), SUNDEW_LOG_LEVEL: 'error' };
  const open = (): Promise<Center> => openCenter(loadSettings({ env, dataDir }), { quiet: false, ...options });
  let center = await open();
  return {
    url,
    get center() {
      return center;
    },
    control: controlClient(join(dataDir, 'control.sock')),
    databaseUrl: database.url,
    call: (method, path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    restart: async () => {
      await center.close();
      center = await open();
    },
    [Symbol.asyncDispose]: async () => {
      await center.close();
      await database.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
