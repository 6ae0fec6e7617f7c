// Settings that change while Sundew runs: outgoing mail and the IM accounts of alerts. Written to the one YAML file.
import type { z } from 'zod';
import { parseAddress } from '../alerts/address.ts';
import { IM_KINDS, type ImKind } from '../alerts/channel.ts';
import type { Settings } from '../config/schema.ts';
import type { LoadedSettings } from '../config/settings.ts';
import { updateSettings } from '../config/update.ts';
import { defined } from '../core/defined.ts';
import { SundewError } from '../core/error.ts';
import { NETWORK_NAMES, NETWORKS, type Network } from '../core/network.ts';
import type { ServiceSize } from '../warning/forecast/forecast.ts';
import type { ImAlertSettings, ImAlertState, MailSettings, MailState, ServiceList } from './api/contract.ts';

export interface SettingsDesk {
  current(): Settings;
  mailState(): z.infer<typeof MailState>;
  setMail(mail: z.infer<typeof MailSettings>): Promise<void>;
  /** Sends a test message; the answer is a sentence. @throws SundewError CHANNEL_*, CONFIG_INVALID */
  testMail(to: string): Promise<string>;
  /** One for each network that alerts can go out on. */
  imStates(): z.infer<typeof ImAlertState>[];
  /** @throws SundewError CONFIG_INVALID, SUBSCRIBER_INVALID (the form of the address) */
  setIm(network: ImKind, account: z.infer<typeof ImAlertSettings>): Promise<void>;
  /** Every network, with the size of its service where it was told. */
  services(): z.infer<typeof ServiceList>['services'];
  /** In force from the next capture on. Without a size, what was told is forgotten. */
  setService(network: Network, size: ServiceSize | undefined): void;
}

export interface SettingsDeskOptions {
  readonly loaded: LoadedSettings;
  /** Puts what changed into force. */
  onMail(settings: Settings): Promise<void>;
  onIm(network: ImKind, settings: Settings): Promise<void>;
  /** @throws SundewError CONFIG_INVALID when no mail could be sent with these settings */
  checkMail(mail: NonNullable<Settings['mail']>): Promise<void>;
  sendTest(mail: NonNullable<Settings['mail']>, to: string): Promise<string>;
  imStateText(network: ImKind): string;
  isDecoyAddress(network: ImKind, address: string): boolean;
}

export function createSettingsDesk(options: SettingsDeskOptions): SettingsDesk {
  let { settings } = options.loaded;
  const { file } = options.loaded;
  /** Both the file and what runs; what the environment sets stays in force, as it would at the next start. */
  const patch = (change: Parameters<typeof updateSettings>[1]): void => {
    const written = updateSettings(file, change);
    settings = {
      ...settings,
      ...(written.mail === undefined ? {} : { mail: written.mail }),
      forecast: { networks: { ...settings.forecast.networks, ...written.forecast.networks } },
      alerts: { ...settings.alerts, accounts: { ...settings.alerts.accounts, ...defined(written.alerts.accounts) } },
    };
  };
  return {
    current: () => settings,
    mailState: () => mailStateOf(settings),
    setMail: async (mail) => {
      const kept = defined({ ...mail, password: mail.password ?? settings.mail?.password });
      await options.checkMail(kept); // before it is written: the next start would stumble on it
      patch({
        mail: { ...kept, ...(mail.username === undefined ? { username: null } : {}) },
      });
      await options.onMail(settings);
    },
    testMail: async (to) => {
      if (settings.mail === undefined)
        throw new SundewError(
          'CONFIG_INVALID',
          'outgoing mail is not set up yet: set it up in the browser or by `sundew mail set`',
        );
      return options.sendTest(settings.mail, to);
    },
    imStates: () => IM_KINDS.map((network) => imStateOf(network, settings, options.imStateText(network))),
    setIm: async (network, account) => {
      parseAddress(network, account.address);
      if (options.isDecoyAddress(network, account.address)) {
        throw new SundewError(
          'CONFIG_INVALID',
          `${account.address} is a decoy on ${NETWORK_NAMES[network]}: alerts never come from a decoy's address`,
        );
      }
      const password = account.password ?? settings.alerts.accounts[network]?.password;
      patch({ alerts: { accounts: { [network]: defined({ ...account, password }) } } });
      await options.onIm(network, settings);
    },
    services: () => NETWORKS.map((network) => ({ network, ...defined({ size: sizeOfService(settings, network) }) })),
    setService: (network, size) => {
      patch({ forecast: { networks: { [network]: size === undefined ? null : { ...size } } } });
      if (size === undefined)
        settings = { ...settings, forecast: { networks: { ...settings.forecast.networks, [network]: undefined } } };
    },
  };
}

/** @returns undefined unless all of it was told */
export function sizeOfService({ forecast }: Settings, network: Network): ServiceSize | undefined {
  const { population, decoys, lists } = forecast.networks[network] ?? {};
  if (population === undefined || decoys === undefined || lists === undefined) return undefined;
  return { population, decoys, lists };
}

function mailStateOf({ mail }: Settings): z.infer<typeof MailState> {
  if (mail === undefined) return { configured: false, hasPassword: false };
  const { host, port, security, username, from, password } = mail;
  return {
    configured: true,
    hasPassword: password !== undefined,
    settings: { host, port, security, from, ...defined({ username }) },
  };
}

function imStateOf(network: ImKind, { alerts }: Settings, state: string): z.infer<typeof ImAlertState> {
  const account = alerts.accounts[network];
  if (account === undefined) return { network, configured: false, hasPassword: false, state };
  const { password, password_file: _, ...shown } = account;
  return { network, configured: true, hasPassword: password !== undefined, settings: defined(shown), state };
}
