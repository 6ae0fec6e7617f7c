// What no honest client sends, and which weakness of old clients it resembles: over-long fields, doubled senders.
import type { Weakness } from '../../../core/weakness.ts';
import type { Pair } from '../wire/pairs.ts';
import { asciiOf } from '../wire/text.ts';
import { type Draft, withMeta } from './reading.ts';

interface Limit {
  readonly keys: readonly number[];
  /** Bytes that an honest client stays under by far. */
  readonly max: number;
  readonly reason: string;
  readonly weakness: Weakness;
}

const LIMITS: readonly Limit[] = [
  {
    keys: [27, 53],
    max: 260, // MAX_PATH of Windows
    reason: 'a file name over 260 bytes',
    weakness: { vulnerability: 'over-long file name', resembles: ['CVE-2004-0043', 'CVE-2005-0243'] },
  },
  {
    keys: [63],
    max: 256,
    reason: 'an IMVironment over 256 bytes',
    weakness: { vulnerability: 'over-long IMVironment name', resembles: ['CVE-2002-0320'] },
  },
  {
    keys: [14, 58, 117],
    max: 8192, // clients stop at 948
    reason: 'a text over 8,192 bytes',
    weakness: { vulnerability: 'over-long message', resembles: ['CVE-2002-0320'] },
  },
  {
    keys: [1, 3, 4, 50, 57, 104, 119],
    max: 512,
    reason: 'an id or room over 512 bytes',
    weakness: { vulnerability: 'over-long sender or room name' },
  },
];
/** A `ymsgr:` link hands its argument to the client; a long one overflowed it. */
const LONG_YMSGR = /ymsgr:[^\s"'<>]{256}/i;
const LONG_LINK: Weakness = { vulnerability: 'over-long ymsgr: link', resembles: ['CVE-2002-0031'] };
const TEXT_KEYS: readonly number[] = [14, 58, 117, 19, 20];
/** Who a packet is from and what it says: doubled, clients disagree on which one counts. */
const SINGLE_KEYS: readonly number[] = [1, 3, 4, 14];

/** Marks a draft whose packet resembles an attack on a client as malformed, with what it resembles. */
export function markOddities(
  draft: Draft,
  pairs: readonly Pair[],
  anomalies: readonly string[],
  repeats: boolean,
): Draft {
  const odd = [...anomalies, ...(repeats ? [] : doubled(pairs))];
  const noted = odd.length === 0 ? draft : withMeta(draft, { anomalies: odd });
  const limit = LIMITS.find(({ keys, max }) =>
    pairs.some(({ key, value }) => keys.includes(key) && value.length > max),
  );
  if (limit !== undefined) {
    return withMeta({ ...noted, kind: 'malformed' }, { reason: limit.reason, ...limit.weakness });
  }
  const link = pairs.some(({ key, value }) => TEXT_KEYS.includes(key) && LONG_YMSGR.test(asciiOf(value)));
  if (!link) return noted;
  return withMeta({ ...noted, kind: 'malformed' }, { reason: 'a ymsgr: link over 256 characters', ...LONG_LINK });
}

function doubled(pairs: readonly Pair[]): readonly string[] {
  return SINGLE_KEYS.filter((key) => pairs.filter((one) => one.key === key).length > 1).map(
    (key) => `key ${key} comes twice`,
  );
}
