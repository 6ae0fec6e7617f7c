// Indicators as STIX patterns (STIX 2.1 section 9).
import type { Indicator, IndicatorType } from '../../core/verdict.ts';

const PATHS: Readonly<Partial<Record<IndicatorType, string>>> = {
  url: 'url:value',
  invite: 'url:value',
  domain: 'domain-name:value',
  onion: 'domain-name:value',
  ipv4: 'ipv4-addr:value',
  ipv6: 'ipv6-addr:value',
  email: 'email-addr:value',
  'im-account': 'user-account:account_login',
  'file-name': 'file:name',
  md5: 'file:hashes.MD5',
  sha1: "file:hashes.'SHA-1'",
  sha256: "file:hashes.'SHA-256'",
};

/** What a revoked indicator looks for: it must look for something, and must not go on naming what was wrong (RFC 6761 6.4). */
export const RETRACTED_PATTERN = "[domain-name:value = 'retracted.invalid']";

/** @returns undefined for types that STIX has no observable for: phone, wallet, ed2k, infohash */
export function patternOf({ type, value }: Indicator): string | undefined {
  const path = PATHS[type];
  if (path === undefined) return undefined;
  return `[${path} = '${value.toWellFormed().replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}
