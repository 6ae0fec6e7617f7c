// The settings of one MSN account, and the refusal of those that would give its secrets away.
import { SundewError } from '../../core/error.ts';
import { checkUrl, type HttpAccount, isThisMachine } from '../http/exchange.ts';
import type { Dialect } from './session/types.ts';
import { isAddress } from './wire/address.ts';

/** The decoys' configuration file has the same form. */
export interface MsnpSettings {
  /** E-mail address. */
  readonly address: string;
  readonly password: string;
  readonly host: string;
  /** Default: 1863. */
  readonly port?: number | undefined;
  /** Default: 11. */
  readonly dialect?: Dialect | undefined;
  /** Which file offers are drawn: `p2p` (MSNSLP, the default) or `classic` (MSNFTP). */
  readonly persona?: 'p2p' | 'classic' | undefined;
  /** Dialects 8 to 12: the log-in server, `https://…/login…`; or a nexus, which names one. */
  readonly loginUrl?: string | undefined;
  readonly nexusUrl?: string | undefined;
  /** The SOAP service of offline messages, `https://…/rsi/rsi.asmx`; without it only their notices are captured. */
  readonly offlineUrl?: string | undefined;
  /** Further hosts that the server may send the account to (switchboards, redirects). */
  readonly hosts?: readonly string[] | undefined;
  /** The protocol has no encryption: a server elsewhere than on this machine must be allowed by name. */
  readonly insecure?: boolean | undefined;
  /** PEM of an extra trusted root for the log-in server. */
  readonly ca?: string | undefined;
}

const MAX_PASSWORD = 300;

/** As which clients of old ask web servers. */
export const USER_AGENT = ['User-Agent', 'MSMSGS'] as const;

/** @throws SundewError CONFIG_INVALID naming the setting and what it must be */
export function checkMsnpSettings(settings: MsnpSettings): void {
  if (!isAddress(settings.address)) throw invalid('address', settings, 'must be an e-mail address');
  if (settings.password === '' || settings.password.length > MAX_PASSWORD) {
    throw invalid('password', settings, `must be 1 to ${MAX_PASSWORD} characters`);
  }
  if (dialectOf(settings) >= 8 && settings.loginUrl === undefined && settings.nexusUrl === undefined) {
    throw invalid('loginUrl', settings, 'or nexusUrl is needed for dialects 8 to 12: ask the operator of the server');
  }
  for (const key of ['loginUrl', 'nexusUrl', 'offlineUrl'] as const) {
    const text = settings[key];
    if (text !== undefined) checkUrl(text, key, httpAccountOf(settings));
  }
}

/** Dialect with its default. */
export const dialectOf = (settings: MsnpSettings): Dialect => settings.dialect ?? 11;

/** Capabilities in CHG: the P2P persona says 7.0 with winks and large chunks; the classic one nothing. */
export const clientIdOf = (settings: MsnpSettings): number => (settings.persona === 'classic' ? 0 : 1_073_774_624);

/** Whether the settings let the server send the account there; everything else is the server's word alone. */
export function mayDial(host: string, settings: MsnpSettings): boolean {
  const known = [settings.host, ...(settings.hosts ?? [])].map((name) => name.toLowerCase());
  return known.includes(host.toLowerCase()) || (isThisMachine(settings.host) && isThisMachine(host));
}

/** On whose behalf its log-in server and its service of offline messages are asked. */
export function httpAccountOf({ address, insecure, ca }: MsnpSettings): HttpAccount {
  return { name: `MSN account ${address}`, insecure, ca };
}

function invalid(key: string, settings: MsnpSettings, rule: string): SundewError {
  return new SundewError('CONFIG_INVALID', `MSN account ${JSON.stringify(settings.address)}: ${key} ${rule}`);
}
