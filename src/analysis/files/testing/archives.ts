// Archives for tests, honest and not, made byte by byte: nothing here needs a program that packs.
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

export interface ZipSource {
  readonly name: string;
  readonly content: Uint8Array;
  readonly stored?: boolean;
  readonly encrypted?: boolean;
  /** What the headers claim, when that is not so. */
  readonly claimedBytes?: number;
  /** Claims stand in zip64 fields. */
  readonly zip64?: boolean;
}

const u16 = (...values: number[]): Buffer =>
  Buffer.concat(values.map((value) => Buffer.from([value & 0xff, (value >> 8) & 0xff])));
const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, 4 * at);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

interface Packed {
  readonly local: Buffer;
  readonly central: (at: number) => Buffer;
}

function pack({ name, content, stored = false, encrypted = false, claimedBytes, zip64 = false }: ZipSource): Packed {
  const data = stored ? Buffer.from(content) : deflateRawSync(content, { level: 9 });
  const title = Buffer.from(name, 'utf8');
  const claimed = claimedBytes ?? content.length;
  const sizes = zip64 ? u32(0xffff_ffff, 0xffff_ffff) : u32(data.length, claimed);
  const extra = zip64 ? Buffer.concat([u16(1, 16), u64(claimed), u64(data.length)]) : Buffer.alloc(0);
  const common = Buffer.concat([
    u16(zip64 ? 45 : 20, (encrypted ? 1 : 0) | 0x800, stored ? 0 : 8, 0, 0x21),
    u32(crc32(content)),
    sizes,
    u16(title.length, extra.length),
  ]);
  return {
    local: Buffer.concat([u32(0x0403_4b50), common, title, extra, data]),
    central: (at) => Buffer.concat([u32(0x0201_4b50), u16(20), common, u16(0, 0, 0), u32(0, at), title, extra]),
  };
}

function directory(centrals: readonly Buffer[], at: number): Buffer {
  const list = Buffer.concat(centrals);
  const count = Math.min(centrals.length, 0xffff);
  return Buffer.concat([list, u32(0x0605_4b50), u16(0, 0, count, count), u32(list.length, at), u16(0)]);
}

/** A zip file, in the order given. */
export function zipOf(sources: readonly ZipSource[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const source of sources) {
    const { local, central } = pack(source);
    centrals.push(central(at));
    locals.push(local);
    at += local.length;
  }
  return Buffer.concat([...locals, directory(centrals, at)]);
}

/** A zip file without its directory. */
export function headlessZipOf(sources: readonly ZipSource[]): Buffer {
  return Buffer.concat(sources.map((source) => pack(source).local));
}

/** One entry of `bytes` zeros, listed `times` times: entries that share bytes. */
export function overlappingZip(times: number, bytes: number): Buffer {
  const { local, central } = pack({ name: 'a', content: Buffer.alloc(bytes) });
  return Buffer.concat([
    local,
    directory(
      Array.from({ length: times }, () => central(0)),
      local.length,
    ),
  ]);
}

/** Zip files in zip files, `width` in each, zeros at the bottom. */
export function nestedZip(depth: number, width: number, bytes: number): Buffer {
  let inner = zipOf([{ name: '0.dll', content: Buffer.alloc(bytes) }]);
  for (let level = 1; level < depth; level += 1) {
    const content = inner;
    inner = zipOf(Array.from({ length: width }, (_value, at) => ({ name: `lib ${at}.zip`, content })));
  }
  return inner;
}

export function nestedGzip(depth: number, content: Uint8Array): Buffer {
  let inner = Buffer.from(content);
  for (let level = 0; level < depth; level += 1) inner = gzipSync(inner);
  return inner;
}

export interface TarSource {
  readonly name: string;
  readonly content: Uint8Array;
  readonly claimed?: string;
  readonly kind?: string;
}

export function tarOf(sources: readonly TarSource[]): Buffer {
  const blocks = sources.map(({ name, content, claimed, kind = '0' }) => {
    const header = Buffer.alloc(512);
    header.write(name.slice(0, 100), 0, 'utf8');
    header.write('0000644\0', 100);
    header.write(claimed ?? `${content.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
    header.write('00000000000\0        ', 136);
    header.write(kind, 156);
    header.write('ustar\u000000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** A RAR 5 archive whose entries are stored (RAR 5.0 archive format, rarlab.com/technote.htm). */
export function rarOf(sources: readonly { readonly name: string; readonly content: Uint8Array }[]): Buffer {
  const block = (fields: Buffer, data: Uint8Array = new Uint8Array()): Buffer => {
    const body = Buffer.concat([vint(fields.length), fields]);
    return Buffer.concat([u32(crc32(body)), body, data]);
  };
  const files = sources.map(({ name, content }) => {
    const title = Buffer.from(name, 'utf8');
    const fields = [
      vint(2),
      vint(2),
      vint(content.length),
      vint(4),
      vint(content.length),
      vint(0x20),
      u32(crc32(content)),
      vint(0),
      vint(1),
      vint(title.length),
      title,
    ];
    return block(Buffer.concat(fields), content);
  });
  const main = block(Buffer.concat([vint(1), vint(0), vint(0)]));
  const end = block(Buffer.concat([vint(5), vint(0), vint(0)]));
  return Buffer.concat([Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1'), main, ...files, end]);
}

function vint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

/** A disk image with files in its root. */
export function isoOf(sources: readonly { readonly name: string; readonly content: Uint8Array }[]): Buffer {
  const sector = 2048;
  const pad = (bytes: Uint8Array): Buffer =>
    Buffer.concat([bytes, Buffer.alloc((sector - (bytes.length % sector)) % sector)]);
  const rootAt = 18;
  let next = rootAt + 1;
  const record = (name: Buffer, at: number, bytes: number, directory: boolean): Buffer => {
    const entry = Buffer.alloc(33 + name.length + ((name.length + 1) % 2));
    entry[0] = entry.length;
    entry.writeUInt32LE(at, 2);
    entry.writeUInt32BE(at, 6);
    entry.writeUInt32LE(bytes, 10);
    entry.writeUInt32BE(bytes, 14);
    entry[25] = directory ? 2 : 0;
    entry[32] = name.length;
    name.copy(entry, 33);
    return entry;
  };
  const files = sources.map(({ name, content }) => {
    const at = next;
    next += Math.max(1, Math.ceil(content.length / sector));
    return { entry: record(Buffer.from(`${name};1`, 'latin1'), at, content.length, false), data: pad(content) };
  });
  const dots = [Buffer.from([0]), Buffer.from([1])].map((name) => record(name, rootAt, sector, true));
  const root = pad(Buffer.concat([...dots, ...files.map(({ entry }) => entry)]));
  const descriptor = Buffer.alloc(sector);
  descriptor.write('\x01CD001\x01', 0, 'latin1');
  record(Buffer.from([0]), rootAt, sector, true).copy(descriptor, 156);
  const end = Buffer.alloc(sector);
  end.write('\xffCD001\x01', 0, 'latin1');
  return Buffer.concat([Buffer.alloc(16 * sector), descriptor, end, root, ...files.map(({ data }) => data)]);
}
