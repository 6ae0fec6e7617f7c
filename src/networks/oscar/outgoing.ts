// An alert as instant messages: cut to what a server takes, as HTML for AIM, with cookies that stay the same at every try.
import { hash } from 'node:crypto';
import { SundewError } from '../../core/error.ts';
import { htmlOfText } from './wire/html.ts';
import { isUin } from './wire/screen-name.ts';

/** Characters of one message: even as UTF-16 and escaped it stays far below the 8000 bytes that servers take. */
const MAX_PIECE = 450;
const MAX_PIECES = 20;

export interface Piece {
  readonly cookie: Uint8Array;
  readonly text: string;
}

/** @throws SundewError INPUT_INVALID when it is too long for instant messages */
export function piecesOf(to: string, body: string, id: string): readonly Piece[] {
  const pieces = split(body);
  if (pieces.length > MAX_PIECES) {
    throw new SundewError('INPUT_INVALID', `a message of ${body.length} characters is too long for AIM and ICQ`);
  }
  const html = !isUin(to);
  return pieces.map((text, at) => ({ cookie: cookieOf(`${id} ${at}`), text: html ? htmlOfText(text) : text }));
}

/** Cuts at line ends, else at blanks, else anywhere but inside a character. */
function split(body: string): readonly string[] {
  const pieces: string[] = [];
  let rest = body;
  while (rest.length > MAX_PIECE) {
    const head = rest.slice(0, MAX_PIECE);
    const at = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
    const end = at > MAX_PIECE / 3 ? at : wholeCharacters(head);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, rest].filter((piece) => piece !== '');
}

/** Length without half of a surrogate pair at the end. */
const wholeCharacters = (head: string): number => (/[\ud800-\udbff]$/.test(head) ? head.length - 1 : head.length);

const COOKIE_MODULUS = 10_000_000;

/** Seven digits and a NUL, as official clients have it. */
function cookieOf(seed: string): Uint8Array {
  const number = hash('sha256', seed, 'buffer').readUInt32BE(0) % COOKIE_MODULUS;
  return Uint8Array.from(Buffer.from(`${String(number).padStart(7, '0')}\0`, 'latin1'));
}
