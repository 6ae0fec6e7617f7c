// Reads the data of the evaluation: gzipped TSV without a header, see `data/README.md`.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The lines of a file of `data/`, split into columns. */
export function dataLines(name: string): readonly (readonly string[])[] {
  const text = gunzipSync(readFileSync(new URL(`./data/${name}`, import.meta.url))).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
}
