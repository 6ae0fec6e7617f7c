// How values of PostgreSQL become values of JavaScript: int8 a number, a calendar date its text, timestamptz a Date.
import pg from 'pg';

const INT8 = 20;
const DATE = 1082;

/** @throws RangeError when the number cannot be held exactly: a count that large is a bug, not data. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`the database holds ${text}, beyond 2^53`);
  return value;
}

/** Parsers of one pool, so that nothing global of `pg` is changed. */
export const PG_TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      if (oid === INT8) return parseInt8;
      if (oid === DATE) return (text: string) => text;
    }
    return pg.types.getTypeParser(oid, format);
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** RFC 3339, UTC, milliseconds: the form of all times outside the database. */
export function toIso(date: Date): string {
  return date.toISOString();
}
