// Writes src/analysis/normalize/confusables.ts from Unicode's confusables.txt (UTS 39):
// `node scripts/build-look-alikes.ts confusables.txt`. The same file gives the same table.
import { readFileSync, writeFileSync } from 'node:fs';

const [path = ''] = process.argv.slice(2);
const text = readFileSync(path, 'utf8');
const version = /^# Version: (\S+)/m.exec(text)?.[1] ?? 'unknown';
// Scripts in which people write Latin words wrong on purpose, or that nobody writes: not those of whole languages whose
// letters only chance to look like `l` or `o`.
const SCRIPTS =
  /^[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Armenian}\p{sc=Cherokee}\p{sc=Coptic}\p{sc=Lisu}\p{sc=Tifinagh}\p{sc=Vai}\p{sc=Bamum}\p{sc=Common}]$/u;

const pairs = new Map<string, string>();
for (const line of text.split('\n')) {
  const [source = '', target = ''] = line
    .replace(/#.*/, '')
    .split(';')
    .map((field) => field.trim());
  if (!/^[0-9A-F]{4}$/.test(source) || target === '') continue;
  const from = String.fromCharCode(Number.parseInt(source, 16));
  const to = String.fromCodePoint(...target.split(' ').map((code) => Number.parseInt(code, 16))).toLowerCase();
  const settled = from.normalize('NFKC').toLowerCase() === from;
  if (settled && from > '\u007f' && SCRIPTS.test(from) && /^[\p{L}\p{N}]$/u.test(from) && /^[a-z]$/.test(to))
    pairs.set(from, to);
}
const sorted = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
const escaped = sorted.map(([from]) => `\\u${from.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
writeFileSync(
  new URL('../src/analysis/normalize/confusables.ts', import.meta.url),
  `// Letters that look like a Latin one: of confusables.txt ${version} (UTS 39), © 1991-2025 Unicode, Inc., Unicode License v3
// (https://www.unicode.org/license.txt), those of one unit that are lower case and in their compatibility form. Written by
// \`node scripts/build-look-alikes.ts\`.

/** The letters, and at the same place what each looks like. */
export const CONFUSABLES: readonly [from: string, to: string] = [
  '${escaped}',
  '${sorted.map(([, to]) => to).join('')}',
];
`,
);
