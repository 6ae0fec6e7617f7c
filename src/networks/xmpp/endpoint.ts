// Where a client connects: what the settings say, else SRV (RFC 6120 3.2.1), else the domain itself (3.2.2).
import { isSundewError, SundewError } from '../../core/error.ts';
import type { Endpoint, Link, TlsOptions } from '../../core/link.ts';
import type { ResolveSrv, XmppClientSettings } from './config.ts';
import { parseJid } from './wire/jid.ts';

const MAX_TARGETS = 4;

export type Dial = (endpoint: Endpoint, signal: AbortSignal) => Promise<Link>;

/** The domain of a client's address. @throws SundewError CONFIG_INVALID */
export function domainOf(address: string): string {
  const jid = parseJid(address);
  if (jid?.local === undefined) {
    throw new SundewError('CONFIG_INVALID', `"${address}" is no XMPP address; it must look like name@server`);
  }
  return jid.domain;
}

/** What the certificate must say: always the domain of the address, wherever SRV leads (RFC 6120 13.7.2.1). */
export function tlsOptionsOf(settings: XmppClientSettings): TlsOptions {
  const serverName = domainOf(settings.address);
  return settings.ca === undefined ? { serverName } : { serverName, ca: settings.ca };
}

/** Dials the targets in turn. @throws SundewError of the last one */
export async function dialClient(
  settings: XmppClientSettings,
  dial: Dial,
  signal: AbortSignal,
  srv?: ResolveSrv,
): Promise<Link> {
  const targets = await targetsOf(settings, srv);
  const tls = settings.tls === 'direct' ? { tls: tlsOptionsOf(settings) } : {};
  let last: unknown;
  for (const target of targets) {
    try {
      return await dial({ ...target, ...tls }, signal);
    } catch (error) {
      if (!isSundewError(error, 'LINK_REFUSED') && !isSundewError(error, 'LINK_TIMEOUT')) throw error;
      last = error;
    }
  }
  throw last;
}

async function targetsOf(
  settings: XmppClientSettings,
  srv: ResolveSrv | undefined,
): Promise<readonly { readonly host: string; readonly port: number }[]> {
  const direct = settings.tls === 'direct';
  const domain = domainOf(settings.address);
  const given = { host: settings.host ?? domain, port: settings.port ?? (direct ? 5223 : 5222) };
  if (settings.host !== undefined || settings.port !== undefined || srv === undefined) return [given];
  const found = await srv(`_${direct ? 'xmpps' : 'xmpp'}-client._tcp.${domain}`);
  return found.length === 0 ? [given] : found.slice(0, MAX_TARGETS);
}
