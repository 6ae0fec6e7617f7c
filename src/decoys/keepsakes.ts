// The keepsakes of all accounts of this process: a file each, mode 0600, named after the account by a hash.
import { hash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../core/clock.ts';
import { messageOf } from '../core/error.ts';
import type { Keepsake } from '../core/keepsake.ts';
import type { Network } from '../core/network.ts';
import { accountName } from './account-name.ts';
import { writeDurably } from './durable-file.ts';

const MAX_CHARACTERS = 16_384;

/** An account at its server; settings of decoys and of alert accounts have this form. */
export interface KeptAccount {
  readonly network: Network;
  readonly address: string;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
}

export interface Keepsakes {
  of(account: KeptAccount): Keepsake;
  /** Does away with what is kept for an account. */
  forget(account: KeptAccount): Promise<void>;
}

/** Keeps them in a directory, which is made with the first one. */
export function openKeepsakes(dir: string, log: Log): Keepsakes {
  const pathOf = ({ network, address, host, port }: KeptAccount): string => {
    const account = JSON.stringify([network, host?.toLowerCase(), port, accountName(network, address)]);
    return join(dir, `${network}-${hash('sha256', account, 'hex').slice(0, 32)}`);
  };
  return {
    of: (account) => fileKeepsake(pathOf(account), log),
    forget: async (account) => await rm(pathOf(account), { force: true }),
  };
}

function fileKeepsake(path: string, log: Log): Keepsake {
  return {
    load: async () => {
      try {
        const text = await readFile(path, 'utf8');
        return text.length > MAX_CHARACTERS ? undefined : text;
      } catch (error) {
        const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        if (!missing) log.warn({ path, cause: messageOf(error) }, 'a keepsake of a sign-on cannot be read');
        return undefined;
      }
    },
    save: async (text) => {
      try {
        await writeDurably(path, text);
      } catch (error) {
        log.warn({ path, cause: messageOf(error) }, 'a keepsake of a sign-on cannot be written');
      }
    },
  };
}
