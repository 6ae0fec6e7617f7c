// A link put into canonical form, and what its shape says of whoever made it. Parsed as a browser would (WHATWG URL),
// because a browser is what the victim has: user information, percent-encoding, integer addresses, punycode.
import { domainToUnicode } from 'node:url';
import { isOnion } from './onion.ts';

/** A link as a browser would read it. */
export interface CanonicalLink {
  readonly url: string;
  /** ASCII, lower case; IPv6 without brackets. */
  readonly host: string;
  readonly kind: 'name' | 'ipv4' | 'ipv6' | 'onion';
  /** Something stood before an `@` in the authority: `https://discord.com@evil.example`. */
  readonly userinfo: boolean;
  /** Last part of the path, percent-decoded, when it has a dot. */
  readonly fileName?: string;
}

const NAME = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,10}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** @returns undefined for what no browser would open, and for hosts without a dot */
export function canonicalLink(link: string): CanonicalLink | undefined {
  const full = /^[a-z]{2,5}:/i.test(link) && link.includes('/') ? link : `http://${link}`;
  const parsed = URL.parse(/^[a-z]+:\/\//i.test(full) ? full : full.replace(/:\/?/, '://'));
  if (parsed === null) return undefined;
  const host = parsed.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const kind = hostKind(host);
  if (kind === undefined) return undefined;
  const userinfo = parsed.username !== '' || parsed.password !== '';
  parsed.username = '';
  parsed.password = '';
  const fileName = lastPart(parsed.pathname);
  const bare = parsed.pathname === '/' && parsed.search === '' && parsed.hash === '';
  const url = bare ? parsed.href.replace(/\/$/, '') : parsed.href;
  return { url: `${url}${bare ? '/' : ''}`, host, kind, userinfo, ...(fileName === undefined ? {} : { fileName }) };
}

/** A host in the letters its owner chose, for comparing with brands. */
export function unicodeHost(host: string): string {
  return host.includes('xn--') ? domainToUnicode(host) || host : host;
}

function hostKind(host: string): CanonicalLink['kind'] | undefined {
  if (host.includes(':')) return 'ipv6';
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return 'ipv4';
  if (!NAME.test(host)) return undefined;
  return isOnion(host) ? 'onion' : 'name';
}

function lastPart(path: string): string | undefined {
  const last = path.slice(path.lastIndexOf('/') + 1, path.length);
  if (!last.includes('.') || last.length > 255) return undefined;
  try {
    return decodeURIComponent(last);
  } catch {
    return last; // a stray percent sign is part of the name
  }
}
