// A set of campaigns for the evaluation: its lines as captures with their analyses, and how well a clustering fits it.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { analyze } from '../../../src/analysis/analyze.ts';
import { createClusterer } from '../../../src/analysis/cluster/clusterer.ts';
import { compileSignatures } from '../../../src/analysis/signatures.ts';
import type { Analysis } from '../../../src/analysis/types.ts';
import type { Capture } from '../../../src/core/capture.ts';
import { parseCapture } from '../../../src/core/parse-capture.ts';
import type { Line } from './generate.ts';

const START = Date.UTC(2026, 0, 1);
const DATA = new URL('../data/', import.meta.url);

export interface Item {
  /** Empty for a harmless line. */
  readonly campaign: string;
  readonly text: string;
  readonly capture: Capture;
  readonly analysis: Analysis;
}

/** The lines of a data file, `campaigns-mild` or `campaigns-spintax`. */
export function linesOf(name: string): readonly Line[] {
  const rows = gunzipSync(readFileSync(new URL(`${name}.tsv.gz`, DATA)))
    .toString('utf8')
    .split('\n')
    .slice(1);
  return rows
    .filter((row) => row !== '')
    .map((row) => {
      const [seconds = '0', campaign = '', , text = ''] = row.split('\t');
      return { atSeconds: Number(seconds), campaign, text };
    });
}

/** Each line as a capture of its own sender, analysed. */
export function itemsOf(lines: readonly Line[]): readonly Item[] {
  const signatures = compileSignatures([]);
  return lines.map(({ atSeconds, campaign, text, sender }, at) => {
    const capture = parseCapture(
      {
        v: 1,
        at: new Date(START + atSeconds * 1000).toISOString(),
        network: 'xmpp',
        decoy: `d${at % 50}@decoys.example`,
        peer: { id: sender ?? `p${at}@spam.example` },
        kind: 'message',
        native: String(at),
        text,
      },
      { sensor: 'eval' },
    );
    return { campaign, text, capture, analysis: analyze(capture, signatures) };
  });
}

/** Our clustering, online: what each line was given when it came. */
export function ourClusters(items: readonly Item[]): { readonly ids: readonly string[]; readonly micros: number } {
  const cluster = (): readonly string[] => {
    const clusterer = createClusterer();
    return items.map(({ capture, analysis }) => clusterer.assign(capture, analysis)?.campaign ?? capture.id);
  };
  cluster(); // so that the time is not the compiler's
  const started = process.cpuUsage();
  const ids = cluster();
  const { user, system } = process.cpuUsage(started);
  return { ids, micros: (user + system) / items.length };
}

export interface Fit {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Harmless lines in a campaign with lines of a true one, and harmless lines that joined other harmless ones. */
  readonly mixed: number;
  readonly joined: number;
}

/** Pairwise, over all lines: two harmless lines never belong together. */
export function fitOf(items: readonly Item[], ids: readonly string[]): Fit {
  const truth = items.map(({ campaign }, at) => (campaign === '' ? `harmless ${at}` : campaign));
  const both = pairsOf(truth.map((campaign, at) => `${campaign} ${ids[at]}`));
  const [precision, recall] = [both / Math.max(1, pairsOf(ids)), both / Math.max(1, pairsOf(truth))];
  const members = new Map<string, { harmless: number; bad: number }>();
  for (const [at, { campaign }] of items.entries()) {
    const id = ids[at] ?? '';
    const held = members.get(id) ?? { harmless: 0, bad: 0 };
    members.set(id, held);
    if (campaign === '') held.harmless += 1;
    else held.bad += 1;
  }
  let [mixed, joined] = [0, 0];
  for (const { harmless, bad } of members.values()) {
    if (bad > 0) mixed += harmless;
    else joined += Math.max(0, harmless - 1);
  }
  return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall), mixed, joined };
}

function pairsOf(keys: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  let pairs = 0;
  for (const count of counts.values()) pairs += (count * (count - 1)) / 2;
  return pairs;
}
