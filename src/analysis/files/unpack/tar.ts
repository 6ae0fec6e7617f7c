// Tar: ustar (POSIX.1-2001), GNU long names, pax paths. Sizes are claims: no entry is longer than what is there.
import type { Budget } from '../budget.ts';
import type { Finding } from '../types.ts';
import { BROKEN, MAX_NAME, type Member, TOO_MANY, type Unpacked } from './member.ts';

const BLOCK = 512;
const PATH = /^\d+ path=(.*)$/m;

export function untar(bytes: Uint8Array, budget: Budget): Unpacked {
  const tar = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const members: Member[] = [];
  const findings: Finding[] = [];
  let longName: string | undefined;
  let headers = 0;
  for (let at = 0; at + BLOCK <= tar.length; ) {
    if (tar[at] === 0) break; // the end is blocks of zeros
    headers += 1;
    if (headers > 4 * budget.limits.entries || budget.late)
      return { members, findings: [...findings, TOO_MANY], unopened: [] };
    const size = sizeOf(tar, at + 124);
    const kind = String.fromCharCode(tar[at + 156] ?? 0);
    const start = at + BLOCK;
    if (size === undefined || start + size > tar.length) findings.push(BROKEN);
    const content = tar.subarray(start, start + Math.min(size ?? tar.length, tar.length - start));
    at = start + Math.ceil((size ?? tar.length) / BLOCK) * BLOCK;
    if (kind === 'L') longName = text(content, 0, content.length);
    else if (kind === 'x') longName = PATH.exec(content.toString('utf8', 0, 64 * 1024))?.[1] ?? longName;
    else if (kind === '0' || kind === '\0' || kind === '7' || kind === 'S') {
      const name = (longName ?? headerName(tar, start - BLOCK)).slice(0, MAX_NAME);
      longName = undefined;
      if (!budget.takeEntry()) return { members, findings: [...findings, TOO_MANY], unopened: [] };
      if (content.length > budget.room(content.length)) members.push({ name, unopened: 'no room was left for it' });
      else {
        budget.spend(content.length);
        members.push({ name, content });
      }
    } else longName = undefined;
  }
  return { members, findings, unopened: [] };
}

function headerName(tar: Buffer, at: number): string {
  const prefix = tar.toString('latin1', at + 257, at + 262) === 'ustar' ? text(tar, at + 345, 155) : '';
  const name = text(tar, at, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function text(bytes: Buffer, at: number, most: number): string {
  const field = bytes.subarray(at, at + Math.min(most, 4 * MAX_NAME));
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

/** Octal, or GNU's base 256. */
function sizeOf(tar: Buffer, at: number): number | undefined {
  const first = tar[at] ?? 0;
  if (first >= 0x80) {
    const value = tar.readBigUInt64BE(at + 4);
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(value);
  }
  const octal = /^[0-7 ]*/.exec(tar.toString('latin1', at, at + 12))?.[0].trim() ?? '';
  return octal === '' ? 0 : Number.parseInt(octal, 8);
}
