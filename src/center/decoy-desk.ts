// Decoys as operators handle them: files, what runs, rules of engagement. Two supervisors: live and, while the range
// runs, simulated.
import type { z } from 'zod';
import { encodeCaptureEntry } from '../captures/entry.ts';
import type { Clock, Log, Random } from '../core/clock.ts';
import { defined } from '../core/defined.ts';
import { SundewError } from '../core/error.ts';
import type { Journal } from '../core/journal.ts';
import type { Level } from '../core/link.ts';
import type { Network, Realm } from '../core/network.ts';
import { checkDecoy } from '../decoys/check.ts';
import type { DecoyConfig } from '../decoys/decoy-config.ts';
import { type DecoyFiles, openDecoyFiles } from '../decoys/decoy-files.ts';
import type { DecoyStatus as RunningStatus } from '../decoys/decoy-runner.ts';
import type { Approval } from '../decoys/engagement/approvals.ts';
import type { Engagement } from '../decoys/engagement/engagement.ts';
import type { SaidBook } from '../decoys/engagement/said.ts';
import type { Keepsakes } from '../decoys/keepsakes.ts';
import { makeDecoy } from '../decoys/make-decoy.ts';
import { parseDecoyConfig, resolveCa } from '../decoys/read-config.ts';
import { createSupervisor, type Supervisor } from '../decoys/supervisor.ts';
import type { DecoyCheck, DecoyStatus } from './api/contract.ts';
import { srvResolver } from './srv.ts';

export interface DecoyDesk {
  list(): Promise<readonly z.infer<typeof DecoyStatus>[]>;
  add(config: DecoyConfig): Promise<void>;
  remove(name: string): Promise<void>;
  setEnabled(name: string, enabled: boolean): Promise<void>;
  check(config: DecoyConfig): Promise<z.infer<typeof DecoyCheck>>;
  checkNamed(name: string): Promise<z.infer<typeof DecoyCheck>>;
  /** How many are configured, running or not. */
  configured(): number;
  /** Whether an address is a decoy's, live or of the range. */
  isDecoy(network: Network, address: string): boolean;
  addresses(): readonly string[];
  /** What runs of a realm's decoys, and of the one with this address; nothing where decoys do not sign on. */
  running(realm: Realm): readonly RunningStatus[];
  runningOf(realm: Realm, network: Network, address: string): RunningStatus | undefined;
  /** The networks of a realm's decoys. */
  networks(realm: Realm): ReadonlySet<Network>;
  engagement(): { stopped: boolean; ceiling: Level };
  engagementDetail(): unknown;
  stopEngagement(reason: string, by: string): Promise<void>;
  resumeEngagement(reason: string, by: string): Promise<void>;
  /** @throws SundewError CONFIG_INVALID when the approval does not hold */
  approve(approval: Approval): Promise<void>;
  /** Runs the range's decoys against its journal. */
  startSimulated(journal: Journal, configs: readonly DecoyConfig[]): void;
  stopSimulated(): Promise<void>;
  stop(): Promise<void>;
}

export interface DecoyDeskOptions {
  readonly dir: string;
  readonly journal: Journal;
  readonly engagement: Engagement;
  readonly said: SaidBook;
  readonly keepsakes: Keepsakes;
  readonly sensor: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Whether it is the account that sends alerts. */
  isReserved(network: Network, address: string): boolean;
  /** The first decoy came, or the last one went. */
  onConfigured(): Promise<void>;
  /** Whether decoys sign on; not for a single command's process. */
  readonly run: boolean;
}

/** Reads the files and starts what is enabled. */
export async function openDecoyDesk(options: DecoyDeskOptions): Promise<DecoyDesk> {
  const files = openDecoyFiles({ dir: options.dir, isReserved: options.isReserved });
  const srv = srvResolver(options.random);
  const supervise = (journal: Journal, simulated: boolean): Supervisor =>
    createSupervisor({
      ...options,
      journal,
      simulated,
      keepsakes: simulated ? undefined : options.keepsakes,
      encodeEntry: encodeCaptureEntry,
      makeDecoy: (config) => makeDecoy(config, { srv }),
    });
  const live = supervise(options.journal, false);
  let simulated: Supervisor | undefined;
  const of = (realm: Realm): Supervisor | undefined => (realm === 'live' ? live : simulated);
  const { configs, problems } = await files.load();
  for (const problem of problems)
    options.log.error({ err: problem.message }, 'a decoy is not configured rightly and does not run');
  const known = new Map(configs.map((config) => [config.name, config]));
  for (const config of configs) live.add(options.run ? config : { ...config, enabled: false });

  const desk: Omit<DecoyDesk, 'startSimulated' | 'stopSimulated' | 'stop'> = {
    list: async () =>
      [...live.status(), ...(simulated?.status() ?? [])].map((status) =>
        options.run ? { ...status } : { ...status, ...notRunning(known.get(status.name)) },
      ),
    ...changes(options, files, live, known),
    check: async (config) => {
      const checked = await resolveCa(parseDecoyConfig(config, 'decoy'), options.dir);
      return defined(await checkDecoy(checked, live.environment, { srv }));
    },
    checkNamed: async (name) => {
      const config = known.get(name);
      if (config === undefined)
        throw new SundewError('DECOY_UNKNOWN', `no decoy is named ${name}; "sundew decoy list" shows them`);
      return defined(await checkNamed(config, live, srv));
    },
    configured: () => known.size,
    isDecoy: (network, address) => live.isDecoy(network, address) || simulated?.isDecoy(network, address) === true,
    addresses: () => [...live.status(), ...(simulated?.status() ?? [])].map(({ address }) => address),
    networks: (realm) =>
      new Set(
        of(realm)
          ?.status()
          .map(({ network }) => network),
      ),
    running: (realm) => (options.run ? (of(realm)?.status() ?? []) : []),
    runningOf: (realm, network, address) => (options.run ? of(realm)?.statusOf(network, address) : undefined),
    ...rules(options.engagement),
  };
  return {
    ...desk,
    startSimulated: (journal, range) => {
      simulated = supervise(journal, true);
      for (const config of range) simulated.add(config);
    },
    stopSimulated: async () => {
      await simulated?.stop();
      simulated = undefined;
    },
    stop: async () => {
      await Promise.all([live.stop(), simulated?.stop()]);
    },
  };
}

/** What a command that works without a running Sundew says of a decoy. */
function notRunning(
  config: DecoyConfig | undefined,
): Pick<z.infer<typeof DecoyStatus>, 'enabled' | 'state' | 'problem'> {
  if (config?.enabled !== true) return { enabled: false, state: 'disabled' };
  return { enabled: true, state: 'stopped', problem: 'Sundew is not running: sundew start' };
}

function changes(
  options: DecoyDeskOptions,
  files: DecoyFiles,
  live: Supervisor,
  known: Map<string, DecoyConfig>,
): Pick<DecoyDesk, 'add' | 'remove' | 'setEnabled'> {
  return {
    add: async (given) => {
      const config = await files.add(given);
      live.add(options.run ? config : { ...config, enabled: false });
      known.set(config.name, config);
      await options.onConfigured();
    },
    remove: async (name) => {
      await files.remove(name);
      const config = known.get(name);
      if (config !== undefined) {
        known.delete(name);
        await live.remove(name); // one that could not be read never ran
        await options.keepsakes.forget(config);
      }
      await options.onConfigured();
    },
    setEnabled: async (name, enabled) => {
      await files.setEnabled(name, enabled);
      const config = known.get(name);
      if (config !== undefined) known.set(name, { ...config, enabled });
      if (options.run) await live.setEnabled(name, enabled);
    },
  };
}

function rules(
  engagement: Engagement,
): Pick<DecoyDesk, 'engagement' | 'engagementDetail' | 'stopEngagement' | 'resumeEngagement' | 'approve'> {
  return {
    engagement: () => ({ stopped: engagement.stopped, ceiling: engagement.ceiling }),
    engagementDetail: () => ({
      stopped: engagement.stopped,
      ceiling: engagement.ceiling,
      approvals: engagement.approvals(),
    }),
    stopEngagement: (reason, by) => engagement.stop(reason, by),
    resumeEngagement: (reason, by) => engagement.resume(reason, by),
    approve: (approval) => engagement.approve(approval),
  };
}

/** One that is signed on needs no second sign-on, which would throw the first one out. */
async function checkNamed(
  config: DecoyConfig,
  live: Supervisor,
  srv: ReturnType<typeof srvResolver>,
): Promise<z.infer<typeof DecoyCheck>> {
  const status = live.status().find(({ name }) => name === config.name);
  if (status?.state === 'online')
    return { ok: true, sentence: `${config.address} is signed on since ${status.since}.` };
  if (status?.enabled && status.problem !== undefined) await live.setEnabled(config.name, false);
  const { ok, sentence, code } = await checkDecoy(config, live.environment, { srv });
  if (status?.enabled) await live.setEnabled(config.name, true);
  return { ok, sentence, ...defined({ code }) };
}
