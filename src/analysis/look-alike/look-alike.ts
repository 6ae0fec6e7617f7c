// How much a host name looks like one made to deceive, and the brand it imitates.
import { FEATURES, type HostTraits, hostTraits } from './features.ts';
import { WEIGHTS } from './weights.ts';

/** Score from which a name that is near a brand is said to imitate it: 1 % of popular names that hold a brand's pass it. */
const IMITATES_AT = 0.82;
/** Hosts of a campaign come again and again: as many of the latest are remembered with their answer. */
const MAX_REMEMBERED = 1024;
const remembered = new Map<string, LookAlike>();

/** What the letters of a host name say. */
export interface LookAlike {
  /** 0 to 1: how much the name looks like those that phishers register; 0 for a brand's own. */
  readonly score: number;
  /** The brand that the name imitates. */
  readonly brand?: string;
}

/** Judges an ASCII host name by its letters alone. */
export function lookAlike(host: string): LookAlike {
  const known = remembered.get(host);
  if (known !== undefined) return known;
  const found = judged(hostTraits(host));
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(host, found);
  return found;
}

function judged({ official, brand, values }: HostTraits): LookAlike {
  if (official) return { score: 0 };
  let margin = WEIGHTS[FEATURES.length] ?? 0;
  for (let at = 0; at < values.length; at++) margin += (WEIGHTS[at] ?? 0) * (values[at] ?? 0);
  const score = 1 / (1 + Math.exp(-margin));
  return brand !== undefined && score >= IMITATES_AT ? { score, brand } : { score };
}
