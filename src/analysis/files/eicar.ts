// The EICAR test file: harmless, and made so that every scanner can be tried out. https://www.eicar.org/download-anti-malware-testfile/
import type { Finding } from './types.ts';

/** In two halves, so that no scanner takes this program for the file. */
export const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
  'latin1',
);
const WIDE = Buffer.from(EICAR.toString('latin1'), 'utf16le');
/** Marks of encodings, and blanks. */
const BEFORE = 16;

/** By the rules it stands at the beginning, with nothing but blanks behind; what is around it changes nothing for us. */
export function findEicar(bytes: Uint8Array): Finding | undefined {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const at = [content.indexOf(EICAR), content.indexOf(WIDE)].filter((index) => index >= 0);
  if (at.length === 0) return undefined;
  const says = 'the EICAR test file: harmless in itself, made to set off scanners';
  if (Math.min(...at) <= BEFORE) return { rank: 'sure', class: 'malware', says };
  return { rank: 'bad', class: 'malware', says: `a file that holds ${says}` };
}
