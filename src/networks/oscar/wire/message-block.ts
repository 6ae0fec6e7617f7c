// The message block (ICBM TLV 02 of channel 1): fragments of features and of text.
import { ByteReader, concatBytes } from '../../../core/bytes.ts';
import { SundewError } from '../../../core/error.ts';
import { string16, u8, u16 } from './fields.ts';
import { decodeMessageText, encodeMessageText } from './text.ts';

const FRAGMENT_TEXT = 0x01;
const FRAGMENT_FEATURES = 0x05;
/** More fragments than any client sends. */
const MAX_FRAGMENTS = 256;

export interface MessageBlock {
  readonly text: string;
  /** Of the first text fragment. */
  readonly charset: string;
}

/**
 * All text fragments, joined. One whose length is under four has no text (libpurple would underflow there).
 * @throws SundewError WIRE_MALFORMED, WIRE_TOO_LARGE
 */
export function decodeMessageBlock(bytes: Uint8Array, icq: boolean): MessageBlock {
  const reader = new ByteReader(bytes);
  const parts: string[] = [];
  let charset = 'none';
  for (let count = 0; reader.remaining > 0; count += 1) {
    if (count >= MAX_FRAGMENTS) throw new SundewError('WIRE_TOO_LARGE', `more than ${MAX_FRAGMENTS} message fragments`);
    const id = reader.u8();
    reader.u8();
    const data = new ByteReader(reader.take(reader.u16()));
    if (id !== FRAGMENT_TEXT) continue;
    if (data.remaining < 4) throw new SundewError('WIRE_MALFORMED', 'message fragment too short for its charset');
    const number = data.u16();
    data.u16();
    const decoded = decodeMessageText(number, data.take(data.remaining), icq);
    if (parts.length === 0) charset = decoded.charset;
    parts.push(decoded.text);
  }
  return { text: parts.join(''), charset };
}

const FEATURES = Uint8Array.of(1, 1, 1, 2);

export function encodeMessageBlock(text: string): Uint8Array {
  const { charset, bytes } = encodeMessageText(text);
  return concatBytes([
    u8(FRAGMENT_FEATURES),
    u8(1),
    string16(FEATURES),
    u8(FRAGMENT_TEXT),
    u8(1),
    string16(concatBytes([u16(charset), u16(0), bytes])),
  ]);
}
