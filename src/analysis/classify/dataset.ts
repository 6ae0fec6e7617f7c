// Rows as numbers: terms and traits of each, the vocabulary of some of them, and the matrix that is learnt from.
import { foldText } from '../normalize/fold.ts';
import { shapeOf, TRAITS, traitsOf } from './shape.ts';
import type { SparseRows } from './svm.ts';
import { TermCounter, type Terms } from './terms.ts';
import type { TrainingRow } from './training-row.ts';
import { cellsOf, SLOT_COUNT, TermCensus, Vectorizer, type Vocabulary } from './vocabulary.ts';

/** Slots, then traits, then the constant. */
export const COLUMNS = SLOT_COUNT + TRAITS.length + 1;
/** Traits weigh half of what a block of terms does. */
export const TRAIT_SHARE = 0.5;

/** A row with what the model sees of it. */
export interface Item {
  readonly row: TrainingRow;
  readonly terms: Terms;
  readonly traits: Float64Array;
}

/** Reads the rows once; everything later works on the items. */
export function itemsOf(rows: readonly TrainingRow[]): readonly Item[] {
  const counter = new TermCounter();
  return rows.map((row) => {
    const folded = foldText(row.text);
    const { hashes, counts, words, length, grams } = counter.of(shapeOf(folded));
    const terms = {
      hashes: hashes.slice(0, length),
      counts: counts.slice(0, length),
      words: words.slice(0, length),
      length,
      grams,
    };
    return { row, terms, traits: traitsOf(row.text, folded, new Float64Array(TRAITS.length)) };
  });
}

export function vocabularyOf(items: readonly Item[]): Vocabulary {
  const census = new TermCensus();
  for (const { terms } of items) census.add(terms);
  return census.vocabulary();
}

/** One sparse row an item, in order. */
export function matrixOf(items: readonly Item[], vocabulary: Vocabulary): SparseRows {
  const most = items.reduce((sum, { terms }) => sum + terms.length + TRAITS.length + 1, 0);
  const starts = new Int32Array(items.length + 1);
  const columns = new Int32Array(most);
  const values = new Float32Array(most);
  const vectorizer = new Vectorizer();
  const cells = cellsOf(vocabulary);
  let end = 0;
  for (const [at, { terms, traits }] of items.entries()) {
    const vector = vectorizer.of(terms, cells);
    columns.set(vector.slots.subarray(0, vector.length), end);
    values.set(vector.values.subarray(0, vector.length), end);
    end += vector.length;
    for (const [trait, value] of traits.entries()) {
      if (value === 0) continue;
      columns[end] = SLOT_COUNT + trait;
      values[end++] = value * TRAIT_SHARE;
    }
    columns[end] = COLUMNS - 1;
    values[end++] = 1;
    starts[at + 1] = end;
  }
  return { starts, columns: columns.slice(0, end), values: values.slice(0, end) };
}
