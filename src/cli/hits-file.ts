// Decoy hits as CSV: `at,decoy,sender`, one run. Errors name the line.
import { createInterface } from 'node:readline';
import { SundewError } from '../core/error.ts';
import type { Hit } from '../warning/forecast/alarm.ts';
import type { Input } from './input.ts';

export interface HitsFile {
  /** In order of time; minutes, since the epoch when times are `rfc3339`. */
  readonly hits: readonly Hit[];
  readonly times: 'rfc3339' | 'minutes';
}

const MAX_HITS = 2_000_000;
const MAX_LINE = 2_000;
const HEAD = 'at,decoy,sender';
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const MINUTES = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** @throws SundewError INPUT_INVALID with the number of the line */
export async function readHits(input: Input): Promise<HitsFile> {
  const hits: Hit[] = [];
  let times: HitsFile['times'] | undefined;
  let number = 0;
  for await (const line of createInterface({ input: input.open(), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const wrong = (why: string): SundewError =>
      new SundewError('INPUT_INVALID', `${input.name}, line ${number}: ${why}`);
    const text = (number === 1 ? line.replace(/^\uFEFF/, '') : line).trim();
    if (text === '' || (number === 1 && text.toLowerCase().replaceAll(' ', '') === HEAD)) continue;
    if (text.length > MAX_LINE) throw wrong(`longer than ${MAX_LINE} characters`);
    if (hits.length >= MAX_HITS) throw wrong(`more than ${MAX_HITS} hits`);
    const fields = text.split(',').map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
    if (fields.length !== 3) throw wrong(`${fields.length} fields, expected 3: ${HEAD}`);
    const [time = '', decoy = '', sender = ''] = fields;
    if (decoy === '' || sender === '') throw wrong(decoy === '' ? 'no decoy' : 'no sender');
    const form = formOf(time);
    if (form === undefined) throw wrong(`'${time.slice(0, 40)}' is neither an RFC 3339 time nor minutes as a number`);
    if (times !== undefined && form !== times) throw wrong('times are RFC 3339 on some lines and minutes on others');
    times = form;
    hits.push({ at: form === 'minutes' ? Number(time) : Date.parse(time) / 60_000, decoy, sender });
  }
  return { hits: hits.sort((a, b) => a.at - b.at), times: times ?? 'minutes' };
}

function formOf(time: string): HitsFile['times'] | undefined {
  if (MINUTES.test(time)) return Number.isFinite(Number(time)) ? 'minutes' : undefined;
  return RFC_3339.test(time) && !Number.isNaN(Date.parse(time)) ? 'rfc3339' : undefined;
}
