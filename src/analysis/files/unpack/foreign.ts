// What libarchive opens (7z, RAR 4 and 5, CAB, LHA, xz and bzip2): compiled to WebAssembly, so that a mistake in it stays in
// its own memory, and in the sandbox, which ends it when it takes too long or too much (docs/adr/0091).
import { type LibarchiveWasm, libarchiveWasm } from 'libarchive-wasm';
import { messageOf } from '../../../core/error.ts';
import type { Budget } from '../budget.ts';
import type { Finding } from '../types.ts';
import { BOMB, BROKEN, MAX_NAME, type Member, TOO_MANY, type Unpacked } from './member.ts';

const PIECE = 64 * 1024;
const REGULAR = 0o100_000;
/** Archives need not say what an entry is. */
const UNTOLD = 0;

/** Made once a process; 17 MB at rest. */
let loading: Promise<LibarchiveWasm> | undefined;

/** Methods of zip under which single streams are handed over: libarchive has no reader for a bare stream. */
export const STREAM_METHODS = { bzip2: 12, xz: 95 } as const;

/** Opens an archive of any kind that libarchive knows. */
export async function unpackForeign(bytes: Uint8Array, budget: Budget, told?: Told): Promise<Unpacked> {
  loading ??= libarchiveWasm();
  const library = await loading;
  const memory = library.module as unknown as Memory;
  const [input, piece] = [memory._malloc(bytes.length), memory._malloc(PIECE)];
  const members: Member[] = [];
  const findings: Finding[] = [];
  let archive = 0;
  try {
    memory.HEAP8.set(bytes, input);
    archive = library.read_new_memory(input, bytes.length);
    return readEntries({ library, memory, archive, piece, packedBytes: bytes.length, told }, budget, members, findings);
  } catch {
    findings.push(BROKEN); // libarchive says what is wrong; for a person it is damage

    return { members, findings, unopened: [] };
  } finally {
    if (archive !== 0) free(library, archive);
    memory._free(piece);
    memory._free(input);
  }
}

/** One compressed stream, as the only entry of a zip file made around it. */
export async function unpackStream(bytes: Uint8Array, method: 12 | 95, budget: Budget): Promise<Unpacked> {
  const header = Buffer.alloc(31);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(63, 4);
  header.writeUInt16LE(method, 8);
  header.writeUInt32LE(bytes.length, 18);
  header.writeUInt32LE(0xffff_fffe, 22);
  header.writeUInt16LE(1, 26);
  header.write('-', 30);
  const zip = Buffer.concat([header, bytes]);
  // Check sum and size of what comes out are not known before: a try fails by each of them and tells it.
  for (let tries = 0; ; tries += 1) {
    const told: Told = {};
    const unpacked = await unpackForeign(zip, budget, told);
    if (tries === 2 || (told.crc ?? told.size) === undefined) return unpacked;
    if (told.crc !== undefined) zip.writeUInt32LE(told.crc, 14);
    if (told.size !== undefined) zip.writeUInt32LE(told.size, 22);
  }
}

/** What libarchive said of a stream that it read to its end. */
interface Told {
  crc?: number;
  size?: number;
}

interface Memory {
  readonly HEAP8: Int8Array;
  _malloc(bytes: number): number;
  _free(at: number): void;
}

interface Reader {
  readonly library: LibarchiveWasm;
  readonly memory: Memory;
  readonly archive: number;
  readonly piece: number;
  readonly packedBytes: number;
  readonly told: Told | undefined;
}

function readEntries(reader: Reader, budget: Budget, members: Member[], findings: Finding[]): Unpacked {
  const { library, archive } = reader;
  for (let entry = library.read_next_entry(archive); entry !== 0; entry = library.read_next_entry(archive)) {
    if (!budget.takeEntry()) {
      findings.push(TOO_MANY);
      break;
    }
    if (budget.late) return { members, findings, unopened: ['the rest of an archive: no time was left'] };
    const kind = library.entry_filetype(entry);
    if (kind !== REGULAR && kind !== UNTOLD) continue;
    const name = String(library.entry_pathname(entry) ?? '').slice(0, MAX_NAME);
    if (library.entry_is_encrypted(entry) !== 0) members.push({ name, encrypted: true, unopened: 'encrypted' });
    else members.push({ name, ...contentOf(reader, budget, findings) });
    if (findings.includes(BOMB)) break; // what follows would have to be unpacked to be found
  }
  const trouble = String(library.error_string(archive) ?? '');
  if (/encrypt/i.test(trouble) && members.length === 0) {
    return { members, findings, unopened: ['its list is encrypted'], encrypted: true };
  }
  if (trouble !== '' && members.length === 0) findings.push(BROKEN);
  return { members, findings, unopened: [] };
}

function contentOf(reader: Reader, budget: Budget, findings: Finding[]): Pick<Member, 'content' | 'unopened'> {
  const { library, memory, archive, piece } = reader;
  const room = budget.room(reader.packedBytes);
  const pieces: Uint8Array[] = [];
  let total = 0;
  try {
    for (let got = library.read_data(archive, piece, PIECE); got > 0; got = library.read_data(archive, piece, PIECE)) {
      total += got;
      if (total > room || budget.late) {
        findings.push(BOMB);
        return { unopened: 'it unpacks to more than is allowed' };
      }
      pieces.push(Uint8Array.from(memory.HEAP8.subarray(piece, piece + got)));
    }
  } catch (error) {
    if (reader.told !== undefined) listen(messageOf(error), reader.told);
    if (total === 0) return { unopened: whyNot(messageOf(error), findings) };
  }
  if (reader.told === undefined || Object.keys(reader.told).length === 0) budget.spend(total);
  return { content: Buffer.concat(pieces) };
}

function listen(message: string, told: Told): void {
  const crc = /bad CRC: 0x([0-9a-f]{1,8}) should be 0x0\s*$/.exec(message)?.[1];
  const size = /wrong size \(read (\d{1,9}), expected 4294967294\)\s*$/.exec(message)?.[1];
  if (crc !== undefined) told.crc = Number.parseInt(crc, 16);
  if (size !== undefined) told.size = Number(size);
}

function whyNot(message: string, findings: Finding[]): string {
  if (/support|unavailable/i.test(message)) return 'packed in a way that is not opened';
  findings.push(BROKEN);
  return 'its data is broken';
}

function free(library: LibarchiveWasm, archive: number): void {
  try {
    library.read_free(archive);
  } catch {
    // A reader that failed may fail once more at its end; its memory goes with the process.
  }
}
