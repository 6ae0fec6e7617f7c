// The settings of one Yahoo id, and the refusal of those that no server would take.
import { SundewError } from '../../core/error.ts';
import type { Link } from '../../core/link.ts';
import { checkUrl, type HttpAccount } from '../http/exchange.ts';
import { type Cookies, isTokenVersion, type YmsgSessionConfig, type YmsgVersion } from './session/types.ts';
import { hashPassword, type PasswordHashes } from './wire/challenge.ts';

/** One id on one server; the decoys' configuration file has the same form. */
export interface YmsgSettings {
  /** The id, without `@yahoo.com`. */
  readonly address: string;
  readonly password: string;
  readonly host: string;
  /** Default: 5050. */
  readonly port?: number | undefined;
  /** Default: 10. */
  readonly version?: YmsgVersion | undefined;
  /** Versions 15 and 16: where `pwtoken_get` and `pwtoken_login` are, such as `https://login.yahoo.example/config/`. */
  readonly loginUrl?: string | undefined;
  /** PEM of an extra trusted root for the log-in server. */
  readonly ca?: string | undefined;
  /** Sign on to a host that is not this machine, although the protocol has no TLS. */
  readonly insecure?: boolean | undefined;
}

const DEFAULT_PORT = 5050;
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/i;
const MAX_PASSWORD = 128;

/** @throws SundewError CONFIG_INVALID naming the setting and what it must be */
export function checkYmsgSettings(settings: YmsgSettings): void {
  if (!ID.test(settings.address)) {
    throw invalid('address', settings, 'must be an id of letters, digits, ".", "_" and "-", without "@…"');
  }
  if (settings.password === '' || Buffer.byteLength(settings.password) > MAX_PASSWORD) {
    throw invalid('password', settings, `must be of 1 to ${MAX_PASSWORD} bytes`);
  }
  if (settings.host === '') throw invalid('host', settings, 'must name the server');
  if (isTokenVersion(versionOf(settings)) || settings.loginUrl !== undefined) loginUrlOf(settings);
}

const versionOf = (settings: YmsgSettings): YmsgVersion => settings.version ?? 10;

/** The address of the log-in server, ending in a slash. @throws SundewError CONFIG_INVALID, LINK_UNVERIFIED */
export function loginUrlOf(settings: YmsgSettings): URL {
  if (settings.loginUrl === undefined) {
    throw invalid('loginUrl', settings, 'is needed for versions 15 and 16: ask the operator of the server');
  }
  const url = checkUrl(settings.loginUrl, 'loginUrl', httpAccountOf(settings));
  return url.pathname.endsWith('/') ? url : new URL(`${url.origin}${url.pathname}/`);
}

/** On whose behalf the log-in server is asked. */
export function httpAccountOf({ address, insecure, ca }: YmsgSettings): HttpAccount {
  return { name: `Yahoo id ${address}`, insecure, ca };
}

export function endpointOf(settings: YmsgSettings): { readonly host: string; readonly port: number } {
  return { host: settings.host, port: settings.port ?? DEFAULT_PORT };
}

/** I-24: not one byte over a link that others can read, unless the operator has said so. @throws SundewError LINK_UNVERIFIED */
export function requireTrust(link: Link, settings: YmsgSettings): void {
  if (link.loopback || settings.insecure === true) return;
  throw new SundewError(
    'LINK_UNVERIFIED',
    `Yahoo id ${settings.address}: the link to ${settings.host} cannot be encrypted (YMSG has no TLS), so nothing was sent; ` +
      'set "insecure: true" for this account if its messages and the answer to the login challenge may be read on the way.',
  );
}

/** Hashing is slow on purpose, so it is done once for all connections of an account. */
export function sessionConfig(settings: YmsgSettings): (cookies: Cookies | undefined) => YmsgSessionConfig {
  let hashes: PasswordHashes | undefined;
  return (cookies) => {
    hashes ??= hashPassword(settings.password);
    return { user: settings.address.toLowerCase(), hashes, version: versionOf(settings), cookies };
  };
}

function invalid(key: string, settings: YmsgSettings, rule: string): SundewError {
  return new SundewError('CONFIG_INVALID', `Yahoo id ${JSON.stringify(settings.address)}: ${key} ${rule}`);
}
