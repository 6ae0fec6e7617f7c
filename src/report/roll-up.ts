// Tables that are sums of one counted pass over the captures: reckoned here, and shown as the query that gives the same.
import type { Row } from './report-store.ts';

/** Sums captures of a base query, unites its spreads or counts its rows, by one of its columns. */
export interface RollUp {
  readonly base: 'touches' | 'touched';
  readonly by: string;
  readonly spread?: boolean;
  /** Counts the base's rows too, under this name. */
  readonly count?: string;
  /** Only rows whose column is one of these. */
  readonly only?: { readonly column: string; readonly values: readonly string[] };
}

const HARMFUL = ['worm', 'malware', 'exploit', 'phishing', 'scam'] as const;

export const ROLL_UPS = {
  'touches.network': { base: 'touches', by: 'network', spread: true },
  'touches.class': { base: 'touches', by: 'class', spread: true },
  'touches.vector': { base: 'touches', by: 'vector', spread: true },
  'touches.language': { base: 'touches', by: 'language', spread: true },
  'touches.harmful': {
    base: 'touches',
    by: 'vector',
    spread: true,
    only: { column: 'class', values: HARMFUL },
  },
  'touched.network': { base: 'touched', by: 'network', count: 'decoys' },
} as const satisfies Readonly<Record<string, RollUp>>;

export type RollUpId = keyof typeof ROLL_UPS;

export const ROLL_UP_TITLES: Readonly<Record<RollUpId, string>> = {
  'touches.network': 'Captures by network',
  'touches.class': 'Captures by class',
  'touches.vector': 'Captures by how they come',
  'touches.language': 'Captures by language',
  'touches.harmful': 'Harmful captures by how they come',
  'touched.network': 'Decoys touched by network',
};

/** The same as `rollUpSql`, from the base's rows. */
export function rollUp(rows: readonly Row[], { by, spread, count, only }: RollUp): readonly Row[] {
  const sums = new Map<string, Record<string, string | number>>();
  for (const row of rows) {
    if (only !== undefined && !only.values.includes(String(row[only.column]))) continue;
    const key = String(row[by]);
    const held = sums.get(key) ?? { [by]: key };
    sums.set(key, held);
    held.captures = Number(held.captures ?? 0) + Number(row.captures);
    if (spread === true) held.spread = Number(held.spread ?? 0) | Number(row.spread);
    if (count !== undefined) held[count] = Number(held[count] ?? 0) + 1;
  }
  return [...sums.values()].sort(
    (a, b) => Number(b.captures) - Number(a.captures) || (String(a[by]) < String(b[by]) ? -1 : 1),
  );
}

export function rollUpSql(base: string, { by, spread, count, only }: RollUp): string {
  const where =
    only === undefined ? '' : ` where ${only.column} in (${only.values.map((value) => `'${value}'`).join(', ')})`;
  const counted = count === undefined ? '' : `, count(*) as ${count}`;
  const united = spread === true ? ', bit_or(spread) as spread' : '';
  return `select ${by}, sum(captures)::bigint as captures${united}${counted} from (
${base}
) counted${where} group by 1 order by captures desc, ${by} collate "C"`;
}
