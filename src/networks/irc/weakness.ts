// Known weaknesses of IRC clients that a DCC request may aim at. Sources: the CVE list's own descriptions.
import type { Weakness } from '../../core/weakness.ts';

/** What any file system allows. */
const MAX_FILE_NAME = 255;

/** An offer that clients overflowed on, ended on, or followed out of their folder. */
export function weaknessOfOffer(offer: {
  readonly name: string;
  readonly port: number;
  readonly token?: string;
}): Weakness | undefined {
  const { name, port, token } = offer;
  if (port === 0 && token !== undefined && !/^\d{1,10}$/.test(token)) {
    return { vulnerability: 'a passive DCC offer whose id is no number', resembles: ['CVE-2003-1000'] };
  }
  if (/(?:^|[/\\])\.\.[/\\]/.test(name)) {
    return {
      vulnerability: 'a DCC file name that climbs out of its folder',
      resembles: ['CVE-1999-0399', 'CVE-2010-2452'],
    };
  }
  if (name.length <= MAX_FILE_NAME) return undefined;
  return { vulnerability: 'over-long DCC file name', resembles: ['CVE-2003-1512', 'CVE-2003-1508'] };
}

/** A request that cannot be read: some clients ended on it. */
export function weaknessOfDcc(type: string): Weakness | undefined {
  return type === 'ACCEPT' ? { vulnerability: 'a DCC ACCEPT without sense', resembles: ['CVE-2006-0458'] } : undefined;
}
