import type { ThreatEntry } from '../../api/types.ts';

/** What every part of an entry's form is handed. `set` is always the same function. */
export interface EntryPartProps {
  readonly entry: ThreatEntry;
  readonly set: (part: EntryPart) => void;
}

/** Some fields; `undefined` takes one away. */
export type EntryPart = { readonly [F in keyof ThreatEntry]?: ThreatEntry[F] | undefined };

/** An entry with these fields changed. */
export function withPart(entry: ThreatEntry, part: EntryPart): ThreatEntry {
  const changed = { ...entry, ...part };
  // Written over the entry's own fields, of which only optional ones are ever taken away.
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined)) as ThreatEntry;
}

/** A list that is empty is not there. */
export const orNone = <T>(list: readonly T[]): T[] | undefined => (list.length === 0 ? undefined : [...list]);
