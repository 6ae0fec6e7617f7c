// Which domain ties captures together: one that a campaign owns, not one that half the world links to.
import { getDomain } from 'tldts';
import { SHARED_HOSTS } from '../data/shared-hosts.ts';

/** The registrable domain (private suffixes such as dynamic DNS apart), unless everybody uses it. */
export function rareDomain(host: string): string | undefined {
  const domain = getDomain(host, { allowPrivateDomains: true, extractHostname: false }) ?? host;
  return SHARED_HOSTS.has(domain) || SHARED_HOSTS.has(host) ? undefined : domain;
}
