// Decoy hits as CSV: `at,decoy,sender` and, where the first line names them, `contact` and `payload`; one run. Errors
// name the line.
import { createInterface } from 'node:readline';
import { SundewError } from '../core/error.ts';
import type { Hit } from '../warning/forecast/alarm.ts';
import type { Input } from './input.ts';

export interface HitsFile {
  /** In order of time; minutes, since the epoch when times are `rfc3339`. */
  readonly hits: readonly Hit[];
  readonly times: 'rfc3339' | 'minutes';
  /** Since when decoys listened, in minutes: minute 0, where times are minutes of a run. */
  readonly since?: number;
}

/** Minutes that count from longer before the first hit have their beginning elsewhere. */
const LONGEST_LEAD_MIN = 10_080;

type Column = 'at' | 'decoy' | 'sender' | 'contact' | 'payload';

const MAX_HITS = 2_000_000;
const MAX_LINE = 2_000;
const NEEDED: readonly Column[] = ['at', 'decoy', 'sender'];
const OPTIONAL: readonly Column[] = ['contact', 'payload'];
const YES = new Set(['1', 'yes', 'true']);
const NO = new Set(['', '0', 'no', 'false']);
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const MINUTES = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** @throws SundewError INPUT_INVALID with the number of the line */
export async function readHits(input: Input): Promise<HitsFile> {
  const hits: Hit[] = [];
  let columns = NEEDED;
  let times: HitsFile['times'] | undefined;
  let number = 0;
  for await (const line of createInterface({ input: input.open(), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const wrong = (why: string): SundewError =>
      new SundewError('INPUT_INVALID', `${input.name}, line ${number}: ${why}`);
    const text = (number === 1 ? line.replace(/^\uFEFF/, '') : line).trim();
    if (text === '') continue;
    if (text.length > MAX_LINE) throw wrong(`longer than ${MAX_LINE} characters`);
    const fields = text.split(',').map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
    const head = number === 1 ? headOf(fields) : undefined;
    if (head !== undefined) {
      columns = head;
      continue;
    }
    if (hits.length >= MAX_HITS) throw wrong(`more than ${MAX_HITS} hits`);
    const { hit, form } = readHit(fields, columns, wrong);
    if (times !== undefined && form !== times) throw wrong('times are RFC 3339 on some lines and minutes on others');
    times = form;
    hits.push(hit);
  }
  hits.sort((a, b) => a.at - b.at);
  const first = hits[0]?.at ?? -1;
  const since = times === 'minutes' && first >= 0 && first <= LONGEST_LEAD_MIN ? { since: 0 } : {};
  return { hits, times: times ?? 'minutes', ...since };
}

/** @returns undefined for a line that names no columns */
function headOf(fields: readonly string[]): readonly Column[] | undefined {
  const names = fields.map((field) => field.toLowerCase());
  const known = [...NEEDED, ...OPTIONAL] as readonly string[];
  const whole = NEEDED.every((name, at) => names[at] === name) && new Set(names).size === names.length;
  return whole && names.every((name) => known.includes(name)) ? (names as Column[]) : undefined;
}

function readHit(
  fields: readonly string[],
  columns: readonly Column[],
  wrong: (why: string) => SundewError,
): { readonly hit: Hit; readonly form: HitsFile['times'] } {
  if (fields.length !== columns.length) {
    throw wrong(`${fields.length} fields, expected ${columns.length}: ${columns.join(',')}`);
  }
  const field = (name: Column): string => fields[columns.indexOf(name)] ?? '';
  const [time, decoy, sender, payload] = [field('at'), field('decoy'), field('sender'), field('payload')];
  if (decoy === '' || sender === '') throw wrong(decoy === '' ? 'no decoy' : 'no sender');
  const form = formOf(time);
  if (form === undefined) throw wrong(`'${time.slice(0, 40)}' is neither an RFC 3339 time nor minutes as a number`);
  const contact = field('contact').toLowerCase();
  if (!YES.has(contact) && !NO.has(contact)) {
    throw wrong(
      `contact is 'yes' or 'no', not '${contact.slice(0, 40)}': had the sender the decoy on its list before?`,
    );
  }
  const at = form === 'minutes' ? Number(time) : Date.parse(time) / 60_000;
  const evidence = {
    ...(YES.has(contact) ? ({ contact: true } as const) : {}),
    ...(payload === '' ? {} : { payload }),
  };
  return { hit: { at, decoy, sender, ...evidence }, form };
}

function formOf(time: string): HitsFile['times'] | undefined {
  if (MINUTES.test(time)) return Number.isFinite(Number(time)) ? 'minutes' : undefined;
  return RFC_3339.test(time) && !Number.isNaN(Date.parse(time)) ? 'rfc3339' : undefined;
}
