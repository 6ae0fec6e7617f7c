// Logistic regression over the traits of host names: few weights, full batch, deterministic.
import { FEATURES, type HostTraits, hostTraits } from '../../src/analysis/look-alike/features.ts';
import { dataLines } from '../eval/data.ts';

const PASSES = 400;
const RATE = 0.5;
const RIDGE = 1e-4;

/** A domain with its label, its traits and the family of names that it belongs to. */
export interface DomainRow {
  readonly domain: string;
  readonly bad: boolean;
  readonly traits: HostTraits;
  readonly family: string;
}

/** Domains of the evaluation. A family: the nearest brand, or the first letters of the name where none is near. */
export function domainRows(): readonly DomainRow[] {
  return dataLines('look-alike-domains.tsv.gz').map(([domain = '', label]) => {
    const traits = hostTraits(domain);
    const brand =
      traits.brand === undefined ? undefined : FAMILIES.find(([, names]) => names.includes(traits.brand ?? ''))?.[0];
    return { domain, bad: label !== 'benign', traits, family: brand ?? traits.brand ?? domain.slice(0, 4) };
  });
}

// Names of one house are one family: what is learnt of `discordapp` is learnt of `discord`.
const FAMILIES: readonly (readonly [family: string, names: readonly string[]])[] = [
  ['discord', ['discord', 'discordapp', 'nitro', 'hypesquad']],
  ['steam', ['steam', 'steamcommunity', 'steampowered', 'csgo', 'pubg']],
  [
    'microsoft',
    ['microsoft', 'outlook', 'hotmail', 'office365', 'onedrive', 'sharepoint', 'skype', 'msn', 'github', 'linkedin'],
  ],
];

/** Weights, the bias last. */
export function learn(rows: readonly DomainRow[]): Float64Array {
  const weights = new Float64Array(FEATURES.length + 1);
  const squares = new Float64Array(weights.length).fill(1e-8);
  const balance = rows.length / 2 / Math.max(1, rows.filter(({ bad }) => bad).length);
  const other = rows.length / 2 / Math.max(1, rows.filter(({ bad }) => !bad).length);
  for (let pass = 0; pass < PASSES; pass++) {
    const slope = new Float64Array(weights.length);
    for (const { bad, traits } of rows) {
      const error = (sigmoid(marginOf(weights, traits.values)) - (bad ? 1 : 0)) * (bad ? balance : other);
      for (const [at, value] of traits.values.entries()) if (value !== 0) slope[at] = (slope[at] ?? 0) + error * value;
      slope[FEATURES.length] = (slope[FEATURES.length] ?? 0) + error;
    }
    for (let at = 0; at < weights.length; at++) {
      const step = (slope[at] ?? 0) / rows.length + RIDGE * (weights[at] ?? 0);
      squares[at] = (squares[at] ?? 0) + step * step;
      weights[at] = (weights[at] ?? 0) - (RATE * step) / Math.sqrt(squares[at] ?? 1);
    }
  }
  return weights;
}

export function marginOf(weights: ArrayLike<number>, values: Float64Array): number {
  let margin = weights[FEATURES.length] ?? 0;
  for (let at = 0; at < values.length; at++) margin += (weights[at] ?? 0) * (values[at] ?? 0);
  return margin;
}

/** Area under the curve of true over false alarms: the chance that a bad one scores above a good one. */
export function areaUnderCurve(scored: readonly { readonly bad: boolean; readonly score: number }[]): number {
  const sorted = [...scored].sort((a, b) => a.score - b.score);
  let [sum, bad] = [0, 0];
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to++;
    for (let at = from; at < to; at++) {
      if (sorted[at]?.bad !== true) continue;
      sum += (from + 1 + to) / 2;
      bad++;
    }
    from = to;
  }
  return (sum - (bad * (bad + 1)) / 2) / Math.max(1, bad * (sorted.length - bad));
}

const sigmoid = (margin: number): number => 1 / (1 + Math.exp(-margin));
