// What public lists say of an indicator, as marks for whoever weighs it: never a verdict by itself.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Indicator } from '../../core/verdict.ts';
import { imitatedBrand } from '../classify/brand.ts';

const HOST_MARKS = ['shortener', 'dynamic-dns', 'security-post', 'captive-portal'];
const FILE_MARKS = ['common-file', 'eicar-test', 'empty-file'];
/** Marks that hold for the very host, not for names under it. */
const EXACT: ReadonlySet<string> = new Set(['security-post', 'captive-portal']);
/** Labels of a host that are looked at from the right. */
const MAX_LABELS = 6;

let loaded: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** Marks of an indicator by the lists in `data/marks.tsv.gz`, and `look-alike:BRAND`. */
export function marksOf({ type, value }: Pick<Indicator, 'type' | 'value'>): readonly string[] {
  switch (type) {
    case 'domain':
      return hostMarks(value);
    case 'url':
      return hostMarks(URL.parse(value)?.hostname.replace(/\.$/, '') ?? '');
    case 'email':
      return isListed('disposable-email', value.slice(value.lastIndexOf('@') + 1)) ? ['disposable-email'] : [];
    case 'sha256':
    case 'sha1':
    case 'md5':
      return FILE_MARKS.filter((mark) => list(mark).has(value));
    default:
      return [];
  }
}

function hostMarks(host: string): readonly string[] {
  const listed = HOST_MARKS.filter((mark) => isListed(mark, host));
  const brand = imitatedBrand(host);
  return brand === undefined ? listed : [...listed, `look-alike:${brand}`];
}

function isListed(mark: string, host: string): boolean {
  const names = list(mark);
  if (names.has(host)) return true;
  if (EXACT.has(mark)) return false;
  const labels = host.split('.').slice(-MAX_LABELS);
  for (let from = 1; from < labels.length - 1; from++) if (names.has(labels.slice(from).join('.'))) return true;
  return false;
}

// 44,000 names: read when the first indicator asks for them.
function list(mark: string): ReadonlySet<string> {
  loaded ??= load();
  return loaded.get(mark) ?? new Set();
}

function load(): ReadonlyMap<string, ReadonlySet<string>> {
  const lists = new Map<string, Set<string>>();
  const text = gunzipSync(readFileSync(new URL('../data/marks.tsv.gz', import.meta.url))).toString('latin1');
  for (const line of text.split('\n')) {
    const tab = line.indexOf('\t');
    if (tab < 0) continue;
    const mark = line.slice(0, tab);
    const names = lists.get(mark) ?? new Set();
    names.add(line.slice(tab + 1));
    lists.set(mark, names);
  }
  return lists;
}
