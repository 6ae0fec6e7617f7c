// Files beside the tools that everybody trusts: TLSH, imphash, YARA and archives from Debian's programs.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EICAR } from '../../src/analysis/files/eicar.ts';
import { loadRules } from '../../src/analysis/files/rules/load.ts';
import { peOf } from '../../src/analysis/files/testing/programs.ts';
import { tlsh } from '../../src/analysis/files/tlsh.ts';
import { triageBytes } from '../../src/analysis/files/triage.ts';
import { openYaraCommand } from '../../src/center/scanners/yara-command.ts';
import { needs } from './peers.ts';

const PYTHON = '/usr/bin/python3';
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sundew-files-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const put = (name: string, bytes: Uint8Array): string => {
  const path = join(dir, name);
  writeFileSync(path, bytes);
  return path;
};
const look = (bytes: Uint8Array, name: string) => triageBytes(bytes, { name }, { nowMs: () => performance.now() });

/** Bytes that are the same every time. */
function bytesOf(seed: string, length: number, mask: number): Buffer {
  let block = createHash('sha512').update(seed).digest();
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) {
    if (at % 64 === 0) block = createHash('sha512').update(block).digest();
    bytes[at] = (block[at % 64] ?? 0) & mask;
  }
  return bytes;
}

describe.skipIf(needs('tlsh', 'pefile'))('hashes', () => {
  it("TLSH is that of Debian's python3-tlsh", () => {
    const lengths = [256, 300, 655, 656, 657, 700, 1000, 3198, 3199, 3200, 5000, 65_536, 100_001, 1_000_000];
    const samples = [...lengths, ...Array.from({ length: 40 }, (_value, at) => 260 + at * 173)].flatMap((length) =>
      [0xff, 0x7f, 0x1f, 0x07].map((mask) => bytesOf(`${length}`, length, mask)),
    );
    const paths = samples.map((bytes, at) => put(`t${at}`, bytes));
    const script =
      'import sys,tlsh\nfor p in sys.stdin.read().split():\n  print(tlsh.hash(open(p,"rb").read()) or "-")';
    const theirs = execFileSync(PYTHON, ['-c', script], { input: paths.join('\n') })
      .toString()
      .trim()
      .split('\n');
    const known = theirs.map((hash) =>
      hash.length < 70 || /NULL/.test(hash) ? undefined : hash.replace(/^T1/, '').toUpperCase(),
    );
    expect(known.filter((hash) => hash !== undefined).length).toBeGreaterThan(100);
    for (const [at, bytes] of samples.entries())
      if (known[at] !== undefined) expect(tlsh(bytes)).toBe(`T1${known[at]}`);
  });

  it("the import hash is that of Debian's python3-pefile", async () => {
    const imports = [
      { library: 'KERNEL32.dll', functions: ['CreateFileA', 'ReadFile', 'ExitProcess'] },
      { library: 'WSOCK32.dll', functions: [1, 2, 3, 23, 115, 9999] },
      { library: 'OLEAUT32.dll', functions: [2, 6, 7, 150, 'SysAllocString'] },
      { library: 'MSVBVM60.DLL', functions: [100, 581] },
      { library: 'comdlg32.ocx', functions: ['Mixed_Case'] },
    ];
    for (const wide of [false, true]) {
      const bytes = peOf({ imports, wide });
      const path = put('imports.exe', bytes);
      const theirs = execFileSync(PYTHON, [
        '-c',
        'import sys,pefile\nprint(pefile.PE(sys.argv[1]).get_imphash())',
        path,
      ]);
      expect((await look(bytes, 'imports.exe')).imphash).toBe(theirs.toString().trim());
    }
  });
});

describe.skipIf(needs('7z', 'zip', 'xz', 'bzip2', 'genisoimage'))('archives made by other programs', () => {
  const make = (name: string, command: string, args: readonly string[]): Buffer => {
    execFileSync(command, args, { cwd: dir, stdio: 'ignore' });
    return readFileSync(join(dir, name));
  };

  it.each([
    ['7z', 'e.7z', '7z', ['a', '-bd', 'e.7z', 'eicar.com']],
    ['7z, listed openly and solid', 's.7z', '7z', ['a', '-bd', '-ms=on', 's.7z', 'eicar.com', 'text.txt']],
    ['zip', 'e.zip', 'zip', ['-q', 'e.zip', 'eicar.com']],
    ['xz', 'eicar.com.xz', 'xz', ['-k', 'eicar.com']],
    ['bzip2', 'eicar.com.bz2', 'bzip2', ['-k', 'eicar.com']],
    ['tar and bzip2', 'e.tar.bz2', 'tar', ['cjf', 'e.tar.bz2', 'eicar.com']],
    [
      'tar of GNU with long names',
      'e.tar',
      'tar',
      [
        'cf',
        'e.tar',
        '--transform=s,^,a-very-long-folder-name/repeated/over-and-over/again-and-again/and-once-more/until-it-is-too-long/for-the-header/,',
        'eicar.com',
      ],
    ],
    ['a disk image', 'e.iso', 'genisoimage', ['-quiet', '-J', '-o', 'e.iso', 'eicar.com']],
  ])('%s', async (_what, name, command, args) => {
    put('eicar.com', EICAR);
    put('text.txt', Buffer.from('some text, nothing else'));
    const { findings } = await look(make(name, command, args), 'sample');
    expect(findings.map(({ says }) => says).join()).toContain('EICAR test file');
  });

  it.each([
    ['7z', 'p.7z', '7z', ['a', '-bd', '-psecret', 'p.7z', 'eicar.com']],
    ['7z with its list', 'h.7z', '7z', ['a', '-bd', '-psecret', '-mhe=on', 'h.7z', 'eicar.com']],
    ['zip', 'p.zip', 'zip', ['-q', '-P', 'secret', 'p.zip', 'eicar.com']],
  ])('%s, encrypted, is told as that', async (_what, name, command, args) => {
    put('eicar.com', EICAR);
    const { findings } = await look(make(name, command, args), 'sample');
    expect(findings.map(({ says }) => says).join()).toContain('an encrypted archive');
  });

  it('a large stream of xz comes out whole, and one over the cap does not', async () => {
    const bytes = bytesOf('xz', 3_000_000, 0x3f);
    put('big', bytes);
    const { members } = await look(make('big.xz', 'xz', ['-k', '-0', 'big']), 'big.xz');
    expect(members[0]?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    put('zeros', Buffer.alloc(100 * 1024 * 1024));
    const bomb = await look(make('zeros.xz', 'xz', ['-k', '-0', 'zeros']), 'zeros.xz');
    expect(bomb.findings[0]?.says).toContain('unpacks to far more');
  });
});

it.skipIf(needs('yara'))('the shipped rules compile and match in the command yara, too', async () => {
  const problems: string[] = [];
  const yara = await openYaraCommand(join(dir, 'none'), (problem) => problems.push(problem));
  expect(problems).toEqual([]);
  expect((await loadRules()).sources.length).toBeGreaterThan(1);
  const bytes = peOf({ content: Buffer.from('Drunk_lol.pif\0Webcam_004.pif\0') });
  expect(await yara?.scan(bytes, AbortSignal.timeout(20_000))).toContainEqual(
    expect.objectContaining({ rank: 'sure', class: 'worm' }),
  );
});
