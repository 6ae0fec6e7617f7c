// The database: a server of the operator's, or the embedded one, which is started again when it dies.
import { sql } from 'kysely';
import type { LoadedSettings } from '../config/settings.ts';
import type { Log } from '../core/clock.ts';
import { messageOf } from '../core/error.ts';
import { openDatabase } from '../storage/database.ts';
import { type Embedded, startEmbedded } from '../storage/embedded/embedded.ts';
import type { DataPaths } from './settings.ts';

export interface Store {
  readonly url: string;
  readonly kind: 'embedded' | 'server';
  /** Asks it. @throws SundewError STORE_UNAVAILABLE */
  version(): Promise<string>;
  /**
   * After the first start of the embedded server: has it write now what its stop would have to write, some 700 files. That takes
   * seconds on a slow disk, and a stop shall not.
   */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

const RESTART_MS = 1_000;

/** @throws SundewError STORE_UNAVAILABLE, STORE_FULL, DATA_LOCKED */
export async function openStore(loaded: LoadedSettings, paths: DataPaths, log: Log): Promise<Store> {
  const { url } = loaded.settings.database;
  const embedded = url === undefined ? await keepRunning(paths.store, log) : undefined;
  const found = embedded?.url ?? url ?? '';
  const probe = openDatabase({ url: found, realm: 'live', max: 1 });
  return {
    url: found,
    kind: embedded === undefined ? 'server' : 'embedded',
    version: async () => {
      const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(
        probe.db,
      );
      return rows[0]?.version ?? '?';
    },
    settle: async () => {
      if (embedded?.fresh === true) await sql`checkpoint`.execute(probe.db);
    },
    stop: async () => {
      await probe.close();
      await embedded?.stop();
    },
  };
}

/** Starts the embedded server, and again whenever it ends unasked. Captures wait in the journal meanwhile. */
async function keepRunning(dir: string, log: Log): Promise<{ url: string; fresh: boolean; stop(): Promise<void> }> {
  let stopping = false;
  let current: Embedded = await startEmbedded({ dir, log });
  const { url, fresh } = current;
  const watch = async (): Promise<void> => {
    while (!stopping) {
      const end = await current.ended;
      if (end.expected || stopping) return;
      log.error({ why: end.sentence }, 'the embedded database ended; it is started again');
      await restart();
    }
  };
  const restart = async (): Promise<void> => {
    while (!stopping) {
      try {
        current = await startEmbedded({ dir, log });
        if (stopping) await current.stop();
        return;
      } catch (error) {
        log.error({ err: messageOf(error) }, 'the embedded database does not start');
        await new Promise((resolve) => setTimeout(resolve, RESTART_MS));
      }
    }
  };
  const watching = watch();
  return {
    url,
    fresh,
    stop: async () => {
      stopping = true;
      await current.stop();
      await watching;
    },
  };
}
