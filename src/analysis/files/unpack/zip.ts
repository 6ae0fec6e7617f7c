// Zip (PKWARE APPNOTE 6.3): entries by the central directory, or by the local headers where that is gone. Sizes in headers are
// claims: what is inflated is counted. Entries that share bytes (Fifield, "A better zip bomb", 2019) are not opened.
import type { Budget } from '../budget.ts';
import type { Finding } from '../types.ts';
import { inflateRaw, unzstd } from './inflate.ts';
import { BOMB, BROKEN, MAX_NAME, type Member, TOO_MANY, type Unpacked } from './member.ts';

const END = Buffer.from('PK\x05\x06', 'latin1');
const END_BYTES = 22;
const CENTRAL = 0x0201_4b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x0403_4b50;
const LOCAL_MARK = Buffer.from('PK\x03\x04', 'latin1');
const LOCAL_BYTES = 30;
const ZIP64_LOCATOR = 0x0706_4b50;
const ZIP64_END = 0x0606_4b50;
const ZIP64_EXTRA = 1;
const ALL_ONES = 0xffff_ffff;
const UNPACK = new Map([
  [0, (packed: Uint8Array, room: number) => (packed.length > room ? 'over' : packed)],
  [8, inflateRaw],
  [93, unzstd],
] as const);

/** An entry as its header tells it; nothing of it is to be trusted. */
export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly packedBytes: number;
  /** Of the local header. */
  readonly at: number;
}

interface Listing {
  readonly entries: readonly ZipEntry[];
  readonly findings: readonly Finding[];
}

/** Entries of a zip file, at most `most`. */
export function listZip(bytes: Uint8Array, most: number): Listing {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const listing = byCentralDirectory(zip, most);
  return listing.entries.length > 0 ? listing : byLocalHeaders(zip, most);
}

/** Opens a zip file within the budget. */
export function unzip(bytes: Uint8Array, budget: Budget): Unpacked {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const { entries, findings: seen } = listZip(bytes, budget.limits.entries);
  const findings = [...seen];
  if (overlap(zip, entries)) {
    findings.push(BOMB, { rank: 'bad', class: 'exploit', says: 'entries of the archive share the same bytes' });
    return {
      members: entries.map(({ name }) => ({ name, unopened: 'shares bytes with another entry' })),
      findings,
      unopened: [],
    };
  }
  const members: Member[] = [];
  for (const entry of entries) {
    if (entry.name.endsWith('/') && entry.packedBytes === 0) continue;
    if (!budget.takeEntry()) {
      findings.push(TOO_MANY);
      break;
    }
    if (budget.late) return { members, findings, unopened: ['the rest of a zip file: no time was left'] };
    members.push(open(zip, entry, budget, findings));
  }
  return { members, findings, unopened: [] };
}

function open(zip: Buffer, entry: ZipEntry, budget: Budget, findings: Finding[]): Member {
  const { name, method } = entry;
  if (entry.encrypted) return { name, encrypted: true, unopened: 'encrypted' };
  const start = dataStart(zip, entry);
  if (start === undefined) {
    findings.push(BROKEN);
    return { name, unopened: 'its header is broken' };
  }
  const unpack = UNPACK.get(method as 0);
  if (unpack === undefined) return { name, unopened: `packed by method ${method}, which is not opened` };
  const packed = zip.subarray(start, start + entry.packedBytes);
  const content = unpack(packed, budget.room(packed.length));
  if (content === 'over') {
    findings.push(BOMB);
    return { name, unopened: 'it unpacks to more than is allowed' };
  }
  if (content === 'broken') {
    findings.push(BROKEN);
    return { name, unopened: 'its data is broken' };
  }
  budget.spend(content.length);
  return { name, content };
}

/** Where the data of an entry begins: the local header has lengths of its own. */
function dataStart(zip: Buffer, { at }: ZipEntry): number | undefined {
  if (at < 0 || at + LOCAL_BYTES > zip.length || zip.readUInt32LE(at) !== LOCAL) return undefined;
  return at + LOCAL_BYTES + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
}

function overlap(zip: Buffer, entries: readonly ZipEntry[]): boolean {
  const ranges = entries.flatMap((entry) => {
    const start = dataStart(zip, entry);
    return start === undefined ? [] : [{ from: entry.at, to: start + entry.packedBytes }];
  });
  ranges.sort((a, b) => a.from - b.from);
  return ranges.some(({ from }, index) => from < (ranges[index - 1]?.to ?? 0));
}

function byCentralDirectory(zip: Buffer, most: number): Listing {
  const end = zip.lastIndexOf(END);
  if (end < 0 || end + END_BYTES > zip.length) return { entries: [], findings: [] };
  const directory = directoryOf(zip, end);
  const entries: ZipEntry[] = [];
  let at = directory.at;
  while (at >= 0 && at + CENTRAL_BYTES <= end && zip.readUInt32LE(at) === CENTRAL) {
    if (entries.length >= most) return { entries, findings: [TOO_MANY] };
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    entries.push(centralEntry(zip, at, name, extra, directory.shift));
    at += CENTRAL_BYTES + name + extra + comment;
  }
  return {
    entries,
    findings: directory.shift > 0 ? [{ rank: 'note', says: 'other data stands before the archive' }] : [],
  };
}

/** Where the directory begins, and by how much offsets are off: by what was put before the archive. */
function directoryOf(zip: Buffer, end: number): { readonly at: number; readonly shift: number } {
  let [size, offset, tail] = [zip.readUInt32LE(end + 12), zip.readUInt32LE(end + 16), end];
  const locator = end - 20;
  if (locator >= 0 && zip.readUInt32LE(locator) === ZIP64_LOCATOR) {
    const at = locator - 56;
    if (at >= 0 && zip.readUInt32LE(at) === ZIP64_END) {
      [size, offset, tail] = [wide(zip, at + 40), wide(zip, at + 48), at];
    }
  }
  const at = tail - size;
  if (at >= 0 && at + 4 <= zip.length && zip.readUInt32LE(at) === CENTRAL) return { at, shift: at - offset };
  return { at: offset + 4 <= zip.length ? offset : -1, shift: 0 };
}

function centralEntry(zip: Buffer, at: number, nameBytes: number, extraBytes: number, shift: number): ZipEntry {
  const flags = zip.readUInt16LE(at + 8);
  const nameAt = at + CENTRAL_BYTES;
  const packed = zip.readUInt32LE(at + 20);
  const offset = zip.readUInt32LE(at + 42);
  const wides = packed === ALL_ONES || offset === ALL_ONES ? zip64Fields(zip, at, nameAt + nameBytes, extraBytes) : {};
  return {
    name: nameOf(zip, nameAt, nameBytes, flags),
    encrypted: (flags & 1) !== 0,
    method: zip.readUInt16LE(at + 10),
    packedBytes: wides.packed ?? packed,
    at: (wides.offset ?? offset) + shift,
  };
}

/** APPNOTE 4.5.3: only the fields that are all ones in the header are there. */
function zip64Fields(zip: Buffer, at: number, from: number, bytes: number): { packed?: number; offset?: number } {
  const end = Math.min(from + bytes, zip.length);
  for (let extra = from; extra + 4 <= end; extra += 4 + zip.readUInt16LE(extra + 2)) {
    if (zip.readUInt16LE(extra) !== ZIP64_EXTRA) continue;
    const last = Math.min(extra + 4 + zip.readUInt16LE(extra + 2), end);
    let field = extra + 4;
    const next = (header: number): number | undefined => {
      if (zip.readUInt32LE(at + header) !== ALL_ONES || field + 8 > last) return undefined;
      field += 8;
      return wide(zip, field - 8);
    };
    next(24); // unpacked size: not asked
    const [packed, offset] = [next(20), next(42)];
    return { ...(packed === undefined ? {} : { packed }), ...(offset === undefined ? {} : { offset }) };
  }
  return {};
}

function byLocalHeaders(zip: Buffer, most: number): Listing {
  const entries: ZipEntry[] = [];
  let at = zip.indexOf(LOCAL_MARK);
  while (at >= 0 && at + LOCAL_BYTES <= zip.length && entries.length < most) {
    const [flags, name, extra] = [zip.readUInt16LE(at + 6), zip.readUInt16LE(at + 26), zip.readUInt16LE(at + 28)];
    const start = at + LOCAL_BYTES + name + extra;
    const told = zip.readUInt32LE(at + 18);
    const known = told > 0 && (flags & 8) === 0 && start + told <= zip.length;
    const next = zip.indexOf(LOCAL_MARK, known ? start + told : start);
    entries.push({
      name: nameOf(zip, at + LOCAL_BYTES, name, flags),
      encrypted: (flags & 1) !== 0,
      method: zip.readUInt16LE(at + 8),
      packedBytes: known ? told : Math.max(0, (next < 0 ? zip.length : next) - start),
      at,
    });
    at = next;
  }
  return { entries, findings: [BROKEN] };
}

function nameOf(zip: Buffer, at: number, bytes: number, flags: number): string {
  const utf8 = (flags & 0x800) !== 0;
  return zip.toString(utf8 ? 'utf8' : 'latin1', at, Math.min(at + bytes, at + MAX_NAME, zip.length));
}

/** A 64-bit number; what no file can hold becomes the largest safe one. */
function wide(zip: Buffer, at: number): number {
  return Math.min(Number(zip.readBigUInt64LE(at)), Number.MAX_SAFE_INTEGER);
}
