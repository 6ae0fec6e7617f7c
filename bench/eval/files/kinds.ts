// Files of many kinds, made from a number: the same number makes the same file. Nothing in them could run.
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { EICAR } from '../../../src/analysis/files/eicar.ts';
import { isoOf, rarOf, tarOf, zipOf } from '../../../src/analysis/files/testing/archives.ts';
import { elfOf, lnkOf, officeParts, oleOf, peOf, vbaModule } from '../../../src/analysis/files/testing/programs.ts';

const WORDS =
  'the of and to in is you that it he was for on are as with his they at be this have from or one had by word but not what all were we when your can said there use an each which she do how their if will up other about out many then them these so some her would make like him into time has look two more write go see number no way could people my than first water been call who oil its now find long down day did get come made may part'.split(
    ' ',
  );

/** A little generator of numbers (Mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Make = (random: () => number) => Uint8Array;

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const words = (random: () => number, count: number): string =>
  Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
const prose = (random: () => number): string =>
  Array.from({ length: 3 + Math.floor(random() * 12) }, () => `${words(random, 8)}.`).join('\n');
const noise = (random: () => number, bytes: number): Buffer =>
  Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256)));
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const behind =
  (start: string | Uint8Array, bytes = 200): Make =>
  (random) =>
    Buffer.concat([typeof start === 'string' ? latin(start) : start, noise(random, bytes)]);
const text =
  (make: (random: () => number) => string): Make =>
  (random) =>
    Buffer.from(make(random), 'utf8');

function png(random: () => number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(1 + Math.floor(random() * 500), 0);
  header.writeUInt32BE(1 + Math.floor(random() * 500), 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (name: string, data: Uint8Array): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    return Buffer.concat([size, latin(name), data, Buffer.alloc(4)]);
  };
  return Buffer.concat([
    hex('89504e470d0a1a0a'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(noise(random, 60))),
    chunk('IEND', new Uint8Array()),
  ]);
}

function riff(kind: string, body: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length + 4);
  return Buffer.concat([latin('RIFF'), size, latin(kind), body]);
}

function bmp(random: () => number): Buffer {
  const head = Buffer.alloc(54);
  head.write('BM');
  head.writeUInt32LE(254, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeUInt32LE(8, 18);
  head.writeUInt32LE(8, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, noise(random, 200)]);
}

const program = (random: () => number, wide: boolean): Buffer =>
  peOf({
    wide,
    content: noise(random, 300),
    imports: [{ library: 'KERNEL32.dll', functions: ['ExitProcess', `F${Math.floor(random() * 99)}`] }],
  });
const office =
  (kind: 'word' | 'xl' | 'ppt'): Make =>
  (random) =>
    zipOf(officeParts(kind, { 'docProps/app.xml': `<?xml version="1.0"?><p>${words(random, 9)}</p>` }));
const openDocument =
  (kind: string): Make =>
  (random) =>
    zipOf([
      { name: 'mimetype', content: latin(`application/vnd.oasis.opendocument.${kind}`), stored: true },
      { name: 'content.xml', content: latin(`<?xml version="1.0"?><p>${words(random, 20)}</p>`) },
    ]);
const zipped = (random: () => number): Buffer =>
  zipOf([{ name: `${words(random, 1)}.txt`, content: latin(prose(random)) }]);

/** Every kind by its name. */
export const KINDS: Readonly<Record<string, Make>> = {
  'plain text': text(prose),
  'text, UTF-8': text((random) => `${words(random, 6)} naïve café … ${prose(random)}`),
  'text, Latin-1': (random) => latin(`${words(random, 6)} na\xefve caf\xe9 ${prose(random)}`),
  'text, UTF-16': (random) => Buffer.from(`\ufeff${prose(random)}`, 'utf16le'),
  'text with a mark': text((random) => `\ufeff${prose(random)}`),
  HTML: text(
    (random) =>
      `<!DOCTYPE html>\n<html><head><title>${words(random, 3)}</title></head><body><p>${prose(random)}</p></body></html>\n`,
  ),
  'HTML without doctype': text((random) => `<html>\n<body bgcolor="white">${prose(random)}</body></html>\n`),
  XML: text((random) => `<?xml version="1.0" encoding="UTF-8"?>\n<root><item>${words(random, 5)}</item></root>\n`),
  SVG: text(
    (random) =>
      `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${Math.floor(random() * 100)}"><g/></svg>\n`,
  ),
  JSON: text((random) => JSON.stringify({ id: random(), words: words(random, 8).split(' ') }, null, 2)),
  'shell script': text((random) => `#!/bin/sh\n# ${words(random, 5)}\necho "${words(random, 3)}"\n`),
  'bash script': text((random) => `#!/usr/bin/env bash\nset -e\nx="${words(random, 3)}"\n`),
  'Python script': text((random) => `#!/usr/bin/env python3\nimport sys\nprint("${words(random, 3)}")\n`),
  'Perl script': text((random) => `#!/usr/bin/perl\nuse strict;\nprint "${words(random, 3)}";\n`),
  'Ruby script': text((random) => `#!/usr/bin/env ruby\nputs "${words(random, 3)}"\n`),
  'Node script': text((random) => `#!/usr/bin/env node\nconsole.log("${words(random, 3)}");\n`),
  PHP: text((random) => `<?php\n$a = "${words(random, 3)}";\necho $a;\n`),
  batch: text((random) => `@echo off\r\nrem ${words(random, 5)}\r\ndir\r\n`),
  registry: text((random) => `REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\Software\\${words(random, 1)}]\r\n"a"="b"\r\n`),
  'internet shortcut': text((random) => `[InternetShortcut]\r\nURL=http://${words(random, 1)}.example/\r\n`),
  VBScript: text((random) => `Dim x\r\nSet x = CreateObject("WScript.Shell")\r\nMsgBox "${words(random, 3)}"\r\n`),
  PowerShell: text(
    (random) => `param($Name)\nfunction Get-It {\n  Write-Host "${words(random, 3)}"\n}\n$x = Get-ChildItem -Path .\n`,
  ),
  RTF: text((random) => `{\\rtf1\\ansi\\deff0 {\\fonttbl {\\f0 Arial;}} ${words(random, 12)}}`),
  mail: text(
    (random) =>
      `From: a@mail.example\nTo: b@mail.example\nSubject: ${words(random, 3)}\nMessage-ID: <1@mail.example>\nDate: Mon, 7 Mar 2005 10:00:00 +0000\n\n${prose(random)}\n`,
  ),
  vCard: text((random) => `BEGIN:VCARD\nVERSION:3.0\nFN:${words(random, 2)}\nEND:VCARD\n`),
  calendar: text(
    (random) => `BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:${words(random, 3)}\nEND:VEVENT\nEND:VCALENDAR\n`,
  ),
  CSV: text((random) =>
    Array.from({ length: 12 }, () => words(random, 4).split(' ').join(','))
      .join('\n')
      .concat('\n'),
  ),
  'C source': text((random) => `#include <stdio.h>\n/* ${words(random, 5)} */\nint main(void)\n{\n  return 0;\n}\n`),
  diff: text(
    (random) => `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-${words(random, 3)}\n+${words(random, 3)}\n`,
  ),
  torrent: text(
    (random) =>
      `d8:announce26:http://tracker.example/ann13:creation datei${Math.floor(random() * 1e9)}e4:infod4:name1:a12:piece lengthi16384eee`,
  ),
  EICAR: () => EICAR,
  PDF: text(
    (random) =>
      `%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% ${words(random, 4)}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`,
  ),
  PostScript: text((random) => `%!PS-Adobe-3.0\n%%Title: ${words(random, 3)}\nshowpage\n`),
  'Windows program': (random) => program(random, false),
  'Windows program, 64 bit': (random) => program(random, true),
  'DOS program': behind(
    Buffer.concat([latin('MZ\x40\0\x01\0\0\0\x02'), Buffer.alloc(15), hex('1c00'), Buffer.alloc(38)]),
    64,
  ),
  'ELF program': (random) => elfOf(2, random() < 0.5 ? 62 : 183),
  'ELF object': () => elfOf(1),
  'ELF library': () => elfOf(3),
  'Java class': behind(hex('cafebabe 0000 0034 001d'), 120),
  shortcut: (random) => lnkOf(`..\\${words(random, 1)}.exe`, words(random, 2)),
  zip: zipped,
  'zip, stored': (random) => zipOf([{ name: 'a.bin', content: noise(random, 300), stored: true }]),
  jar: (random) =>
    zipOf([
      { name: 'META-INF/MANIFEST.MF', content: latin('Manifest-Version: 1.0\r\n') },
      { name: 'A.class', content: noise(random, 60) },
    ]),
  gzip: (random) => gzipSync(prose(random)),
  zstd: (random) => zstdCompressSync(latin(prose(random))),
  tar: (random) => tarOf([{ name: 'a.txt', content: latin(prose(random)) }]),
  RAR: (random) => rarOf([{ name: 'a.txt', content: latin(prose(random)) }]),
  'disk image': (random) => isoOf([{ name: 'A.TXT', content: latin(prose(random)) }]),
  Word: office('word'),
  Excel: office('xl'),
  PowerPoint: office('ppt'),
  'OpenDocument text': openDocument('text'),
  'OpenDocument sheet': openDocument('spreadsheet'),
  EPUB: (random) =>
    zipOf([
      { name: 'mimetype', content: latin('application/epub+zip'), stored: true },
      { name: 'a.xhtml', content: latin(prose(random)) },
    ]),
  'Word 97': (random) => oleOf({ WordDocument: noise(random, 100), '1Table': noise(random, 100) }),
  'Excel 97': (random) => oleOf({ Workbook: noise(random, 100) }),
  'Word 97 with macros': (random) =>
    oleOf({ WordDocument: noise(random, 100), VBA: Buffer.alloc(8), M: vbaModule(`' ${words(random, 5)}`) }),
  PNG: png,
  JPEG: behind(hex('ffd8ffe0 00104a46494600010100000100010000 ffdb0043')),
  GIF: behind('GIF89a\x10\0\x10\0\x80\0\0'),
  BMP: bmp,
  TIFF: behind('II*\0\x08\0\0\0\x01\0\0\x01\x03\0\x01\0\0\0\x10\0\0\0'),
  WebP: (random) =>
    riff('WEBP', Buffer.concat([latin('VP8 '), hex('40000000'), hex('3000 009d012a 1000 1000'), noise(random, 60)])),
  icon: behind(hex('0000 0100 0100 1010 0000 0100 2000 6804 0000 1600 0000 2800 0000')),
  WAV: (random) =>
    riff(
      'WAVE',
      Buffer.concat([
        latin('fmt '),
        hex('10000000 0100 0100 44ac0000 88580100 0200 1000'),
        latin('data'),
        noise(random, 80),
      ]),
    ),
  AVI: (random) => riff('AVI ', Buffer.concat([latin('LIST'), hex('40000000'), latin('hdrlavih'), noise(random, 80)])),
  Ogg: behind('OggS\0\x02\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\x01\x1e\x01vorbis\0\0\0\0\x02'),
  FLAC: behind('fLaC\0\0\0\x22\x10\0\x10\0'),
  MP3: behind(
    Buffer.concat([
      latin('ID3\x03\0\0\0\0\0\0'),
      hex('fffb9064'),
      Buffer.alloc(413),
      hex('fffb9064'),
      Buffer.alloc(413),
    ]),
    4,
  ),
  MIDI: behind('MThd\0\0\0\x06\0\x01\0\x02\0\x60MTrk'),
  MP4: behind('\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41\0\0\0\x08free'),
  Matroska: behind(hex('1a45dfa3 a3 4286 8101 42f7 8101 42f2 8104 42f3 8108 4282 88 6d6174726f736b61 4287 8104')),
  Flash: behind('FWS\x06\x10\x01\0\0\x78\0\x05\x5f\0\0\x0f\xa0\0\0\x0c\x01\0'),
  nothing: () => new Uint8Array(),
  noise: (random) => noise(random, 600),
};
