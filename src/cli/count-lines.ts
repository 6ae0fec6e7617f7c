// Lines of a file of counts: `series,at,count`, fields in quotes where they hold a comma.
import { SundewError } from '../core/error.ts';

/** One count as it stands in the file. */
export interface CountLine {
  readonly series: string;
  /** As written: it is given back so. */
  readonly at: string;
  /** Milliseconds for a time, the number itself for a number. */
  readonly time: number;
  readonly isTime: boolean;
  readonly count: number;
}

/** Longest line that is read. */
export const MAX_COUNT_LINE = 4096;
const HEADING = /^\uFEFF?series\s*,\s*at\s*,\s*count\s*$/iu;
const NUMBER = /^-?\d+(\.\d+)?$/u;
const RFC_3339 = /^\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d))?$/u;

export function isHeading(line: string): boolean {
  return HEADING.test(line);
}

/** @throws SundewError INPUT_INVALID with what is wrong and what it should be, without place */
export function parseCountLine(line: string): CountLine {
  if (line.length > MAX_COUNT_LINE) throw wrong(`the line is over ${MAX_COUNT_LINE} characters`);
  const fields = fieldsOf(line);
  const [series, at, written] = fields;
  if (fields.length !== 3 || series === undefined || at === undefined || written === undefined) {
    throw wrong(
      `${fields.length} fields instead of three: write series,at,count, and quotes around a name with a comma`,
    );
  }
  if (series === '') throw wrong('the name of the series is empty');
  const count = Number(written);
  if (!/^\d+$/u.test(written) || !Number.isSafeInteger(count)) {
    throw wrong(`count ${JSON.stringify(written)} is not a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`);
  }
  const isTime = !NUMBER.test(at);
  const time = isTime ? timeOf(at) : Number(at);
  if (!Number.isFinite(time))
    throw wrong(`at ${JSON.stringify(at)} is neither a number nor a time such as 2026-01-05T00:00:00Z`);
  return { series, at, time, isTime, count };
}

function timeOf(at: string): number {
  return RFC_3339.test(at) ? Date.parse(at.replace(' ', 'T')) : Number.NaN;
}

function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/uy;
  for (;;) {
    const found = field.exec(line);
    if (found === null) throw wrong('a quote is not closed, or stands inside a field');
    fields.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
    if (found[3] === '') return fields;
  }
}

function wrong(what: string): SundewError {
  return new SundewError('INPUT_INVALID', what);
}
