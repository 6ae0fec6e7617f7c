// The training texts that come with Sundew (data/README.md), and the split that keeps near duplicates together.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { phraseRows } from './phrases.ts';
import { isTrainingLabel, type TrainingRow } from './training-row.ts';

const FILE = new URL('../data/training.tsv.gz', import.meta.url);
export const FOLDS = 5;

/** Real messages, in file order; their digits are zeroes. */
export function trainingRows(): readonly TrainingRow[] {
  const rows: TrainingRow[] = [];
  for (const line of gunzipSync(readFileSync(FILE)).toString('utf8').split('\n').slice(1)) {
    const [source = '', label, group = '', text = ''] = line.split('\t');
    if (isTrainingLabel(label)) rows.push({ source, label, group, text });
  }
  return rows;
}

/** Real messages and our own phrases: what the shipped model is made of. */
export function shippedRows(): readonly TrainingRow[] {
  return [...trainingRows(), ...phraseRows()];
}

/** The fold of cross-validation that a group falls into. */
export function foldOf(group: string): number {
  return createHash('sha256').update(group).digest().readUInt32BE(0) % FOLDS;
}
