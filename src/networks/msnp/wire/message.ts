// Payloads of MSG that we write: alerts, and what the range's senders send.
import { encodeMime } from './mime.ts';
import { encodeP2p, type P2pChunk } from './p2p.ts';

/** Servers close the connection over this, headers included. */
export const MAX_MESSAGE_BYTES = 1664;
/** Text bytes of one message, leaving room for the headers. */
const MAX_TEXT_BYTES = 1400;

const VERSION = ['MIME-Version', '1.0'] as const;

/** A text; with a format it looks as official clients write it. */
export function encodeText(text: string, format?: string): Uint8Array {
  const headers = [VERSION, ['Content-Type', 'text/plain; charset=UTF-8']] as const;
  const all = format === undefined ? headers : [...headers, ['X-MMS-IM-Format', format] as const];
  return encodeMime(all, Buffer.from(text.toWellFormed(), 'utf8'));
}

/** Cuts a text between characters into pieces that fit a message each. */
export function splitText(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character);
    if (bytes + size > MAX_TEXT_BYTES) {
      pieces.push(piece);
      piece = '';
      bytes = 0;
    }
    piece += character;
    bytes += size;
  }
  return [...pieces, piece];
}

export function encodeTyping(address: string): Uint8Array {
  const headers = [VERSION, ['Content-Type', 'text/x-msmsgscontrol'], ['TypingUser', address]] as const;
  return encodeMime(headers, Buffer.from('\r\n'));
}

/** `1` a nudge, `2` a wink, `3` a voice clip, `4` an action text; the last three with their data. */
export function encodeDatacast(id: 1 | 2 | 3 | 4, data?: string): Uint8Array {
  const body = data === undefined ? `ID: ${id}\r\n\r\n` : `ID: ${id}\r\nData: ${data}\r\n\r\n`;
  return encodeMime([VERSION, ['Content-Type', 'text/x-msnmsgr-datacast']], Buffer.from(body, 'utf8'));
}

export function encodeP2pMessage(to: string, chunk: P2pChunk): Uint8Array {
  const headers = [VERSION, ['Content-Type', 'application/x-msnmsgrp2p'], ['P2P-Dest', to]] as const;
  return encodeMime(headers, encodeP2p(chunk));
}
