// Compound files ([MS-CFB]): the directory and the streams. Chains are walked as far as the file is long, no further.

const END_OF_CHAIN = 0xffff_fffa; // this and above are marks, not sectors
const ENTRY_BYTES = 128;
const HEADER_FAT = 109;
const MAX_ENTRIES = 4096;
/** Of one stream. */
const MAX_STREAM = 4 * 1024 * 1024;

export interface OleStream {
  readonly name: string;
  readonly kind: 'storage' | 'stream' | 'root';
  readonly bytes: number;
  /** Read when asked for; at most 4 MiB. */
  read(): Uint8Array;
}

export interface OleFile {
  readonly streams: readonly OleStream[];
}

interface Layout {
  readonly file: Buffer;
  readonly sectorBytes: number;
  readonly fat: readonly number[];
}

/** @returns undefined when it is no compound file */
export function readOle(bytes: Uint8Array): OleFile | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.length < 512 || file.readUInt32BE(0) !== 0xd0cf_11e0) return undefined;
  const shift = file.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return undefined;
  const layout: Layout = { file, sectorBytes: 1 << shift, fat: [] };
  const whole = { ...layout, fat: readFat(layout) };
  const directory = readChain(whole, file.readUInt32LE(48), MAX_ENTRIES * ENTRY_BYTES);
  return { streams: readEntries(whole, directory) };
}

function sector({ file, sectorBytes }: Layout, id: number): Buffer {
  const at = (id + 1) * sectorBytes;
  return file.subarray(Math.min(at, file.length), Math.min(at + sectorBytes, file.length));
}

function readFat(layout: Layout): readonly number[] {
  const { file, sectorBytes } = layout;
  const most = Math.ceil(file.length / sectorBytes);
  const ids: number[] = [];
  for (let at = 0; at < HEADER_FAT; at += 1) ids.push(file.readUInt32LE(76 + 4 * at));
  let next = file.readUInt32LE(68);
  for (let steps = 0; next < END_OF_CHAIN && steps < most; steps += 1) {
    const more = sector(layout, next);
    if (more.length < sectorBytes) break;
    for (let at = 0; at + 8 <= sectorBytes; at += 4) ids.push(more.readUInt32LE(at));
    next = more.readUInt32LE(sectorBytes - 4);
  }
  const fat: number[] = [];
  for (const id of ids) {
    if (id >= END_OF_CHAIN || fat.length > most) continue;
    const part = sector(layout, id);
    for (let at = 0; at + 4 <= part.length; at += 4) fat.push(part.readUInt32LE(at));
  }
  return fat;
}

function readChain(layout: Layout, first: number, most: number): Buffer {
  const parts: Buffer[] = [];
  const { sectorBytes, fat, file } = layout;
  const steps = Math.min(Math.ceil(most / sectorBytes), Math.ceil(file.length / sectorBytes));
  for (let id = first, step = 0; id < END_OF_CHAIN && step < steps; id = fat[id] ?? END_OF_CHAIN, step += 1) {
    const part = sector(layout, id);
    if (part.length === 0) break;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const KINDS: Readonly<Record<number, OleStream['kind']>> = { 1: 'storage', 2: 'stream', 5: 'root' };

function readEntries(layout: Layout, directory: Buffer): readonly OleStream[] {
  const { file } = layout;
  const small = file.readUInt32LE(56);
  let mini: { readonly data: Buffer; readonly fat: Buffer } | undefined;
  const streams: OleStream[] = [];
  for (let at = 0; at + ENTRY_BYTES <= directory.length; at += ENTRY_BYTES) {
    const kind = KINDS[directory[at + 66] ?? 0];
    if (kind === undefined) continue;
    const nameBytes = Math.min(64, directory.readUInt16LE(at + 64));
    const name = directory.toString('utf16le', at, at + Math.max(0, nameBytes - 2));
    const [first, bytes] = [directory.readUInt32LE(at + 116), directory.readUInt32LE(at + 120)];
    if (kind === 'root') {
      const fat = readChain(layout, file.readUInt32LE(60), MAX_STREAM);
      mini = { data: readChain(layout, first, MAX_STREAM), fat };
    }
    const most = Math.min(bytes, MAX_STREAM);
    const read = (): Uint8Array =>
      bytes < small && mini !== undefined
        ? readMini(mini, first, most)
        : readChain(layout, first, most).subarray(0, most);
    streams.push({ name, kind, bytes, read: kind === 'stream' ? read : () => new Uint8Array() });
  }
  return streams;
}

function readMini(
  { data, fat }: { readonly data: Buffer; readonly fat: Buffer },
  first: number,
  bytes: number,
): Buffer {
  const parts: Buffer[] = [];
  for (let id = first, got = 0; id < END_OF_CHAIN && got < bytes; got += 64) {
    const part = data.subarray(id * 64, id * 64 + 64);
    if (part.length === 0) break;
    parts.push(part);
    id = 4 * id + 4 <= fat.length ? fat.readUInt32LE(4 * id) : END_OF_CHAIN;
  }
  return Buffer.concat(parts).subarray(0, bytes);
}
