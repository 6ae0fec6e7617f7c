import type { ThreatEntry } from './types.ts';

/** Id of the entry that an entry was merged into. */
export function mergedInto(entry: ThreatEntry): string | undefined {
  return entry.relations?.find(({ kind }) => kind === 'merged-into')?.threat;
}
