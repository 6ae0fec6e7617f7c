// `X-MMS-IM-Format`: how a message wants to look. A font name that no font has is what broke old clients.
import { decodePercent } from './percent.ts';

export interface ImFormat {
  readonly font?: string;
  readonly effects?: string;
  /** `RRGGBB`; on the wire it is BGR without leading zeros. */
  readonly colour?: string;
  readonly rightToLeft?: true;
}

/** Windows knows font names of at most 31 characters (LOGFONT). */
export const MAX_FONT_CHARACTERS = 31;
const MAX_KEPT = 256;

/** Reads `FN=…; EF=…; CO=…; CS=…; PF=…; RL=…`; fields that make no sense are left out. */
export function decodeImFormat(value: string): ImFormat {
  const fields = new Map<string, string>();
  for (const part of value.split(';', 16)) {
    const equals = part.indexOf('=');
    if (equals > 0) fields.set(part.slice(0, equals).trim().toUpperCase(), part.slice(equals + 1).trim());
  }
  const [font, effects, bgr] = [fields.get('FN'), fields.get('EF'), fields.get('CO')];
  return {
    ...(font === undefined || font === '' ? {} : { font: decodePercent(font).slice(0, MAX_KEPT) }),
    ...(effects === undefined || effects === '' ? {} : { effects: effects.slice(0, 8) }),
    ...(bgr !== undefined && /^[0-9a-f]{1,6}$/i.test(bgr) ? { colour: swap(bgr) } : {}),
    ...(fields.get('RL') === '1' ? { rightToLeft: true as const } : {}),
  };
}

function swap(bgr: string): string {
  const full = bgr.padStart(6, '0').toLowerCase();
  return full.slice(4) + full.slice(2, 4) + full.slice(0, 2);
}
