// Captured text made inert for people: nothing in it can be clicked, executed or mistaken for the page around it.
import type { Indicator } from '../core/verdict.ts';
import { isBidiControl, isInvisible } from './normalize/invisible.ts';

const SCHEME = /\b(h)tt(ps?)(:\/\/)/gi;
const OTHER_SCHEME = /\b((?!hxxps?)[a-z][a-z0-9+.-]{1,20}):(?=[/\p{L}\p{N}+%])/giu;
const DOT = /(?<=[\p{L}\p{N}\]-])[.\u3002\uff0e\uff61](?=[\p{L}\p{N}-]{2})/gu;
const ADDRESS_DOT = /(?<=\d)\.(?=\d{1,3}(?:\.|\b))/g;
const AT = /(?<=[\p{L}\p{N}._%+-])@(?=[\p{L}\p{N}])/gu;

/** Text for display: links broken (`hxxp`, `[.]`, `[@]`), control and invisible characters made visible, bidi isolated. */
export function defang(text: string): string {
  const shown = visible(text);
  const broken = shown
    .replaceAll(SCHEME, (_whole, _h: string, rest: string, slashes: string) => `hxx${rest.toLowerCase()}${slashes}`)
    .replaceAll(OTHER_SCHEME, '$1[:]')
    .replaceAll(DOT, '[.]')
    .replaceAll(ADDRESS_DOT, '[.]')
    .replaceAll(AT, '[@]');
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(broken) ? `\u2068${broken}\u2069` : broken;
}

/** An indicator's value for display. Hashes and file names stay as they are, but for invisible characters. */
export function defangIndicator(indicator: Pick<Indicator, 'type' | 'value'>): string {
  switch (indicator.type) {
    case 'sha256':
    case 'sha1':
    case 'md5':
    case 'ed2k':
    case 'infohash':
    case 'wallet':
    case 'phone':
      return visible(indicator.value);
    case 'ipv6':
      return visible(indicator.value).replaceAll(':', '[:]');
    case 'url':
    case 'domain':
    case 'ipv4':
    case 'email':
    case 'im-account':
    case 'invite':
    case 'onion':
    case 'file-name':
      return defang(indicator.value);
  }
}

/** What defanging did to an address, undone. */
export function refang(text: string): string {
  return text.replace(/^hxxp/i, 'http').replaceAll('[.]', '.').replaceAll('[:]', ':').replaceAll('[@]', '@');
}

// Control pictures (U+2400) for C0, `⟦U+202E⟧` for what is invisible; line feeds and tabs stay.
function visible(text: string): string {
  let shown = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0x0a || code === 0x09) shown += character;
    else if (code < 0x20) shown += String.fromCharCode(0x2400 + code);
    else if (code === 0x7f) shown += '\u2421';
    else if (
      (code >= 0x80 && code < 0xa0) ||
      isBidiControl(code) ||
      (isInvisible(code) && !(code >= 0xfe00 && code <= 0xfe0f))
    )
      shown += `⟦U+${code.toString(16).toUpperCase().padStart(4, '0')}⟧`;
    else shown += character;
  }
  return shown;
}
