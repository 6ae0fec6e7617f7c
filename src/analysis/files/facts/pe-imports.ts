// What a PE file imports, and the hash over it (imphash: MD5 of `library.function` in lower case, in order).
import { hash } from 'node:crypto';
import { nameOfOrdinal } from './ordinals.ts';
import { offsetOf, type PeLayout } from './pe-layout.ts';

const MAX_LIBRARIES = 256;
const MAX_FUNCTIONS = 4096;
const MAX_NAME = 512;
const DESCRIPTOR_BYTES = 20;

export interface Import {
  readonly library: string;
  readonly functions: readonly string[];
}

/** Libraries and functions in order of the import table. */
export function readImports(pe: PeLayout): readonly Import[] {
  const [table = 0] = pe.directories[1] ?? [];
  const from = table === 0 ? undefined : offsetOf(pe, table);
  if (from === undefined) return [];
  const imports: Import[] = [];
  let left = MAX_FUNCTIONS;
  for (
    let at = from;
    at + DESCRIPTOR_BYTES <= pe.file.length && imports.length < MAX_LIBRARIES;
    at += DESCRIPTOR_BYTES
  ) {
    const [lookup, nameAt, address] = [
      pe.file.readUInt32LE(at),
      pe.file.readUInt32LE(at + 12),
      pe.file.readUInt32LE(at + 16),
    ];
    if (nameAt === 0 && lookup === 0 && address === 0) break;
    const library = nameIn(pe, nameAt);
    if (library === undefined || library === '') break;
    const functions = readFunctions(pe, lookup === 0 ? address : lookup, library.toLowerCase(), left);
    left -= functions.length;
    imports.push({ library, functions });
  }
  return imports;
}

function readFunctions(pe: PeLayout, table: number, library: string, most: number): readonly string[] {
  const names: string[] = [];
  const size = pe.wide ? 8 : 4;
  const from = offsetOf(pe, table);
  if (from === undefined) return names;
  for (let at = from; at + size <= pe.file.length && names.length < most; at += size) {
    const low = pe.file.readUInt32LE(at);
    const high = pe.wide ? pe.file.readUInt32LE(at + 4) : low;
    if (low === 0 && (!pe.wide || high === 0)) break;
    const byNumber = high >>> 31 === 1;
    const name = byNumber ? nameOfOrdinal(library, low & 0xffff) : nameIn(pe, low + 2);
    if (name === undefined || name === '') break;
    names.push(name);
  }
  return names;
}

function nameIn(pe: PeLayout, rva: number): string | undefined {
  const at = offsetOf(pe, rva);
  if (at === undefined) return undefined;
  const field = pe.file.subarray(at, at + MAX_NAME);
  const end = field.indexOf(0);
  const name = field.toString('latin1', 0, end < 0 ? field.length : end);
  return /^[\x21-\x7e]*$/.test(name) ? name : undefined;
}

/** @returns undefined for a file that imports nothing */
export function imphashOf(imports: readonly Import[]): string | undefined {
  const names = imports.flatMap(({ library, functions }) => {
    const base = library.toLowerCase().replace(/\.(?:dll|ocx|sys)$/, '');
    return functions.map((name) => `${base}.${name.toLowerCase()}`);
  });
  return names.length === 0 ? undefined : hash('md5', names.join(','), 'hex');
}
