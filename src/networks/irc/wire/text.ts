// Text on IRC: UTF-8 by habit, windows-1252 from old clients, with formatting codes in between.

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const WINDOWS_1252 = new TextDecoder('windows-1252');

export interface DecodedText {
  readonly text: string;
  /** The bytes were no UTF-8. */
  readonly fallback: boolean;
}

/** Reads UTF-8 or, where the bytes are none, windows-1252, which reads anything. */
export function decodeText(bytes: Uint8Array): DecodedText {
  try {
    return { text: UTF8.decode(bytes), fallback: false };
  } catch {
    // The only failure of a fatal decoder is "not UTF-8", and that is what the fall-back is for.
    return { text: WINDOWS_1252.decode(bytes), fallback: true };
  }
}

// modern.ircdocs.horse/formatting: colour (03 fg[,bg]), hex colour (04 rrggbb[,rrggbb]), then bold, reset, monospace,
// reverse, italic, strike-through, underline and the old mIRC reset.
// biome-ignore lint/suspicious/noControlCharactersInRegex: formatting codes are control characters
const CODES = /\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04(?:[0-9a-f]{6}(?:,[0-9a-f]{6})?)?|[\x02\x0f\x11\x16\x1d\x1e\x1f]/gi;

/** The text as a reader sees it. Spam splits words and links with the codes. */
export function stripFormatting(text: string): string {
  return text.replaceAll(CODES, '');
}
