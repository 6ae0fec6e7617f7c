// The threat centre put together: lock, store, realms, decoys, range, HTTP. One of these owns a data directory.
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { LoadedSettings } from '../config/settings.ts';
import type { Clock, Log } from '../core/clock.ts';
import { messageOf, SundewError } from '../core/error.ts';
import { lockDataDir } from '../storage/lock.ts';
import { type Accounts, openAccounts } from './accounts/accounts.ts';
import { createCenterMetrics } from './center-metrics.ts';
import { listenControl } from './control/socket.ts';
import { openDemonstration } from './demonstration.ts';
import { openScanners } from './file-triage.ts';
import { createApp } from './http/app.ts';
import type { App } from './http/server.ts';
import { openLive } from './live-realm.ts';
import { dataPaths, publicUrlOf } from './settings.ts';
import { openStore } from './store.ts';
import { systemClock, systemLog, systemRandom } from './system.ts';

export interface Center {
  /** Where the board is. */
  readonly address: string;
  /** Whether the board shows the range's realm. */
  readonly simulated: boolean;
  /** `undefined` once there is an admin. */
  firstAdminLink(): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface CenterOptions {
  /** For one command: no decoys sign on, no range, no HTTP port; only the control socket. */
  readonly quiet: boolean;
  readonly clock?: Clock;
}

/** What must be undone, last first; every step is tried whatever the others do. */
class Closing {
  readonly #steps: (() => Promise<void> | void)[] = [];

  push(step: () => Promise<void> | void): void {
    this.#steps.push(step);
  }

  async run(log: Log): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        log.error({ err: messageOf(error) }, 'a part did not close');
      }
    }
  }
}

/** @throws SundewError DATA_LOCKED, CONFIG_INVALID, STORE_*, JOURNAL_* */
export async function openCenter(loaded: LoadedSettings, options: CenterOptions): Promise<Center> {
  const log = systemLog(options.quiet ? 'error' : loaded.settings.log.level);
  const closing = new Closing();
  try {
    return await assemble(loaded, options, log, closing);
  } catch (error) {
    await closing.run(log);
    throw error;
  }
}

async function assemble(loaded: LoadedSettings, options: CenterOptions, log: Log, closing: Closing): Promise<Center> {
  const clock = options.clock ?? systemClock;
  const system = { clock, random: systemRandom, log };
  const paths = dataPaths(loaded);
  const publicUrl = publicUrlOf(loaded);
  const lock = lockDataDir(paths.dir);
  closing.push(() => lock.release());
  const store = await openStore(loaded, paths, log);
  closing.push(() => store.stop());
  const accounts = await openAccounts({ url: store.url, secret: await authSecret(paths.authSecret), publicUrl });
  closing.push(() => accounts.close());
  const files = await openScanners(loaded, (problem) =>
    log.warn({ problem }, 'files are not looked into as they should be'),
  );
  closing.push(() => files.close());
  const metrics = createCenterMetrics();
  const live = await openLive({ ...system, loaded, paths, publicUrl, store, metrics, files, run: !options.quiet });
  closing.push(() => live.close());
  const demonstration = await openDemonstration({
    ...system,
    loaded,
    paths,
    publicUrl,
    store,
    metrics,
    files,
    live,
    run: !options.quiet,
  });
  closing.push(() => demonstration.close());
  live.decoys.onConfigured(() => demonstration.adjust());
  const app = await createApp({ ...system, loaded, accounts, metrics, live, demonstration, store, publicUrl });
  closing.push(() => app.close());
  const control = await listenControl(app, paths.control);
  closing.push(async () => control[Symbol.asyncDispose]());
  if (!options.quiet) {
    await listen(app, loaded.settings.http);
    store
      .settle()
      .catch((error: unknown) => log.warn({ err: messageOf(error) }, 'the store was not written out early'));
  }
  return {
    address: publicUrl,
    get simulated() {
      return demonstration.shown();
    },
    firstAdminLink: () => firstAdminLink(accounts, publicUrl),
    close: () => closing.run(log),
  };
}

/** @throws SundewError CONFIG_INVALID when the address is taken or not ours */
async function listen(app: App, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const taken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
    const why = taken ? 'something else listens there' : messageOf(cause);
    throw new SundewError(
      'CONFIG_INVALID',
      `${host}:${port} cannot be listened on: ${why}; choose another port with SUNDEW_HTTP_PORT`,
      { cause },
    );
  }
}

async function firstAdminLink(accounts: Accounts, publicUrl: string): Promise<string | undefined> {
  const token = await accounts.firstAdminToken();
  return token === undefined ? undefined : `${publicUrl}/setup?token=${token}`;
}

/** Made at the first start; whoever has it can forge sessions. */
async function authSecret(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const secret = randomBytes(32).toString('base64url');
    await writeFile(path, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return secret;
  }
}
