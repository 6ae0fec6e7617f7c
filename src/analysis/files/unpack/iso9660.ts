// ISO 9660 (ECMA-119) with Joliet names: disk images are a way round the mark of the web.
import type { Budget } from '../budget.ts';
import type { Finding } from '../types.ts';
import { BROKEN, MAX_NAME, type Member, TOO_MANY, type Unpacked } from './member.ts';

const SECTOR = 2048;
const FIRST_DESCRIPTOR = 16;
const MAX_DESCRIPTORS = 16;
const MAX_DIRECTORIES = 256;

interface Extent {
  readonly at: number;
  readonly bytes: number;
}
interface Root extends Extent {
  readonly joliet: boolean;
}

/** Whether a file is a disk image of this kind. */
export function isIso9660(bytes: Uint8Array): boolean {
  const at = FIRST_DESCRIPTOR * SECTOR;
  return bytes.length >= at + SECTOR && Buffer.from(bytes.subarray(at + 1, at + 6)).toString('latin1') === 'CD001';
}

export function readIso(bytes: Uint8Array, budget: Budget): Unpacked {
  const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const root = rootOf(image);
  if (root === undefined) return { members: [], findings: [BROKEN], unopened: [] };
  const members: Member[] = [];
  const findings: Finding[] = [];
  const seen = new Set([root.at]);
  const waiting: { readonly extent: Extent; readonly path: string }[] = [{ extent: root, path: '' }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const { name, extent, directory } of records(image, next.extent, root.joliet)) {
      if (budget.late) return { members, findings, unopened: ['the rest of a disk image: no time was left'] };
      const path = `${next.path}${name}`.slice(0, MAX_NAME);
      if (directory) {
        if (seen.has(extent.at)) continue; // a directory within itself
        if (seen.size >= MAX_DIRECTORIES) return { members, findings: [...findings, TOO_MANY], unopened: [] };
        seen.add(extent.at);
        waiting.push({ extent, path: `${path}/` });
        continue;
      }
      if (!budget.takeEntry()) return { members, findings: [...findings, TOO_MANY], unopened: [] };
      members.push(fileAt(image, path, extent, budget, findings));
    }
  }
  return { members, findings, unopened: [] };
}

function fileAt(image: Buffer, name: string, { at, bytes }: Extent, budget: Budget, findings: Finding[]): Member {
  if (at + bytes > image.length) findings.push(BROKEN);
  const content = image.subarray(at, at + bytes);
  // Many entries may name the same bytes; each costs what it says.
  if (content.length > budget.room(content.length)) return { name, unopened: 'no room was left for it' };
  budget.spend(content.length);
  return { name, content };
}

function rootOf(image: Buffer): Root | undefined {
  let primary: Root | undefined;
  for (let index = 0; index < MAX_DESCRIPTORS; index += 1) {
    const at = (FIRST_DESCRIPTOR + index) * SECTOR;
    if (at + SECTOR > image.length || image.toString('latin1', at + 1, at + 6) !== 'CD001') break;
    const kind = image[at];
    if (kind === 255) break;
    const charset = image.toString('latin1', at + 88, at + 91);
    const joliet = kind === 2 && /^%\/[@CE]$/.test(charset);
    if (kind !== 1 && !joliet) continue;
    const root = { ...extentOf(image, at + 156), joliet };
    if (joliet) return root;
    primary ??= root;
  }
  return primary;
}

function extentOf(image: Buffer, at: number): Extent {
  return { at: image.readUInt32LE(at + 2) * SECTOR, bytes: image.readUInt32LE(at + 10) };
}

interface Entry {
  readonly name: string;
  readonly extent: Extent;
  readonly directory: boolean;
}

function* records(image: Buffer, { at, bytes }: Extent, joliet: boolean): Generator<Entry> {
  const end = Math.min(at + bytes, image.length);
  for (let record = at; record + 34 <= end; ) {
    const length = image[record] ?? 0;
    if (length === 0) {
      record = (Math.floor(record / SECTOR) + 1) * SECTOR; // records do not cross sectors
      continue;
    }
    const nameBytes = image[record + 32] ?? 0;
    const raw = image.subarray(record + 33, Math.min(record + 33 + nameBytes, end));
    const special = nameBytes === 1 && (raw[0] === 0 || raw[0] === 1); // itself and its parent
    if (!special) {
      const directory = ((image[record + 25] ?? 0) & 2) !== 0;
      yield { name: nameOf(raw, joliet), extent: extentOf(image, record), directory };
    }
    record += Math.max(length, 34);
  }
}

function nameOf(raw: Buffer, joliet: boolean): string {
  const even = Buffer.from(raw.subarray(0, raw.length & ~1));
  return (joliet ? even.swap16().toString('utf16le') : raw.toString('latin1')).replace(/;\d+$/, '').replace(/\.$/, '');
}
