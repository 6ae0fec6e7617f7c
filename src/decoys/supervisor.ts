// Runs the decoys of a sensor: thousands in one process, each with its own back-off, started spread out.
import type { Decoy } from '../core/decoy.ts';
import { SundewError } from '../core/error.ts';
import type { Network } from '../core/network.ts';
import { accountName } from './account-name.ts';
import type { DecoyConfig } from './decoy-config.ts';
import { DecoyRunner, type DecoyStatus } from './decoy-runner.ts';
import type { DecoyEnvironment } from './equip.ts';
import { makeDecoy } from './make-decoy.ts';
import { Turnstile } from './turnstile.ts';

const SPREAD_PER_DECOY_MS = 20;
const MAX_SPREAD_MS = 30_000;

export interface SupervisorOptions extends Omit<DecoyEnvironment, 'isDecoy'> {
  readonly makeDecoy?: (config: DecoyConfig) => Decoy;
  /** Decoys of the other realm, for instance. */
  isDecoy?(network: Network, address: string): boolean;
  /** After any change of any state. */
  onChange?(): void;
}

export interface Supervisor {
  /** Takes a decoy in, and starts it when it is enabled. @throws SundewError DECOY_EXISTS, CONFIG_INVALID */
  add(config: DecoyConfig): void;
  /** @throws SundewError DECOY_UNKNOWN */
  remove(name: string): Promise<void>;
  /** Starts or stops one; starting also brings back one that a fatal error stopped. @throws SundewError DECOY_UNKNOWN */
  setEnabled(name: string, enabled: boolean): Promise<void>;
  status(): readonly DecoyStatus[];
  /** Of the decoy with this address. */
  statusOf(network: Network, address: string): DecoyStatus | undefined;
  /** Whether an address is one of these decoys. */
  isDecoy(network: Network, address: string): boolean;
  /** What the decoys run in; for `checkDecoy`. */
  readonly environment: DecoyEnvironment;
  /** Signs all off. */
  stop(): Promise<void>;
}

/** Makes a supervisor without decoys. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const runners = new Map<string, DecoyRunner>();
  const turnstile = new Turnstile();
  const isDecoy = (network: Network, address: string): boolean =>
    options.isDecoy?.(network, address) === true || runnerOf(runners.values(), network, address) !== undefined;
  const environment: DecoyEnvironment = { ...options, isDecoy };
  const make = options.makeDecoy ?? makeDecoy;
  const find = (name: string): DecoyRunner => {
    const runner = runners.get(name);
    if (runner === undefined) throw new SundewError('DECOY_UNKNOWN', `no decoy is named ${name}`);
    return runner;
  };
  const spread = (): number => options.random() * Math.min(MAX_SPREAD_MS, SPREAD_PER_DECOY_MS * (runners.size - 1));
  return {
    environment,
    isDecoy,
    add: (config) => {
      if (runners.has(config.name)) throw new SundewError('DECOY_EXISTS', `a decoy named ${config.name} runs already`);
      const decoy = make(config);
      const onChange = (): void => options.onChange?.();
      const runner = new DecoyRunner({ config, decoy, environment, turnstile, onChange });
      runners.set(config.name, runner);
      if (config.enabled) runner.start(spread());
    },
    remove: async (name) => {
      const runner = find(name);
      await runner.stop();
      runners.delete(name);
    },
    setEnabled: async (name, enabled) => {
      const runner = find(name);
      if (!enabled || runner.status().state === 'stopped') await runner.stop();
      if (enabled) runner.start(0);
    },
    statusOf: (network, address) => runnerOf(runners.values(), network, address)?.status(),
    status: () => [...runners.values()].map((runner) => runner.status()),
    stop: async () => {
      await Promise.all([...runners.values()].map(async (runner) => await runner.stop()));
    },
  };
}

function runnerOf(runners: Iterable<DecoyRunner>, network: Network, address: string): DecoyRunner | undefined {
  const account = accountName(network, address);
  for (const runner of runners) {
    const { decoy } = runner;
    if (decoy.network !== network) continue;
    const own = accountName(network, decoy.address);
    if (account === own || (decoy.abilities.manyAddresses && account.endsWith(`@${own}`))) return runner;
  }
  return undefined;
}
