// What changed between two revisions of an entry, field by field, for people to look at.
import type { ThreatEntry } from './types.ts';

export interface FieldChange {
  readonly field: string;
  /** Lines that were there before only, in order. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Fields that differ, in the order of the entry; lists and objects are compared line by line. */
export function diffEntries(before: ThreatEntry, after: ThreatEntry): readonly FieldChange[] {
  const [a, b] = [fieldsOf(before), fieldsOf(after)];
  const fields = [...new Set([...a.keys(), ...b.keys()])];
  return fields.flatMap((field) => {
    const [was, is] = [a.get(field) ?? [], b.get(field) ?? []];
    const [removed, added] = [without(was, is), without(is, was)];
    if (removed.length > 0 || added.length > 0) return [{ field, removed, added }];
    return was.join('\n') === is.join('\n') ? [] : [{ field, removed: [...was], added: [...is] }];
  });
}

/** A list without as many of each line as another one has. */
function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

function fieldsOf(entry: ThreatEntry): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(entry).map(([field, value]: [string, unknown]) => [field, linesOf(value)]));
}

function linesOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return value === '' ? [] : value.split('\n');
  if (Array.isArray(value)) return value.map((one: unknown) => lineOf(one));
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, one]: [string, unknown]) =>
      linesOf(one).map((line) => `${key}: ${line}`),
    );
  }
  return [String(value)];
}

/** `W32/Kelvir`, or an object's values with a dash between. */
function lineOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value)
    .filter((one: unknown) => one !== undefined)
    .join(' – ');
}
