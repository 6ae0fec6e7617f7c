// What a file is by its content. Names and claimed types count for nothing here.
import { fileTypeFromBuffer } from 'file-type';
import { readOle } from './facts/ole.ts';
import { isPe } from './facts/pe-layout.ts';
import { decodeText, textTypeOf } from './text-type.ts';
import { typeNamed } from './type-table.ts';
import type { FileType } from './types.ts';
import { isIso9660 } from './unpack/iso9660.ts';
import { listZip } from './unpack/zip.ts';

/** How much of a file the sniffer sees. */
const SNIFFED = 256 * 1024;
const ZIP_ENTRIES = 1000;

/** @returns `application/octet-stream` for what nothing is known of */
export async function typeOf(bytes: Uint8Array): Promise<FileType> {
  return typeNamed(ownType(bytes) ?? (await sniffedType(bytes)) ?? 'application/octet-stream');
}

function ownType(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'inode/x-empty';
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64));
  const start = head.toString('latin1');
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return zipType(bytes);
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return oleType(bytes);
  if (start.startsWith('\x7fELF')) return elfType(bytes);
  if (start.startsWith('MZ'))
    return isPe(bytes) ? 'application/vnd.microsoft.portable-executable' : 'application/x-dosexec';
  if (start.startsWith('L\0\0\0\x01\x14\x02\0')) return 'application/x-ms-shortcut';
  if (start.startsWith('ITSF')) return 'application/vnd.ms-htmlhelp';
  if (start.startsWith('\xca\xfe\xba\xbe') && head.length >= 8)
    return head.readUInt32BE(4) > 30 ? 'application/x-java-applet' : 'application/x-mach-binary';
  if (/^(?:\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe)/.test(start)) return 'application/x-mach-binary';
  if (/^..-l[hz][\w]-/s.test(start)) return 'application/x-lzh-compressed';
  if (start.startsWith('**ACE**', 7)) return 'application/x-ace';
  if (start.startsWith('\x60\xea') && head.length > 30) return 'application/x-arj';
  if (start.startsWith('%PDF-')) return 'application/pdf';
  if (isIso9660(bytes)) return 'application/x-iso9660-image';
  const text = decodeText(bytes);
  return text === undefined ? undefined : textTypeOf(text, bytes);
}

async function sniffedType(bytes: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes.subarray(0, SNIFFED)))?.mime;
  } catch {
    return undefined; // a header of something that is then cut short: no type
  }
}

function zipType(bytes: Uint8Array): string {
  const { entries } = listZip(bytes, ZIP_ENTRIES);
  const names = new Set(entries.map(({ name }) => name));
  const under = (folder: string): boolean => entries.some(({ name }) => name.startsWith(folder));
  const [first] = entries;
  if (first?.name === 'mimetype' && first.method === 0) {
    const told = Buffer.from(
      bytes.buffer,
      bytes.byteOffset + first.at,
      Math.min(256, bytes.length - first.at),
    ).toString('latin1');
    const mime = /mimetype(application\/[\w.+-]{3,80}?)(?:PK|$|[^\w.+-])/.exec(told)?.[1];
    if (mime !== undefined) return mime;
  }
  if (names.has('[Content_Types].xml') || under('_rels/')) {
    if (under('word/')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    if (under('xl/')) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    if (under('ppt/')) return 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
  }
  if (names.has('AndroidManifest.xml')) return 'application/vnd.android.package-archive';
  if (names.has('META-INF/MANIFEST.MF') || first?.name === 'META-INF/') return 'application/java-archive';
  return 'application/zip';
}

function oleType(bytes: Uint8Array): string {
  const names = new Set(readOle(bytes)?.streams.map(({ name }) => name));
  if (names.has('WordDocument')) return 'application/msword';
  if (names.has('Workbook') || names.has('Book')) return 'application/vnd.ms-excel';
  if (names.has('PowerPoint Document')) return 'application/vnd.ms-powerpoint';
  if (names.has('__properties_version1.0')) return 'application/vnd.ms-outlook';
  if ([...names].some((name) => /^[\u3800-\u4840]/.test(name))) return 'application/x-msi'; // packed names of tables
  return 'application/CDFV2';
}

const ELF_KINDS: Readonly<Record<number, string>> = {
  1: 'application/x-object',
  2: 'application/x-executable',
  3: 'application/x-sharedlib',
  4: 'application/x-coredump',
};

function elfType(bytes: Uint8Array): string {
  if (bytes.length < 64) return 'application/x-executable';
  const elf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const [wide, little] = [elf[4] === 2, elf[5] !== 2];
  const u16 = (at: number): number => (little ? elf.readUInt16LE(at) : elf.readUInt16BE(at));
  const u32 = (at: number): number => (little ? elf.readUInt32LE(at) : elf.readUInt32BE(at));
  const kind = u16(16);
  const [table, size, count] = wide ? [u32(32), u16(54), u16(56)] : [u32(28), u16(42), u16(44)];
  for (let at = table, left = Math.min(count, 64); kind === 3 && left > 0; at += size, left -= 1) {
    if (at + 4 > elf.length) break;
    if (u32(at) === 3) return 'application/x-pie-executable'; // it names its loader
  }
  return ELF_KINDS[kind] ?? 'application/x-executable';
}
