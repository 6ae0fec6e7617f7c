import { useCallback, useState } from 'react';
import type { ThreatEntry } from '../../api/types.ts';
import { type EntryPart, withPart } from './types.ts';

/** An entry in work. @param stored what is stored of it */
export function useEntry(stored: ThreatEntry): {
  readonly entry: ThreatEntry;
  readonly set: (part: EntryPart) => void;
  readonly changed: boolean;
} {
  const [entry, setEntry] = useState(stored);
  const set = useCallback((part: EntryPart) => setEntry((before) => withPart(before, part)), []);
  return { entry, set, changed: entry !== stored && JSON.stringify(entry) !== JSON.stringify(stored) };
}
