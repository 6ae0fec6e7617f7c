// VBA source in compound files: [MS-OVBA] 2.4.1 compression, total over any bytes.

const MARK = Buffer.from('\0Attribut', 'latin1');
const MAX_SOURCE = 256 * 1024;

/** The source in a stream of a module; empty when there is none. */
export function vbaSource(stream: Uint8Array): string {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.length);
  const mark = bytes.indexOf(MARK); // the first words of every module, behind the two header bytes and one of flags
  return mark < 3 ? '' : decompress(bytes, mark - 3).toString('latin1');
}

function decompress(bytes: Buffer, start: number): Buffer {
  const out: number[] = [];
  let at = start;
  if (bytes[at] !== 1) return Buffer.alloc(0);
  at += 1;
  while (at + 2 <= bytes.length && out.length < MAX_SOURCE) {
    const header = bytes.readUInt16LE(at);
    const end = Math.min(at + (header & 0xfff) + 3, bytes.length);
    at += 2;
    if (header >> 15 === 0) for (; at < end; at += 1) out.push(bytes[at] ?? 0);
    else decompressChunk(bytes, at, end, out);
    at = end;
  }
  return Buffer.from(out);
}

function decompressChunk(bytes: Buffer, from: number, end: number, out: number[]): void {
  const begin = out.length;
  for (let at = from; at < end; ) {
    const flags = bytes[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < end; bit += 1) {
      if (((flags >> bit) & 1) === 0) out.push(bytes[at++] ?? 0);
      else {
        if (at + 2 > end) return;
        const token = bytes.readUInt16LE(at);
        at += 2;
        const width = Math.max(4, Math.ceil(Math.log2(Math.max(1, out.length - begin))));
        const length = (token & (0xffff >> width)) + 3;
        const back = (token >> (16 - width)) + 1;
        if (back > out.length - begin || out.length - begin + length > 4096 + 8) return;
        for (let count = 0; count < length; count += 1) out.push(out[out.length - back] ?? 0);
      }
    }
  }
}
