// Periods of reports: quarters, months and days, in UTC.
import { SundewError } from '../core/error.ts';
import type { ReportPeriod } from './model.ts';

const DAY_MS = 86_400_000;
const MAX_DAYS = 400;
const QUARTER = /^(\d{4})-Q([1-4])$/;
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const DAYS = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/;
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** `2026-Q3`, `2026-10` or `2026-10-01..2026-10-14` (both days are part of it). @throws SundewError INPUT_INVALID */
export function parsePeriod(id: string): ReportPeriod {
  const quarter = QUARTER.exec(id);
  if (quarter !== null) return quarterOf(Number(quarter[1]), Number(quarter[2]) - 1);
  const month = MONTH.exec(id);
  if (month !== null) return monthOf(Number(month[1]), Number(month[2]) - 1);
  const days = DAYS.exec(id);
  const [from, last] = [dayOf(days?.[1]), dayOf(days?.[2])];
  if (from === undefined || last === undefined)
    throw new SundewError(
      'INPUT_INVALID',
      `${id.slice(0, 40)} is no period: 2026-Q3, 2026-10 or 2026-10-01..2026-10-14`,
    );
  if (last < from || last - from >= MAX_DAYS * DAY_MS)
    throw new SundewError(
      'INPUT_INVALID',
      `${id}: the last day comes before the first, or over ${MAX_DAYS} days later`,
    );
  return daysOf(from, last + DAY_MS);
}

/** The period of the same length just before. */
export function periodBefore(period: ReportPeriod): ReportPeriod {
  const from = new Date(period.from);
  if (period.kind === 'month') return monthOf(from.getUTCFullYear(), from.getUTCMonth() - 1);
  if (period.kind === 'quarter') return quarterOf(from.getUTCFullYear(), from.getUTCMonth() / 3 - 1);
  const length = Date.parse(period.to) - from.getTime();
  return daysOf(from.getTime() - length, from.getTime());
}

/** The same a year before. */
export function yearBefore(period: ReportPeriod): ReportPeriod {
  const from = new Date(period.from);
  if (period.kind === 'month') return monthOf(from.getUTCFullYear() - 1, from.getUTCMonth());
  if (period.kind === 'quarter') return quarterOf(from.getUTCFullYear() - 1, from.getUTCMonth() / 3);
  const back = (text: string): number => {
    const at = new Date(text);
    return Date.UTC(at.getUTCFullYear() - 1, at.getUTCMonth(), at.getUTCDate());
  };
  return daysOf(back(period.from), back(period.to));
}

/** The newest month or quarter that was over at a time. */
export function lastClosed(kind: 'month' | 'quarter', at: Date): ReportPeriod {
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return kind === 'month' ? monthOf(year, month - 1) : quarterOf(year, Math.floor(month / 3) - 1);
}

/** The quarters and months from the first capture on, the newest first. */
export function periodsSince(first: Date, now: Date): readonly ReportPeriod[] {
  const found: ReportPeriod[] = [];
  let month = monthOf(now.getUTCFullYear(), now.getUTCMonth());
  while (Date.parse(month.to) > first.getTime() && found.length < 400) {
    const at = new Date(month.from);
    const quarter = quarterOf(at.getUTCFullYear(), Math.floor(at.getUTCMonth() / 3));
    if (!found.some(({ id }) => id === quarter.id)) found.push(quarter);
    found.push(month);
    month = periodBefore(month);
  }
  return found;
}

function quarterOf(year: number, index: number): ReportPeriod {
  const from = new Date(Date.UTC(year, index * 3));
  const number = from.getUTCMonth() / 3 + 1;
  const id = `${String(from.getUTCFullYear()).padStart(4, '0')}-Q${number}`;
  const label = `Quarter ${number} of ${from.getUTCFullYear()}`;
  return {
    id,
    kind: 'quarter',
    label,
    from: from.toISOString(),
    to: new Date(Date.UTC(year, index * 3 + 3)).toISOString(),
  };
}

function monthOf(year: number, index: number): ReportPeriod {
  const from = new Date(Date.UTC(year, index));
  const label = `${MONTHS[from.getUTCMonth()]} ${from.getUTCFullYear()}`;
  const to = new Date(Date.UTC(year, index + 1)).toISOString();
  return { id: from.toISOString().slice(0, 7), kind: 'month', label, from: from.toISOString(), to };
}

function daysOf(from: number, to: number): ReportPeriod {
  const [first, last] = [new Date(from).toISOString(), new Date(to - DAY_MS).toISOString().slice(0, 10)];
  const id = `${first.slice(0, 10)}..${last}`;
  return { id, kind: 'days', label: `${first.slice(0, 10)} to ${last}`, from: first, to: new Date(to).toISOString() };
}

/** Midnight of a day that exists. */
function dayOf(text: string | undefined): number | undefined {
  const at = Date.parse(`${text}T00:00:00.000Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? undefined : at;
}
