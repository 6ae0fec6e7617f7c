// The decoys of data/decoys/*.yaml: one file a decoy, mode 0600, by command, by browser or by hand.
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { isSundewError, messageOf, SundewError } from '../core/error.ts';
import type { Network } from '../core/network.ts';
import { accountName } from './account-name.ts';
import type { DecoyConfig } from './decoy-config.ts';
import { syncDirectory, writeDurably } from './durable-file.ts';
import { makeDecoy } from './make-decoy.ts';
import { parseDecoyConfig, readSecretFiles, resolveCa } from './read-config.ts';

const SUFFIX = '.yaml';
const MAX_FILE_BYTES = 256 * 1024;

export interface LoadedDecoys {
  /** With secrets read and `ca` as PEM. */
  readonly configs: readonly DecoyConfig[];
  /** One for each file that is wrong; the others work all the same. */
  readonly problems: readonly SundewError[];
}

export interface DecoyFiles {
  load(): Promise<LoadedDecoys>;
  /** Writes a new file. @returns the config as it will be run @throws SundewError DECOY_EXISTS, CONFIG_INVALID */
  add(value: unknown): Promise<DecoyConfig>;
  /** @throws SundewError DECOY_UNKNOWN */
  remove(name: string): Promise<void>;
  /** Changes only that key and keeps comments. @throws SundewError DECOY_UNKNOWN */
  setEnabled(name: string, enabled: boolean): Promise<void>;
}

export interface DecoyFilesOptions {
  /** The directory, `data/decoys`. */
  readonly dir: string;
  /** Whether an address belongs to an account that writes alerts: it must not be a decoy too. */
  isReserved?(network: Network, address: string): boolean;
}

/** Opens the directory of decoys; it is made with the first one. */
export function openDecoyFiles(options: DecoyFilesOptions): DecoyFiles {
  const { dir } = options;
  const pathOf = (name: string): string => join(dir, `${name}${SUFFIX}`);
  const read = async (name: string): Promise<DecoyConfig> => await readOne(dir, pathOf(name), name, options);
  return {
    load: async () => {
      const configs: DecoyConfig[] = [];
      const problems: SundewError[] = [];
      for (const name of await namesIn(dir)) {
        try {
          configs.push(await read(name));
        } catch (error) {
          if (!isSundewError(error)) throw error;
          problems.push(error);
        }
      }
      return { configs, problems: [...problems, ...twins(configs)] };
    },
    add: async (value) => {
      const config = parseDecoyConfig(await readSecretFiles(value, dir, 'decoy'), 'decoy');
      refuseReserved(config, 'decoy', options);
      const resolved = await resolveCa(config, dir);
      makeDecoy(resolved); // what the network's own rules refuse must not be written: the next start would stumble on it
      await refuseTwin(config, await namesIn(dir), read);
      await writeNew(dir, pathOf(config.name), stringify(value), config.name);
      return resolved;
    },
    remove: async (name) => {
      await mustExist(dir, name);
      await rm(pathOf(name));
    },
    setEnabled: async (name, enabled) => {
      await mustExist(dir, name);
      const document = parseDocument(await readFile(pathOf(name), 'utf8'));
      document.set('enabled', enabled);
      await writeDurably(pathOf(name), document.toString());
    },
  };
}

async function namesIn(dir: string): Promise<readonly string[]> {
  const files = await readdir(dir).catch(() => []);
  return files
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();
}

async function mustExist(dir: string, name: string): Promise<void> {
  if (!(await namesIn(dir)).includes(name)) {
    throw new SundewError('DECOY_UNKNOWN', `no decoy is named ${name}; "sundew decoy list" shows them`);
  }
}

async function readOne(dir: string, path: string, name: string, options: DecoyFilesOptions): Promise<DecoyConfig> {
  const text = await readFile(path, 'utf8');
  if (text.length > MAX_FILE_BYTES)
    throw new SundewError('CONFIG_INVALID', `${path}: larger than ${MAX_FILE_BYTES} bytes`);
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new SundewError('CONFIG_INVALID', `${path}: ${messageOf(error)}`, { cause: error });
  const json: unknown = document.toJS({ maxAliasCount: 10 });
  const named = typeof json === 'object' && json !== null && !('name' in json) ? { ...json, name } : json;
  const config = parseDecoyConfig(await readSecretFiles(named, dir, path), path);
  if (config.name !== name)
    throw new SundewError('CONFIG_INVALID', `${path}: name: must be ${name}, as the file is called`);
  refuseReserved(config, path, options);
  const resolved = await resolveCa(config, dir);
  makeDecoy(resolved);
  return resolved;
}

function refuseReserved(config: DecoyConfig, where: string, options: DecoyFilesOptions): void {
  if (options.isReserved?.(config.network, config.address) !== true) return;
  throw new SundewError(
    'CONFIG_INVALID',
    `${where}: address: ${config.address} is the account that sends alerts, which must not be a decoy; take another`,
  );
}

/** The same name on two servers is two accounts, save on XMPP, where the server is in the name. */
function sameAccount(a: DecoyConfig, b: DecoyConfig): boolean {
  const host = (config: DecoyConfig) => (config.network === 'xmpp' ? '' : config.host?.toLowerCase());
  const account = ({ network, address }: DecoyConfig): string => accountName(network, address);
  return a.network === b.network && account(a) === account(b) && host(a) === host(b);
}

function twins(configs: readonly DecoyConfig[]): SundewError[] {
  return configs.flatMap((config, at) => {
    const twin = configs.slice(0, at).find((other) => sameAccount(other, config));
    if (twin === undefined) return [];
    return [
      new SundewError('DECOY_EXISTS', `decoys ${twin.name} and ${config.name} are the same account ${config.address}`),
    ];
  });
}

async function refuseTwin(
  config: DecoyConfig,
  names: readonly string[],
  read: (name: string) => Promise<DecoyConfig>,
): Promise<void> {
  for (const name of names) {
    const other = await read(name).catch(() => undefined);
    if (other === undefined || !sameAccount(other, config)) continue;
    throw new SundewError('DECOY_EXISTS', `the decoy ${name} is the account ${config.address} already`);
  }
}

async function writeNew(dir: string, path: string, text: string, name: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const temporary = `${path}.new`;
  await writeFile(temporary, text, { mode: 0o600, flush: true });
  try {
    await link(temporary, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new SundewError('DECOY_EXISTS', `a decoy named ${name} is there already; choose another name or remove it`);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncDirectory(dir);
}
