// Programs and documents for tests: the structures alone, with nothing in them that could run.

/** A PE file with one import table, whose entries are names or numbers. */
export interface PeSource {
  readonly imports?: readonly { readonly library: string; readonly functions: readonly (string | number)[] }[];
  readonly sectionName?: string;
  /** Put behind the headers, in the only section. */
  readonly content?: Uint8Array;
  readonly wide?: boolean;
  readonly signed?: boolean;
}

const FILE_ALIGN = 512;
const RVA = 0x1000;

export function peOf({
  imports = [],
  sectionName = '.text',
  content = new Uint8Array(),
  wide = false,
  signed = false,
}: PeSource = {}): Buffer {
  const table = importTable(imports, wide);
  const raw = pad(Buffer.concat([table, content]), FILE_ALIGN);
  const optionalBytes = (wide ? 112 : 96) + 16 * 8;
  const head = Buffer.alloc(FILE_ALIGN);
  head.write('MZ', 0);
  head.writeUInt16LE(0x90, 2);
  head.writeUInt32LE(0x80, 60);
  let at = 0x80;
  head.write('PE\0\0', at);
  head.writeUInt16LE(wide ? 0x8664 : 0x14c, at + 4);
  head.writeUInt16LE(1, at + 6);
  head.writeUInt32LE(1_100_000_000, at + 8);
  head.writeUInt16LE(optionalBytes, at + 20);
  head.writeUInt16LE(wide ? 0x22 : 0x102, at + 22);
  at += 24;
  head.writeUInt16LE(wide ? 0x20b : 0x10b, at);
  head.writeUInt32LE(RVA, at + 16);
  head.writeUInt32LE(RVA, at + 32);
  head.writeUInt32LE(FILE_ALIGN, at + 36);
  head.writeUInt16LE(4, at + 40);
  head.writeUInt16LE(4, at + 48);
  head.writeUInt32LE(RVA + 0x10000, at + 56);
  head.writeUInt32LE(FILE_ALIGN, at + 60);
  head.writeUInt16LE(2, at + 68);
  head.writeUInt32LE(16, at + (wide ? 108 : 92));
  const directories = at + (wide ? 112 : 96);
  if (imports.length > 0) {
    head.writeUInt32LE(RVA, directories + 8);
    head.writeUInt32LE(20 * (imports.length + 1), directories + 12);
  }
  const certificate = signed ? Buffer.from('080000000002020000', 'hex').subarray(0, 8) : Buffer.alloc(0);
  if (signed) {
    head.writeUInt32LE(FILE_ALIGN + raw.length, directories + 32);
    head.writeUInt32LE(certificate.length, directories + 36);
  }
  at += optionalBytes;
  head.write(sectionName.slice(0, 8), at, 'latin1');
  head.writeUInt32LE(raw.length, at + 8);
  head.writeUInt32LE(RVA, at + 12);
  head.writeUInt32LE(raw.length, at + 16);
  head.writeUInt32LE(FILE_ALIGN, at + 20);
  head.writeUInt32LE(0x6000_0020, at + 36);
  return Buffer.concat([head, raw, certificate]);
}

function pad(bytes: Buffer, to: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((to - (bytes.length % to)) % to || (bytes.length === 0 ? to : 0))]);
}

function importTable(imports: NonNullable<PeSource['imports']>, wide: boolean): Buffer {
  if (imports.length === 0) return Buffer.alloc(0);
  const size = wide ? 8 : 4;
  const descriptors = Buffer.alloc(20 * (imports.length + 1));
  const parts: Buffer[] = [];
  let next = RVA + descriptors.length;
  const put = (bytes: Buffer): number => {
    const even = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    parts.push(even);
    next += even.length;
    return next - even.length;
  };
  for (const [index, { library, functions }] of imports.entries()) {
    const thunks = Buffer.alloc(size * (functions.length + 1));
    for (const [at, name] of functions.entries()) {
      if (typeof name === 'number') {
        thunks.writeUInt32LE(name, at * size);
        thunks[at * size + size - 1] = 0x80;
        if (!wide) thunks.writeUInt32LE((0x8000_0000 + name) >>> 0, at * size);
      } else thunks.writeUInt32LE(put(Buffer.concat([Buffer.alloc(2), Buffer.from(`${name}\0`, 'latin1')])), at * size);
    }
    const nameAt = put(Buffer.from(`${library}\0`, 'latin1'));
    const lookup = put(thunks);
    const address = put(Buffer.from(thunks));
    descriptors.writeUInt32LE(lookup, index * 20);
    descriptors.writeUInt32LE(nameAt, index * 20 + 12);
    descriptors.writeUInt32LE(address, index * 20 + 16);
  }
  return Buffer.concat([descriptors, ...parts]);
}

/** An ELF header with as little as readers ask for. @param kind 1 object, 2 program, 3 library, 4 core dump */
export function elfOf(kind: number, machine = 62): Buffer {
  const elf = Buffer.alloc(256);
  elf.write('\x7fELF\x02\x01\x01', 'latin1');
  elf.writeUInt16LE(kind, 16);
  elf.writeUInt16LE(machine, 18);
  elf.writeUInt32LE(1, 20);
  elf.writeUInt16LE(64, 52);
  if (kind !== 1) {
    elf.writeUInt32LE(64, 32);
    elf.writeUInt16LE(1, 56);
    elf.writeUInt32LE(1, 64); // one part to load
  }
  elf.writeUInt16LE(56, 54);
  elf.writeUInt16LE(64, 58);
  return elf;
}

/** A compound file of small sectors with streams in its root. */
export function oleOf(streams: Readonly<Record<string, Uint8Array>>): Buffer {
  const sector = 512;
  const entries: Buffer[] = [];
  const data: Buffer[] = [];
  const fat: number[] = [];
  let next = 0;
  const store = (bytes: Uint8Array): number => {
    const count = Math.max(1, Math.ceil(bytes.length / sector));
    const first = next;
    for (let at = 0; at < count; at += 1) fat[first + at] = at === count - 1 ? 0xffff_fffe : first + at + 1;
    data.push(Buffer.concat([bytes, Buffer.alloc(count * sector - bytes.length)]));
    next += count;
    return first;
  };
  const entry = (name: string, kind: number, first: number, bytes: number, child: number, right: number): Buffer => {
    const record = Buffer.alloc(128);
    record.write(name, 0, 'utf16le');
    record.writeUInt16LE(2 * (name.length + 1), 64);
    record[66] = kind;
    record[67] = 1;
    record.writeUInt32LE(0xffff_ffff, 68);
    record.writeUInt32LE(right >>> 0, 72);
    record.writeUInt32LE(child >>> 0, 76);
    record.writeUInt32LE(first >>> 0, 116);
    record.writeUInt32LE(bytes, 120);
    return record;
  };
  const all = Object.entries(streams);
  entries.push(entry('Root Entry', 5, 0xffff_fffe, 0, all.length > 0 ? 1 : -1, -1));
  for (const [at, [name, content]] of all.entries()) {
    // Streams under the cutoff would have to stand among the small ones: these are as long as it takes.
    const long = Buffer.concat([content, Buffer.alloc(Math.max(0, 4096 - content.length))]);
    entries.push(entry(name, 2, store(long), long.length, -1, at + 1 < all.length ? at + 2 : -1));
  }
  while (entries.length % 4 !== 0) entries.push(Buffer.alloc(128));
  const directoryAt = store(Buffer.concat(entries));
  const fatSectors = Math.max(1, Math.ceil((next + 1) / 128));
  const fatAt = next;
  for (let at = 0; at < fatSectors; at += 1) fat[next + at] = 0xffff_fffd;
  const table = Buffer.alloc(fatSectors * sector, 0xff);
  for (const [at, value] of fat.entries()) table.writeUInt32LE(value >>> 0, 4 * at);
  const head = Buffer.alloc(sector);
  head.write('d0cf11e0a1b11ae1', 'hex');
  head.writeUInt16LE(0x3e, 24);
  head.writeUInt16LE(3, 26);
  head.writeUInt16LE(0xfffe, 28);
  head.writeUInt16LE(9, 30);
  head.writeUInt16LE(6, 32);
  head.writeUInt32LE(fatSectors, 44);
  head.writeUInt32LE(directoryAt, 48);
  head.writeUInt32LE(4096, 56);
  head.writeUInt32LE(0xffff_fffe, 60);
  head.writeUInt32LE(0xffff_fffe, 68);
  head.fill(0xff, 76);
  for (let at = 0; at < fatSectors; at += 1) head.writeUInt32LE(fatAt + at, 76 + 4 * at);
  return Buffer.concat([head, ...data, table]);
}

/** A module of VBA, packed as [MS-OVBA] has it with literal tokens alone. */
export function vbaModule(source: string): Buffer {
  const text = Buffer.from(`Attribute VB_Name = "M"\r\n${source}`, 'latin1').subarray(0, 3500);
  const tokens: Buffer[] = [];
  for (let at = 0; at < text.length; at += 8) tokens.push(Buffer.from([0]), text.subarray(at, at + 8));
  const chunk = Buffer.concat(tokens);
  const header = Buffer.alloc(2);
  header.writeUInt16LE(0xb000 | (chunk.length - 1), 0);
  return Buffer.concat([Buffer.from([1]), header, chunk]);
}

/** A shell link with arguments and a relative path. */
export function lnkOf(path: string, args: string): Buffer {
  const head = Buffer.alloc(76);
  head.writeUInt32LE(76, 0);
  head.write('0114020000000000c000000000000046', 4, 'hex');
  head.writeUInt32LE(0x08 | 0x20 | 0x80, 20);
  const text = (value: string): Buffer => {
    const size = Buffer.alloc(2);
    size.writeUInt16LE(value.length);
    return Buffer.concat([size, Buffer.from(value, 'utf16le')]);
  };
  return Buffer.concat([head, text(path), text(args)]);
}

/** A document of Office 2007 and later, by the names of its parts. */
export function officeParts(
  kind: 'word' | 'xl' | 'ppt',
  more: Readonly<Record<string, string>> = {},
): readonly { readonly name: string; readonly content: Buffer }[] {
  const main = { word: 'document', xl: 'workbook', ppt: 'presentation' }[kind];
  const type = { word: 'wordprocessingml.document', xl: 'spreadsheetml.sheet', ppt: 'presentationml.presentation' }[
    kind
  ];
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const parts = {
    '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${kind}/${main}.xml" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>`,
    [`${kind}/${main}.xml`]: `${xml}<main><p>text</p></main>`,
    ...more,
  };
  return Object.entries(parts).map(([name, text]) => ({ name, content: Buffer.from(text, 'latin1') }));
}
