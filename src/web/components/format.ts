// Times and numbers for people.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The reader's own clock: time of day when it is today, else the date too. */
export function shortTime(at: string, now: Date): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  if (date.toDateString() === now.toDateString()) return clock;
  return `${isoDate(date)} ${clock.slice(0, 5)}`;
}

/** The same without seconds: what is public is told to the minute. */
export function shortMinute(at: string, now: Date): string {
  const time = shortTime(at, now);
  return time.length === 8 ? time.slice(0, 5) : time;
}

/** `just now`, `5 min ago`, `3 h ago`, `2 d ago`; beyond two weeks the date. */
export function ago(at: string, now: Date): string {
  const date = new Date(at);
  const ms = now.getTime() - date.getTime();
  if (Number.isNaN(ms)) return at;
  if (ms < MINUTE) return 'just now';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  if (ms < 14 * DAY) return `${Math.floor(ms / DAY)} d ago`;
  return isoDate(date);
}

/** `420 ms`, `3.2 s`, `4 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`;
  return `${Math.round(ms / HOUR)} h`;
}

/** Digits in groups, the same in every browser language. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** A band of the API for people: `1000-2999` as `1,000–2,999`. */
export function bandText(band: string): string {
  return band.replaceAll(/\d+/g, (digits) => count(Number(digits))).replace('-', '–');
}

/** `1 warning`, `3 warnings`. */
export function plural(value: number, one: string, many: string = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

function isoDate(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
