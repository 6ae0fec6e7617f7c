// The live realm with what only it has: the operator's decoys, rules of engagement, outgoing mail and IM.

import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { type Channel, IM_KINDS, type ImKind } from '../alerts/channel.ts';
import { createEmailChannel } from '../alerts/channels/email.ts';
import type { ImChannel } from '../alerts/channels/im.ts';
import { type ImAlertParts, openImAlerts } from '../alerts/channels/im-alerts.ts';
import { modelFileInUse } from '../analysis/classify/model-folder.ts';
import type { FileTriage } from '../analysis/files/sandbox/sandbox.ts';
import type { Settings } from '../config/schema.ts';
import type { LoadedSettings } from '../config/settings.ts';
import type { Clock, Log, Random } from '../core/clock.ts';
import { defined } from '../core/defined.ts';
import { messageOf, SundewError } from '../core/error.ts';
import type { Network, Realm } from '../core/network.ts';
import { accountName } from '../decoys/account-name.ts';
import { openEngagement } from '../decoys/engagement/engagement.ts';
import { openSaidBook } from '../decoys/engagement/said.ts';
import { type Keepsakes, openKeepsakes } from '../decoys/keepsakes.ts';
import { scrubberOf } from '../knowledge/scrub.ts';
import { countProjected } from './center-metrics.ts';
import { type DecoyDesk, openDecoyDesk } from './decoy-desk.ts';
import type { Metrics } from './metrics.ts';
import { openRealm, type RealmOptions, type RealmParts } from './realm.ts';
import type { DataPaths } from './settings.ts';
import { createSettingsDesk, type SettingsDesk, sizeOfService } from './settings-desk.ts';
import { srvResolver } from './srv.ts';
import type { Store } from './store.ts';

export interface LiveParts {
  readonly realm: RealmParts;
  readonly decoys: DecoyDesk & { onConfigured(listener: () => Promise<void>): void };
  readonly settings: SettingsDesk;
  close(): Promise<void>;
}

export interface LiveOptions {
  readonly loaded: LoadedSettings;
  readonly paths: DataPaths;
  readonly publicUrl: string;
  readonly store: Store;
  readonly metrics: Metrics;
  /** Where content of files is looked into. */
  readonly files: FileTriage;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Whether decoys sign on and alerts go out. */
  readonly run: boolean;
}

/** What the mail channel takes of the settings. */
const emailOf = (mail: NonNullable<Settings['mail']>) =>
  createEmailChannel({ ...mail, ...defined({ envelopeFrom: mail.envelope }) });

export async function openLive(options: LiveOptions): Promise<LiveParts> {
  const { settings } = options.loaded;
  // The realm asks the desk, the desk writes to the realm's journal: whichever is asked first finds the other there.
  let desk: DecoyDesk | undefined;
  let settingsNow = (): Settings => settings; // captures of before are caught up with while there is no desk yet
  const guards = decoyGuards('live', () => desk);
  const mail = options.run && settings.mail !== undefined ? [emailOf(settings.mail)] : [];
  const realm = await openRealm({
    ...options,
    realm: 'live',
    databaseUrl: options.store.url,
    journalDir: options.paths.journal('live'),
    model: modelFileInUse(options.paths.models),
    sensor: settings.sensor.name,
    budgetPerDay: settings.alerts.dailyBudget,
    channels: mail,
    dispatch: options.run,
    delayMs: settings.disclosure.delayMin * 60_000,
    analysisWorkers: options.run ? 1 : 0,
    sizeOf: (network) => sizeOfService(settingsNow(), network),
    ...guards,
    onProjected: (projected) => countProjected(options.metrics, false, projected),
  });
  const configured: (() => Promise<void>)[] = [];
  const keepsakes = openKeepsakes(options.paths.keepsakes, options.log);
  const settingsDesk = deskOfSettings(options, realm, keepsakes, () => desk);
  settingsNow = () => settingsDesk.desk.current();
  desk = await openDecoyDesk({
    dir: options.paths.decoys,
    journal: realm.journal,
    engagement: openEngagement({
      dir: options.paths.dir,
      ceiling: settings.engagement.ceiling,
      networks: defined(settings.engagement.networks),
      clock: options.clock,
      log: options.log,
      journal: realm.journal,
    }),
    said: openSaidBook(join(options.paths.dir, 'said.log')),
    keepsakes,
    sensor: settings.sensor.name,
    clock: options.clock,
    random: options.random,
    log: options.log,
    run: options.run,
    isReserved: (network, address) => isAlertAccount(settingsDesk.desk.current(), network, address),
    onConfigured: async () => {
      for (const listener of configured) await listener();
    },
  }).catch(async (error: unknown) => {
    await realm.close(); // what stays open would keep the process alive after its error
    throw error;
  });
  if (options.run) for (const network of IM_KINDS) await settingsDesk.connect(network, settings);
  const decoys = { ...desk, onConfigured: (listener: () => Promise<void>) => void configured.push(listener) };
  return {
    realm,
    decoys,
    settings: settingsDesk.desk,
    close: async () => {
      await decoys.stop();
      await realm.close();
    },
  };
}

/** Questions on decoys that must be answered before and while decoys come and go. */
export function decoyGuards(
  realm: Realm,
  desk: () => DecoyDesk | undefined,
): Pick<RealmOptions, 'isDecoyAddress' | 'redact' | 'watched'> {
  let known = '';
  let scrub = scrubberOf([]);
  return {
    isDecoyAddress: (channel, address) => channel !== 'email' && desk()?.isDecoy(channel, address) === true,
    redact: (text) => {
      const addresses = desk()?.addresses() ?? [];
      if (addresses.join('\n') !== known) {
        known = addresses.join('\n');
        scrub = scrubberOf(addresses);
      }
      return scrub(text);
    },
    watched: () => desk()?.networks(realm) ?? new Set(),
  };
}

/** Whether alerts come from this account: then it can be no decoy. */
function isAlertAccount({ alerts }: Settings, network: Network, address: string): boolean {
  const kind = IM_KINDS.find((known) => known === network);
  const own = kind === undefined ? undefined : alerts.accounts[kind]?.address;
  return own !== undefined && accountName(network, own) === accountName(network, address);
}

interface DeskParts {
  readonly desk: SettingsDesk;
  connect(network: ImKind, settings: Settings): Promise<void>;
}

function deskOfSettings(
  options: LiveOptions,
  realm: RealmParts,
  keepsakes: Keepsakes,
  decoys: () => DecoyDesk | undefined,
): DeskParts {
  const channels = new Map<ImKind, ImChannel>();
  const problems = new Map<ImKind, string>();
  const idle = options.run ? 'not set up' : 'Sundew is not running';
  const parts = { ...options, db: realm.db, journal: realm.journal, keepsakes, srv: srvResolver(options.random) };
  const isDecoy = (network: ImKind, address: string): boolean => decoys()?.isDecoy(network, address) === true;
  const connect = async (network: ImKind, settings: Settings): Promise<void> => {
    channels.delete(network);
    problems.delete(network);
    try {
      const channel = await channelOf(network, settings, options, parts, isDecoy);
      if (channel !== undefined) channels.set(network, channel);
    } catch (error) {
      problems.set(network, messageOf(error));
      options.log.error({ network, err: messageOf(error) }, 'alerts by IM are not set up rightly');
    }
    await realm.setChannel(network, channels.get(network));
  };
  const desk = createSettingsDesk({
    loaded: options.loaded,
    onMail: async (settings) => {
      const channel: Channel | undefined = settings.mail === undefined ? undefined : emailOf(settings.mail);
      if (options.run) await realm.setChannel('email', channel);
    },
    onIm: (network, settings) => (options.run ? connect(network, settings) : Promise.resolve()),
    checkMail: (mail) => emailOf(mail).close(),
    sendTest: async (mail, to) => {
      const channel = emailOf(mail);
      try {
        const { ok, sentence } = await channel.sendTest(to);
        if (!ok) throw new SundewError('CHANNEL_REFUSED', sentence);
        return sentence;
      } finally {
        await channel.close();
      }
    },
    imStateText: (network) => channels.get(network)?.state() ?? problems.get(network) ?? idle,
    isDecoyAddress: isDecoy,
  });
  return { desk, connect };
}

/** @returns undefined without an account @throws SundewError CONFIG_INVALID */
async function channelOf<N extends ImKind>(
  network: N,
  { alerts }: Settings,
  options: LiveOptions,
  parts: ImAlertParts,
  isDecoy: (network: ImKind, address: string) => boolean,
): Promise<ImChannel | undefined> {
  const account = alerts.accounts[network];
  if (account === undefined) return undefined;
  if (isDecoy(network, account.address)) {
    throw new SundewError(
      'CONFIG_INVALID',
      `alerts.accounts.${network}: ${account.address} is a decoy; give alerts an account of their own`,
    );
  }
  const ca = 'ca' in account ? account.ca : undefined;
  return openImAlerts(network, account, { ...parts, ca: await pemOf(network, ca, options) });
}

/** A PEM, or the path of one, relative to the data directory. */
async function pemOf(network: ImKind, ca: string | undefined, { paths }: LiveOptions): Promise<string | undefined> {
  if (ca === undefined || ca.includes('-----BEGIN')) return ca;
  try {
    return await readFile(isAbsolute(ca) ? ca : join(paths.dir, ca), 'utf8');
  } catch (cause) {
    throw new SundewError(
      'CONFIG_INVALID',
      `alerts.accounts.${network}.ca: ${ca} cannot be read: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  }
}
