// Programs of other systems: ELF and Mach-O, as far as their headers tell.
import { type Look, NOTHING } from './look.ts';

const ELF_MACHINES: Readonly<Record<number, string>> = {
  3: 'x86',
  8: 'MIPS',
  20: 'PowerPC',
  40: 'ARM',
  62: 'x64',
  183: 'ARM64',
  243: 'RISC-V',
};
const ELF_KINDS: Readonly<Record<number, string>> = {
  1: 'object',
  2: 'program',
  3: 'library or program',
  4: 'core dump',
};

export function lookAtElf(bytes: Uint8Array): Look {
  if (bytes.length < 20) return NOTHING;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = bytes[5] !== 2;
  const machine = view.getUint16(18, little);
  const kind = ELF_KINDS[view.getUint16(16, little)] ?? 'unknown';
  const facts = { machine: ELF_MACHINES[machine] ?? `machine ${machine}`, bits: bytes[4] === 2 ? 64 : 32, kind };
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('UPX!');
  return { facts, findings: packed ? [{ rank: 'odd', says: 'a packed program: it is marked as by a packer' }] : [] };
}

const MACH_MACHINES: Readonly<Record<number, string>> = {
  7: 'x86',
  16777223: 'x64',
  12: 'ARM',
  16777228: 'ARM64',
  18: 'PowerPC',
};
const MACH_KINDS: Readonly<Record<number, string>> = { 1: 'object', 2: 'program', 6: 'library', 8: 'bundle' };

export function lookAtMachO(bytes: Uint8Array): Look {
  if (bytes.length < 16) return NOTHING;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0) === 0xcafe_babe) {
    const count = Math.min(view.getUint32(4), 8);
    const machines: string[] = [];
    for (let at = 8; machines.length < count && at + 20 <= bytes.length; at += 20) {
      machines.push(MACH_MACHINES[view.getUint32(at)] ?? 'unknown');
    }
    return { facts: { machine: machines, kind: 'universal' }, findings: [] };
  }
  const little = view.getUint32(0) >>> 24 !== 0xfe;
  const machine = MACH_MACHINES[view.getUint32(4, little)] ?? 'unknown';
  return { facts: { machine, kind: MACH_KINDS[view.getUint32(12, little)] ?? 'unknown' }, findings: [] };
}
