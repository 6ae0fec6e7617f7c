// The cookies of a sign-on (key 59): `Y<tab>value; expires=…`. Secrets: never logged, never evidence.

import type { Pair } from '../wire/pairs.ts';
import { asciiOf } from '../wire/text.ts';
import type { Cookies } from './types.ts';

/** Characters of one. */
export const MAX_COOKIE = 2048;
const FORM = /^([YT])\t([^\s;]+)/;

/** Both cookies of a list packet, as bare values. @returns undefined unless both are there */
export function cookiesOf(pairs: readonly Pair[]): Cookies | undefined {
  const found = new Map<string, string>();
  for (const { key, value } of pairs) {
    if (key !== 59 || value.length > MAX_COOKIE) continue;
    const [, name = '', text = ''] = FORM.exec(asciiOf(value)) ?? [];
    if (name === '' || found.has(name)) continue;
    const prefix = `${name}=`;
    found.set(name, text.startsWith(prefix) ? text.slice(prefix.length) : text);
  }
  const y = found.get('Y');
  const t = found.get('T');
  return y === undefined || t === undefined ? undefined : { y, t };
}
