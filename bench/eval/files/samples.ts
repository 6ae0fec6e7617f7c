// The files that triage is asked about: harmless and harmful ones made from numbers, and those of the project's dependencies.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { EICAR } from '../../../src/analysis/files/eicar.ts';
import { isoOf, rarOf, tarOf, zipOf } from '../../../src/analysis/files/testing/archives.ts';
import { peOf } from '../../../src/analysis/files/testing/programs.ts';
import { KINDS, randomOf } from './kinds.ts';

const A_KIND = 6;
const AN_ENDING = 60;
const MAX_BYTES = 4 * 1024 * 1024;
const DEPENDENCIES = new URL('../../../node_modules/', import.meta.url).pathname;

export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Some of each kind. */
export function samplesOfKinds(): readonly { readonly kind: string; readonly bytes: Uint8Array }[] {
  return Object.entries(KINDS).flatMap(([kind, make], at) =>
    Array.from({ length: A_KIND }, (_value, copy) => ({ kind, bytes: make(randomOf(1000 * at + copy)) })),
  );
}

const HONEST =
  /^(?:plain text|PNG|JPEG|GIF|Word|Excel|PowerPoint|OpenDocument text|CSV|JSON|zip|gzip|tar|MP3|WAV|PDF|RTF|HTML)$/;

/** Documents, pictures and archives with nothing in them. */
export const honestSamples = (): readonly Uint8Array[] =>
  samplesOfKinds().flatMap(({ kind, bytes }) => (HONEST.test(kind) ? [bytes] : []));

/** EICAR's test file by itself and wrapped up. */
export function eicarWrappings(): readonly Uint8Array[] {
  const entry = [{ name: 'eicar.com', content: EICAR }];
  const zipped = zipOf(entry);
  return [
    EICAR,
    Buffer.concat([EICAR, Buffer.from('\r\n')]),
    Buffer.concat([EICAR, Buffer.alloc(60, ' ')]),
    Buffer.concat([EICAR, Buffer.alloc(3000, 0xcc)]),
    Buffer.from(`\ufeff${EICAR.toString('latin1')}`, 'utf16le'),
    zipped,
    zipOf([{ name: 'eicar_com.zip', content: zipped }]),
    zipOf([{ name: 'eicar_com.zip', content: zipped, stored: true }]),
    Buffer.concat([zipped, Buffer.alloc(70_000, 1)]),
    Buffer.concat([Buffer.alloc(5000, 1), zipped]).fill('PK\x03\x04', 0, 4, 'latin1'),
    gzipSync(EICAR),
    gzipSync(tarOf(entry)),
    tarOf(entry),
    rarOf(entry),
    isoOf([{ name: 'EICAR.COM', content: EICAR }]),
  ];
}

/** A program under names that hide what it is. */
export function luredPrograms(): readonly Sample[] {
  const bait = ['photo.jpg', 'holiday.gif', 'song.mp3', 'video.avi', 'letter.doc', 'bill.pdf', 'me.png'];
  const endings = 'pif scr com cmd bat vbs js jse wsf hta lnk cpl exe'.split(' ');
  const names = bait.flatMap((name) => [
    ...endings.map((ending) => `${name}.${ending}`),
    `${name}${' '.repeat(40)}.exe`,
    `${name.slice(0, -4)}\u202e${[...name.slice(-3)].reverse().join('')}.exe`,
    name,
  ]);
  return names.map((name) => ({ name, bytes: peOf() }));
}

/** Files of the project's dependencies under their own names: at most so many of an ending, evenly over all packages. */
export async function dependencyFiles(): Promise<readonly Sample[]> {
  const byEnding = new Map<string, string[]>();
  for (const path of (await readdir(DEPENDENCIES, { recursive: true })).sort()) {
    if (path.split('/').some((part) => part.startsWith('.'))) continue;
    const ending = extname(path).toLowerCase();
    byEnding.set(ending, [...(byEnding.get(ending) ?? []), path]);
  }
  const samples: Sample[] = [];
  for (const paths of byEnding.values()) {
    const step = Math.max(1, paths.length / AN_ENDING);
    for (let at = 0; at < paths.length; at += step) {
      const path = join(DEPENDENCIES, paths[Math.floor(at)] ?? '');
      const found = await stat(path);
      if (!found.isFile() || found.size === 0 || found.size > MAX_BYTES) continue;
      samples.push({ name: basename(path), bytes: await readFile(path) });
    }
  }
  return samples;
}
