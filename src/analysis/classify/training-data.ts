// The training texts that come with Sundew (data/README.md), and the split that keeps near duplicates together.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { foldText } from '../normalize/fold.ts';
import { FeatureExtractor } from './features.ts';
import { calibrate, type Example, learn, marginOf } from './learn.ts';

const FILE = new URL('../data/training.tsv.gz', import.meta.url);
export const FOLDS = 5;

/** One labelled text; digits are zeroes. Rows of one group are near duplicates. */
export interface TrainingRow {
  readonly source: string;
  readonly label: 'ham' | 'spam' | 'smishing';
  readonly group: string;
  readonly text: string;
}

/** A row with the margin that a model gave which had not seen its group. */
export interface HeldOut {
  readonly row: TrainingRow;
  readonly margin: number;
  readonly positive: boolean;
}

/** All rows, in file order. */
export function trainingRows(): readonly TrainingRow[] {
  const rows: TrainingRow[] = [];
  for (const line of gunzipSync(readFileSync(FILE)).toString('utf8').split('\n').slice(1)) {
    const [source = '', label, group = '', text = ''] = line.split('\t');
    if (label === 'ham' || label === 'spam' || label === 'smishing') rows.push({ source, label, group, text });
  }
  return rows;
}

/** Features of rows for one question. */
export function examplesOf(rows: readonly TrainingRow[], positive: (row: TrainingRow) => boolean): readonly Example[] {
  const extractor = new FeatureExtractor();
  return rows.map((row) => ({ features: extractor.of(foldText(row.text)).slice(), positive: positive(row) }));
}

/** Cross-validation by group: every row judged by a model that never saw its near duplicates. */
export function crossValidate(
  rows: readonly TrainingRow[],
  positive: (row: TrainingRow) => boolean,
): readonly HeldOut[] {
  const examples = examplesOf(rows, positive);
  const held: HeldOut[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = learn(examples.filter((_example, at) => foldOf(rows[at]?.group ?? '') !== fold));
    for (const [at, row] of rows.entries()) {
      const example = examples[at];
      if (example === undefined || foldOf(row.group) !== fold) continue;
      held.push({ row, margin: marginOf(model, example.features), positive: example.positive });
    }
  }
  return held;
}

/** Weights from all rows, calibration from rows held out. */
export function fitQuestion(rows: readonly TrainingRow[], positive: (row: TrainingRow) => boolean) {
  return { ...learn(examplesOf(rows, positive)), ...calibrate(crossValidate(rows, positive)) };
}

function foldOf(group: string): number {
  let hash = 0;
  for (let at = 0; at < group.length; at++) hash = (Math.imul(hash, 31) + group.charCodeAt(at)) >>> 0;
  return hash % FOLDS;
}
