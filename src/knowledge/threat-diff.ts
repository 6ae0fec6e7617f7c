// What changed between two revisions of an entry, field by field, for people to look at.
import { AUDIENCES, type ThreatEntry } from './types.ts';

export interface FieldChange {
  readonly field: string;
  /** Lines that were there before only, in order. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

type Field = keyof ThreatEntry;
type Lines<F extends Field> = (value: NonNullable<ThreatEntry[F]>) => readonly string[];

const word = (value: string | boolean): readonly string[] => (value === '' ? [] : [String(value)]);
const lines = (value: string): readonly string[] => (value === '' ? [] : value.split('\n'));
const list = (value: readonly string[]): readonly string[] => value;
const dashed = (parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' – ');
const under = (head: string, of: readonly string[] = []): readonly string[] => of.map((line) => `${head}: ${line}`);

/** How each field reads, in the order in which fields are told: jsonb keeps no order of keys. */
const READ: { readonly [F in Field]-?: Lines<F> } = {
  name: word,
  aliases: list,
  type: word,
  networks: list,
  networksNotAffected: list,
  firstSeen: word,
  lastSeen: word,
  status: word,
  severity: word,
  severityReason: word,
  confirmed: word,
  tlp: word,
  vectors: list,
  summary: lines,
  lure: lines,
  lures: (of) => of.flatMap(({ language, text }) => under(language, text.split('\n'))),
  files: (of) => of.map(({ name, size, note }) => dashed([name, size === undefined ? '' : `${size} bytes`, note])),
  answers: ({ does, how }) => [dashed([does ? 'yes' : 'no', how])],
  payload: lines,
  atRisk: lines,
  steps: list,
  variants: (of) => of.map(({ name, seen, note }) => dashed([name, seen, note])),
  clients: ({ affected, notAffected }) => [...under('affected', affected), ...under('not affected', notAffected)],
  ratings: (of) => of.map(({ of: what, value, reason }) => `${what} ${value} of 5: ${reason}`),
  detection: (of) => of.flatMap(({ kind, text }) => under(kind, text.split('\n'))),
  actions: (of) => AUDIENCES.flatMap((who) => under(who, of[who])),
  avoid: list,
  remove: list,
  techniques: (of) => of.map(({ id, name }) => `${id} ${name}`.trim()),
  relations: (of) => of.map(({ kind, threat }) => `${kind} ${threat}`),
  timeline: (of) => of.map(({ at, what }) => `${at}: ${what}`),
  references: list,
  source: word,
  sources: (of) =>
    of.map(
      ({ name, origin, ref, tlp, confidence }) => `${name} – ${origin} ${ref}, TLP:${tlp}, confidence ${confidence}`,
    ),
  credits: list,
  notes: lines,
  writeUp: lines,
};
const FIELDS = Object.keys(READ) as readonly Field[];

/** Fields that differ, in the order in which an entry is read; lists are compared line by line. */
export function diffEntries(before: ThreatEntry, after: ThreatEntry): readonly FieldChange[] {
  return FIELDS.flatMap((field) => {
    const [was, is] = [linesOf(before, field), linesOf(after, field)];
    const [removed, added] = [without(was, is), without(is, was)];
    if (removed.length > 0 || added.length > 0) return [{ field, removed, added }];
    // The same lines in another order: the stretch in which they changed places.
    const differs = (line: string, at: number) => line !== is[at];
    const [first, last] = [was.findIndex(differs), was.findLastIndex(differs)];
    return first < 0 ? [] : [{ field, removed: was.slice(first, last + 1), added: is.slice(first, last + 1) }];
  });
}

function linesOf<F extends Field>(entry: ThreatEntry, field: F): readonly string[] {
  const value = entry[field];
  return value === undefined || value === null ? [] : (READ[field] as Lines<F>)(value);
}

/** A list without as many of each line as another one has. */
function without(of: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return of.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
