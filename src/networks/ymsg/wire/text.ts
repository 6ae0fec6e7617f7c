// Text on Yahoo: UTF-8 where key 97 says so, windows-1252 of old clients, with escape codes and font tags in between.

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder('utf-8', { ignoreBOM: true });
const WINDOWS_1252 = new TextDecoder('windows-1252');

export interface DecodedText {
  readonly text: string;
  readonly charset: 'utf-8' | 'windows-1252';
}

/** `flag` is key 97: `1` UTF-8, `0` the local code page, absent either. */
export function decodeText(bytes: Uint8Array, flag: string | undefined): DecodedText {
  if (flag === '1') return { text: LENIENT.decode(bytes), charset: 'utf-8' };
  if (flag !== '0') {
    try {
      return { text: STRICT.decode(bytes), charset: 'utf-8' };
    } catch {
      // The only failure of a fatal decoder is "not UTF-8", and that is the question.
    }
  }
  return { text: WINDOWS_1252.decode(bytes), charset: 'windows-1252' };
}

/** Bytes as characters one by one, for numbers, ids and base64. */
export function asciiOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

// ESC [ 1m bold, x1m its end, 2 italic, 4 underline, 30 to 39 and #rrggbb colours, l and xl around a link.
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes begin with a control character
const ESCAPES = /\x1b\[(?:x?\d{1,3}|x?l|#[0-9a-f]{1,8})m/gi;
// Tags of the client's own; others, such as a link's, are left for the analysis to read.
const TAGS = /<\/?(?:font|fade|alt|snd|b|i|u|s)(?:[\s=#][^<>]{0,400})?>/gi;

/** The text as a reader sees it. */
export function stripMarkup(text: string): string {
  return text.replaceAll(ESCAPES, '').replaceAll(TAGS, '');
}
