// How long an indicator is worth acting on after it was last seen, by its type.
import type { IndicatorType } from '../core/verdict.ts';

const DAY_MS = 86_400_000;

/**
 * Days. What a file's hash says stays true, and old files come back; names of hosts live for weeks and then go to others,
 * addresses sooner; accounts that send malware are closed within weeks. Ours, in the manner of MISP's decaying models
 * (Mokaddem et al. 2018).
 */
const LIFETIME_DAYS: Readonly<Record<IndicatorType, number>> = {
  url: 30,
  domain: 90,
  ipv4: 14,
  ipv6: 14,
  email: 90,
  'im-account': 30,
  phone: 90,
  sha256: 365,
  sha1: 365,
  md5: 365,
  ed2k: 365,
  infohash: 180,
  'file-name': 90,
  wallet: 365,
  invite: 30,
  onion: 180,
};

/** RFC 3339. @param lastSeen RFC 3339 */
export function activeUntil(type: IndicatorType, lastSeen: string): string {
  return new Date(Date.parse(lastSeen) + LIFETIME_DAYS[type] * DAY_MS).toISOString();
}

/** The day of a time, as `2026-01-31`. */
export const dayOf = (time: string): string => time.slice(0, 10);
