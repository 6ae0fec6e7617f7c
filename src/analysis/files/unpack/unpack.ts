// Opens whatever holds other files, by its type.
import type { Budget } from '../budget.ts';
import type { FileType } from '../types.ts';
import { STREAM_METHODS, unpackForeign, unpackStream } from './foreign.ts';
import { gunzip, type Inflated, unzstd } from './inflate.ts';
import { readIso } from './iso9660.ts';
import { BOMB, BROKEN, type Unpacked } from './member.ts';
import { untar } from './tar.ts';
import { unzip } from './zip.ts';

type Opener = (bytes: Uint8Array, budget: Budget) => Unpacked | Promise<Unpacked>;

const OPENERS: Readonly<Record<string, Opener>> = {
  'application/zip': unzip,
  'application/java-archive': unzip,
  'application/vnd.android.package-archive': unzip,
  'application/x-tar': untar,
  'application/x-iso9660-image': readIso,
  'application/gzip': (bytes, budget) => single(gunzip(bytes, budget.room(bytes.length)), budget),
  'application/zstd': (bytes, budget) => single(unzstd(bytes, budget.room(bytes.length)), budget),
  'application/x-bzip2': (bytes, budget) => unpackStream(bytes, STREAM_METHODS.bzip2, budget),
  'application/x-xz': (bytes, budget) => unpackStream(bytes, STREAM_METHODS.xz, budget),
  'application/x-7z-compressed': unpackForeign,
  'application/x-rar': unpackForeign,
  'application/vnd.ms-cab-compressed': unpackForeign,
  'application/x-lzh-compressed': unpackForeign,
  'application/x-cpio': unpackForeign,
  'application/x-archive': unpackForeign,
  'application/vnd.debian.binary-package': unpackForeign,
};

/** Archives that nothing here opens. */
const CLOSED: Readonly<Record<string, string>> = {
  'application/x-ace': 'ACE archives are not opened',
  'application/x-arj': 'ARJ archives are not opened',
  'application/x-apple-diskimage': 'Apple disk images are not opened',
  'application/x-compress': 'files of compress(1) are not opened',
  'application/x-lz4': 'LZ4 files are not opened',
  'application/x-lzip': 'lzip files are not opened',
};

/** @returns undefined for a file that holds no others */
export async function unpack(bytes: Uint8Array, { mime }: FileType, budget: Budget): Promise<Unpacked | undefined> {
  const opener = OPENERS[mime] ?? (isOfficeZip(mime) ? unzip : undefined);
  if (opener !== undefined) return await opener(bytes, budget);
  const why = CLOSED[mime];
  return why === undefined ? undefined : { members: [], findings: [{ rank: 'note', says: why }], unopened: [why] };
}

/** Documents that are zip files. */
export function isOfficeZip(mime: string): boolean {
  return /^application\/(?:vnd\.(?:openxmlformats|oasis)|epub\+zip)/.test(mime);
}

function single(content: Inflated, budget: Budget): Unpacked {
  if (content === 'over')
    return { members: [{ name: '', unopened: 'it unpacks to more than is allowed' }], findings: [BOMB], unopened: [] };
  if (content === 'broken') return { members: [], findings: [BROKEN], unopened: [] };
  budget.spend(content.length);
  return { members: [{ name: '', content }], findings: [], unopened: [] };
}
