// The settings of one account, and the refusal of those that the protocol cannot carry.
import { SundewError } from '../../core/error.ts';
import type { Endpoint, Link } from '../../core/link.ts';
import { isLoopbackHost } from '../../core/loopback.ts';

/** One AIM name or ICQ number on one server; the decoys' configuration file has the same form. */
export interface OscarSettings {
  readonly address: string;
  readonly password: string;
  readonly host: string;
  /** Default: 5190. */
  readonly port?: number | undefined;
  /** OSCAR itself is plain; `direct` is for servers behind a TLS front. */
  readonly tls: 'direct' | 'none';
  /** PEM of an extra trusted root or of the server's own certificate. */
  readonly ca?: string | undefined;
  /** The operator accepts a plain link to a host that is not this machine (I-24). */
  readonly insecure?: boolean | undefined;
  /** `md5` never sends the password; `roasted` is for servers of the ICQ 2000 age, and does. */
  readonly login?: 'md5' | 'roasted' | undefined;
  /** Other hosts that the login server may send the session on to. */
  readonly hosts?: readonly string[] | undefined;
  /** `host:port` of the own server's rendezvous proxy, over which files may come at level `accept`. */
  readonly proxy?: string | undefined;
  /** Shown to whoever asks for it. */
  readonly profile?: string | undefined;
}

const DEFAULT_PORT = 5190;
/** AIM 3 to 16 characters, e-mail names of later years, ICQ numbers. */
const NAME = /^(?:[A-Za-z][A-Za-z0-9 ]{2,31}|\d{5,10}|[A-Za-z0-9._-]{1,40}@[A-Za-z0-9.-]{1,40})$/;
const MAX_PASSWORD = 64;
const MAX_PROFILE = 1000;

/** @throws SundewError CONFIG_INVALID naming the setting and what it must be */
export function checkOscarSettings(settings: OscarSettings): void {
  const invalid = (key: string, rule: string): SundewError =>
    new SundewError('CONFIG_INVALID', `OSCAR account ${JSON.stringify(settings.address)}: ${key} ${rule}`);
  if (!NAME.test(settings.address)) throw invalid('address', 'must be an AIM name or an ICQ number');
  if (!/^[\x20-\x7e]+$/.test(settings.password) || settings.password.length > MAX_PASSWORD) {
    throw invalid('password', `must be 1 to ${MAX_PASSWORD} printable ASCII characters`);
  }
  if ((settings.profile?.length ?? 0) > MAX_PROFILE)
    throw invalid('profile', `must be at most ${MAX_PROFILE} characters`);
  if (settings.proxy !== undefined && proxyOf(settings) === undefined) throw invalid('proxy', 'must be host:port');
}

const PROXY = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+):(\d{1,5})$/i;

/** The proxy that the operator named; whatever an offer says of one counts for nothing. */
export function proxyOf({ proxy }: OscarSettings): Endpoint | undefined {
  const match = proxy === undefined ? null : PROXY.exec(proxy);
  const port = Number(match?.[2] ?? 0);
  if (match === null || port === 0 || port > 65_535) return undefined;
  return { host: (match[1] ?? '').replaceAll(/[[\]]/g, ''), port };
}

export const portOf = (settings: OscarSettings): number => settings.port ?? DEFAULT_PORT;

/** I-24: neither name nor password over a link that anyone could read, unless the operator said so. */
export function requireTrust(link: Link, settings: OscarSettings): void {
  if (settings.tls === 'direct' ? link.tls?.verified === true : link.loopback || settings.insecure === true) return;
  const why =
    settings.tls === 'direct'
      ? `${link.tls?.problem ?? 'it has no TLS'}; give the server's certificate as "ca" or mend it`
      : 'it is plain and not on this machine; say "insecure: true" if you accept that others may read it';
  throw new SundewError('LINK_UNVERIFIED', `OSCAR link to ${settings.host} is not trusted: ${why}.`);
}

export interface Service {
  readonly host: string;
  readonly port: number;
}

/** Where the login server sends the session on to: only to hosts that the operator named. @throws SundewError DECOY_UNSUPPORTED */
export function serviceOf(advertised: string, settings: OscarSettings): Service {
  const match = /^(\[[0-9a-f:]+\]|[^:]*)(?::(\d{1,5}))?$/i.exec(advertised);
  const host = (match?.[1] ?? '').replaceAll(/[[\]]/g, '').toLowerCase();
  const port = match?.[2] === undefined ? portOf(settings) : Number(match[2]);
  const known = [settings.host, ...(settings.hosts ?? [])].map((name) => name.toLowerCase());
  const same = known.includes(host) || (isLoopbackHost(host) && known.some(isLoopbackHost));
  if (match !== null && same && port > 0 && port < 65_536) return { host, port };
  const shown = JSON.stringify(advertised.slice(0, 100));
  throw new SundewError(
    'DECOY_UNSUPPORTED',
    `the OSCAR server ${settings.host} sends the session on to ${shown}; name that host under "hosts" if it is right`,
  );
}
