// The layout of a PE file (Microsoft PE/COFF specification, revision 11): headers, sections, data directories.

const MAX_SECTIONS = 96;
const SECTION_BYTES = 40;

export interface PeSection {
  readonly name: string;
  readonly rva: number;
  readonly virtualBytes: number;
  readonly at: number;
  readonly bytes: number;
  readonly executable: boolean;
  readonly writable: boolean;
}

export interface PeLayout {
  readonly file: Buffer;
  readonly machine: number;
  readonly madeAt: number;
  readonly characteristics: number;
  readonly wide: boolean;
  readonly subsystem: number;
  readonly entry: number;
  readonly sections: readonly PeSection[];
  /** Address and size; the certificate's address is a file offset. */
  readonly directories: readonly (readonly [number, number])[];
}

/** Whether the mark of a PE file is where the DOS header says. */
export function isPe(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.length < 64 || file.toString('latin1', 0, 2) !== 'MZ') return false;
  const at = file.readUInt32LE(60);
  return file.toString('latin1', at, at + 4) === 'PE\0\0';
}

/** @returns undefined when it is no PE file */
export function readPeLayout(bytes: Uint8Array): PeLayout | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!isPe(file)) return undefined;
  const at = file.readUInt32LE(60);
  if (at + 24 > file.length) return undefined;
  const optional = at + 24;
  const optionalBytes = file.readUInt16LE(at + 20);
  if (optional + 70 > file.length) return undefined;
  const wide = file.readUInt16LE(optional) === 0x20b;
  return {
    file,
    machine: file.readUInt16LE(at + 4),
    madeAt: file.readUInt32LE(at + 8),
    characteristics: file.readUInt16LE(at + 22),
    wide,
    subsystem: file.readUInt16LE(optional + 68),
    entry: file.readUInt32LE(optional + 16),
    sections: readSections(file, optional + optionalBytes, file.readUInt16LE(at + 6)),
    directories: readDirectories(file, optional + (wide ? 112 : 96), optional + optionalBytes),
  };
}

function readSections(file: Buffer, from: number, count: number): readonly PeSection[] {
  const sections: PeSection[] = [];
  for (let index = 0; index < Math.min(count, MAX_SECTIONS); index += 1) {
    const at = from + index * SECTION_BYTES;
    if (at + SECTION_BYTES > file.length) break;
    const flags = file.readUInt32LE(at + 36);
    sections.push({
      name: file.toString('latin1', at, at + 8).replace(/\0.*$/s, ''),
      virtualBytes: file.readUInt32LE(at + 8),
      rva: file.readUInt32LE(at + 12),
      bytes: file.readUInt32LE(at + 16),
      at: file.readUInt32LE(at + 20),
      executable: (flags & 0x2000_0000) !== 0,
      writable: flags >>> 31 === 1,
    });
  }
  return sections;
}

function readDirectories(file: Buffer, from: number, end: number): readonly (readonly [number, number])[] {
  const directories: [number, number][] = [];
  for (let at = from; at + 8 <= Math.min(end, file.length) && directories.length < 16; at += 8) {
    directories.push([file.readUInt32LE(at), file.readUInt32LE(at + 4)]);
  }
  return directories;
}

/** Where in the file an address of the loaded image is; addresses in the headers are offsets. */
export function offsetOf({ sections, file }: PeLayout, rva: number): number | undefined {
  for (const { rva: from, virtualBytes, bytes, at } of sections) {
    if (rva < from || rva >= from + Math.max(virtualBytes, bytes)) continue;
    const offset = at + rva - from;
    return offset < file.length ? offset : undefined;
  }
  return rva < file.length ? rva : undefined;
}
