// Shell links ([MS-SHLLINK]): what they start, and with which arguments.
import type { Fact, Finding } from '../types.ts';
import { type Look, NOTHING, printable } from './look.ts';

const HEADER_BYTES = 76;
const HAS_TARGET = 0x01;
const HAS_INFO = 0x02;
const UNICODE = 0x80;
/** Bits of the header, in the order in which the strings stand. */
const STRINGS = [
  [0x04, 'description'],
  [0x08, 'relativePath'],
  [0x10, 'workingDirectory'],
  [0x20, 'arguments'],
  [0x40, 'icon'],
] as const;
const INTERPRETER =
  /(?:cmd|powershell|pwsh|mshta|wscript|cscript|rundll32|regsvr32|msiexec|certutil|bitsadmin|forfiles|conhost)(?:\.exe)?\b/i;

export function lookAtLnk(bytes: Uint8Array): Look {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.length < HEADER_BYTES) return NOTHING;
  const flags = file.readUInt32LE(20);
  const facts: Record<string, Fact> = {};
  let at = HEADER_BYTES;
  if ((flags & HAS_TARGET) !== 0 && at + 2 <= file.length) at += 2 + file.readUInt16LE(at);
  if ((flags & HAS_INFO) !== 0 && at + 4 <= file.length) {
    const path = localPath(file, at);
    if (path !== undefined) facts.target = path;
    at += Math.max(4, file.readUInt32LE(at));
  }
  const size = (flags & UNICODE) !== 0 ? 2 : 1;
  for (const [bit, name] of STRINGS) {
    if ((flags & bit) === 0 || at + 2 > file.length) continue;
    const length = file.readUInt16LE(at) * size;
    const field = file.subarray(at + 2, Math.min(at + 2 + length, file.length));
    facts[name] = printable(field.toString(size === 2 ? 'utf16le' : 'latin1'), 1000);
    at += 2 + length;
  }
  return { facts, findings: judge(facts, file.length) };
}

/** LinkInfo: the local base path (2.3). */
function localPath(file: Buffer, at: number): string | undefined {
  if (at + 28 > file.length || (file.readUInt32LE(at + 8) & 1) === 0) return undefined;
  const from = at + file.readUInt32LE(at + 16);
  if (from >= file.length) return undefined;
  const field = file.subarray(from, from + 512);
  const end = field.indexOf(0);
  return printable(field.toString('latin1', 0, end < 0 ? field.length : end), 300);
}

function judge(facts: Readonly<Record<string, Fact>>, bytes: number): readonly Finding[] {
  const starts = `${facts.target ?? ''} ${facts.relativePath ?? ''} ${facts.arguments ?? ''}`;
  const findings: Finding[] = [{ rank: 'odd', says: 'a shortcut: it starts whatever it names' }];
  if (INTERPRETER.test(starts)) findings.push({ rank: 'sure', says: 'a shortcut that starts a command interpreter' });
  else if (/https?:\/\//i.test(starts)) findings.push({ rank: 'bad', says: 'a shortcut that leads to the network' });
  if (bytes > 64 * 1024) findings.push({ rank: 'odd', says: 'a shortcut far larger than shortcuts are' });
  return findings;
}
