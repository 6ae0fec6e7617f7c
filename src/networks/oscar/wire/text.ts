// Text of instant messages: four charsets on paper, more in life. Bytes that fit none are replaced, never refused.

const CHARSET_ASCII = 0x0000;
const CHARSET_UTF16 = 0x0002;

export interface DecodedText {
  readonly text: string;
  readonly charset: string;
}

const decoders = new Map<string, TextDecoder>();

function decode(bytes: Uint8Array, charset: string): string {
  let decoder = decoders.get(charset);
  if (decoder === undefined) {
    decoder = new TextDecoder(charset);
    decoders.set(charset, decoder);
  }
  return decoder.decode(bytes);
}

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    return undefined; // the very question
  }
}

/** Bytes of unknown charset: UTF-8 when it is, else the code page of the network's people. */
export function decodeLoose(bytes: Uint8Array, icq: boolean): DecodedText {
  const text = utf8(bytes);
  if (text !== undefined) return { text, charset: 'utf-8' };
  const charset = icq ? 'windows-1251' : 'windows-1252';
  return { text: decode(bytes, charset), charset };
}

/** One fragment of a channel-1 message. @param icq whether the sender is an ICQ number: its code page differs */
export function decodeMessageText(charset: number, bytes: Uint8Array, icq: boolean): DecodedText {
  if (charset === CHARSET_ASCII && bytes.every((byte) => byte < 0x80)) {
    return { text: decode(bytes, 'utf-8'), charset: 'us-ascii' };
  }
  if (charset === CHARSET_UTF16 && bytes.length % 2 === 0) {
    return { text: decode(bytes, 'utf-16be'), charset: 'utf-16be' };
  }
  return decodeLoose(bytes, icq);
}

/** Text as it is sent: ASCII where it can be, else UTF-16BE. */
export function encodeMessageText(text: string): { readonly charset: number; readonly bytes: Uint8Array } {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is just that
  if (/^[\x00-\x7f]*$/.test(text))
    return { charset: CHARSET_ASCII, bytes: Uint8Array.from(Buffer.from(text, 'latin1')) };
  return { charset: CHARSET_UTF16, bytes: Uint8Array.from(Buffer.from(text, 'utf16le').swap16()) };
}
