// Windows programs: what they are, whether they are packed or signed, what they import and say of themselves.
import type { Fact, Finding } from '../types.ts';
import { entropyOf, type Look, NOTHING, printable } from './look.ts';
import { type Import, imphashOf, readImports } from './pe-imports.ts';
import { type PeLayout, type PeSection, readPeLayout } from './pe-layout.ts';

const MACHINES: Readonly<Record<number, string>> = {
  332: 'x86',
  34404: 'x64',
  448: 'ARM',
  452: 'ARM',
  43620: 'ARM64',
  512: 'IA-64',
};
const SUBSYSTEMS: Readonly<Record<number, string>> = { 1: 'driver', 2: 'windows', 3: 'console', 10: 'EFI' };
const PACKERS =
  /^(?:UPX\d|UPX!|\.?aspack|\.adata|\.petite|\.?nsp\d|MEW|FSG!?|PEC2|PECompact|\.themida|\.vmp\d|\.?Upack|\.MPRESS\d|\.yP|yC|\.neolit|\.RLPack|pebundle|PELOCKnt|WWPACK|\.perplex|kkrunchy)/i;
/** Of a section that holds code. */
const PACKED_FROM_BITS = 7.2;
const MAX_LISTED = 32;

/** Groups of functions and what a program may do with them. */
const ABILITIES: readonly (readonly [RegExp, string])[] = [
  [/^URLDownloadTo(?:Cache)?File[AW]?$|^InternetReadFile$|^HttpSendRequest[AW]?$/, 'downloads from the network'],
  [/^(?:WinExec|ShellExecute(?:Ex)?[AW]?|CreateProcess[AW]?)$/, 'starts programs'],
  [/^(?:CreateRemoteThread|WriteProcessMemory|NtUnmapViewOfSection)$/, 'writes into other programs'],
  [/^(?:SetWindowsHookEx[AW]?|GetAsyncKeyState|GetKeyboardState)$/, 'watches the keyboard'],
  [/^(?:keybd_event|SendInput|VkKeyScan[AW]?)$/, 'types in place of the user'],
  [/^(?:FindWindow(?:Ex)?[AW]?|EnumChildWindows)$/, "looks for other programs' windows"],
  [/^RegSetValue(?:Ex)?[AW]?$/, 'writes to the registry'],
  [/^(?:IsDebuggerPresent|CheckRemoteDebuggerPresent)$/, 'looks for a debugger'],
];

/** @returns facts, findings and the import hash */
export function lookAtPe(bytes: Uint8Array): Look & { readonly imphash?: string } {
  const pe = readPeLayout(bytes);
  if (pe === undefined) return NOTHING;
  const imports = readImports(pe);
  const functions = imports.flatMap((library) => library.functions);
  const abilities = ABILITIES.flatMap(([names, what]) => (functions.some((name) => names.test(name)) ? [what] : []));
  const packed = packedHint(pe, imports);
  const imphash = imphashOf(imports);
  const facts: Record<string, Fact> = {
    ...headerFacts(pe),
    sections: pe.sections.slice(0, MAX_LISTED).map((section) => describe(pe, section)),
    imports: imports
      .slice(0, MAX_LISTED)
      .map(({ library, functions: { length } }) => printable(`${library} (${length})`, 80)),
    ...(abilities.length > 0 ? { abilities } : {}),
    ...(packed === undefined ? {} : { packed }),
    ...versionFacts(pe),
  };
  return { facts, findings: judge(abilities, packed), ...(imphash === undefined ? {} : { imphash }) };
}

function headerFacts(pe: PeLayout): Record<string, Fact> {
  const [certificate = 0, certificateBytes = 0] = pe.directories[4] ?? [];
  const end = pe.sections.reduce((most, { at, bytes }) => Math.max(most, at + bytes), 0);
  const overlay = Math.max(0, pe.file.length - end - certificateBytes);
  return {
    machine: MACHINES[pe.machine] ?? `0x${pe.machine.toString(16)}`,
    kind: (pe.characteristics & 0x2000) !== 0 ? 'library' : (SUBSYSTEMS[pe.subsystem] ?? 'program'),
    builtAt: new Date(pe.madeAt * 1000).toISOString(),
    signed: certificate > 0 && certificateBytes > 0, // there is a signature; whether it holds is not checked
    ...((pe.directories[14]?.[0] ?? 0) > 0 ? { dotNet: true } : {}),
    ...(end > 0 && overlay > 0 ? { overlayBytes: overlay } : {}),
  };
}

function contentOf(pe: PeLayout, { at, bytes }: PeSection): Uint8Array {
  return pe.file.subarray(Math.min(at, pe.file.length), Math.min(at + bytes, pe.file.length));
}

function describe(pe: PeLayout, section: PeSection): string {
  const rights = `${section.executable ? 'x' : ''}${section.writable ? 'w' : ''}`;
  return `${printable(section.name, 8)} ${section.bytes} bytes${rights === '' ? '' : ` ${rights}`}, entropy ${entropyOf(contentOf(pe, section))}`;
}

function packedHint(pe: PeLayout, imports: readonly Import[]): string | undefined {
  const named = pe.sections.find(({ name }) => PACKERS.test(name));
  if (named !== undefined) return `a section is named as by a packer`;
  const few = imports.reduce((sum, { functions }) => sum + functions.length, 0) < 12;
  const dense = pe.sections.some(
    (section) => section.executable && section.bytes > 4096 && entropyOf(contentOf(pe, section)) > PACKED_FROM_BITS,
  );
  if (dense) return few ? 'its code is dense as noise and it imports next to nothing' : 'its code is dense as noise';
  const grows = pe.sections.some(
    ({ executable, writable, bytes, virtualBytes }) => executable && writable && bytes === 0 && virtualBytes > 0,
  );
  return grows ? 'it fills an empty section with code when it runs' : undefined;
}

function judge(abilities: readonly string[], packed: string | undefined): readonly Finding[] {
  const findings: Finding[] = [];
  if (packed !== undefined) findings.push({ rank: 'odd', says: `a packed program: ${packed}` });
  const has = (what: string): boolean => abilities.includes(what);
  if (has('types in place of the user') && has("looks for other programs' windows")) {
    findings.push({ rank: 'odd', says: "a program that types into other programs' windows" });
  }
  if (has('downloads from the network') && has('starts programs')) {
    findings.push({ rank: 'odd', says: 'a program that downloads and starts others' });
  }
  return findings;
}

const VERSION_KEYS = ['CompanyName', 'FileDescription', 'OriginalFilename', 'ProductName', 'InternalName'] as const;

/** Strings of the version resource: each stands behind its key, both in UTF-16. */
function versionFacts({ file }: PeLayout): Record<string, Fact> {
  const start = file.indexOf(Buffer.from('VS_VERSION_INFO', 'utf16le'));
  if (start < 0) return {};
  const text = file.toString('utf16le', start, Math.min(file.length, start + 16 * 1024));
  const said = VERSION_KEYS.flatMap((key) => {
    const at = text.indexOf(`${key}\0`);
    if (at < 0) return [];
    const value =
      text
        .slice(at + key.length, at + key.length + 260)
        .replace(/^\0+/, '')
        .split('\0', 1)[0] ?? '';
    return value === '' ? [] : [`${key}: ${printable(value, 120)}`];
  });
  return said.length === 0 ? {} : { version: said };
}
