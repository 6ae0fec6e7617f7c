// Host names that look like a brand's, as a reason of classification.
import { getDomain } from 'tldts';
import { SHARED_HOSTS } from '../data/shared-hosts.ts';
import { lookAlike } from '../look-alike/look-alike.ts';

/** The brand that a host imitates, or `undefined`; the brand's own hosts and those that everybody uses imitate nothing. */
export function imitatedBrand(host: string): string | undefined {
  const { brand } = lookAlike(host);
  if (brand === undefined) return undefined;
  return SHARED_HOSTS.has(getDomain(host, { allowPrivateDomains: true }) ?? host) ? undefined : brand;
}
