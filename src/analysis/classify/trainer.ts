// Makes a model of labelled texts, and judges each text by models that never saw its near duplicates. Deterministic.
import { type Calibration, calibrate, type HeldOutMargin, marginFor } from './calibration.ts';
import { COLUMNS, type Item, itemsOf, matrixOf, vocabularyOf } from './dataset.ts';
import { LESSONS, QUESTIONS, type Question } from './questions.ts';
import { learn, productOf, type SparseRows } from './svm.ts';
import { FOLDS, foldOf } from './training-data.ts';
import type { TrainingRow } from './training-row.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Share of harmless texts that may be called unsolicited, by cross-validation: where the border is put. */
const FALSE_ALARMS: Readonly<Partial<Record<Question, number>>> = { unsolicited: 0.0012, opener: 0.0003 };
/** Borders chosen for the best mean F1 of the kinds, by cross-validation; of the others at even odds of the margin. */
const BORDERS: Readonly<Partial<Record<Question, number>>> = { chat: 0.5, textFraud: 0.1 };

const NOTHING = new Float64Array(COLUMNS);

/** A row with the margins of models that had not seen its group. */
export interface HeldOut {
  readonly row: TrainingRow;
  readonly margins: Readonly<Record<Question, number>>;
}

/** One question, learnt: weights by column. */
export interface Answer extends Calibration {
  readonly question: Question;
  readonly weights: Float64Array;
  /** Margin from which the answer is yes. */
  readonly border: number;
}

export interface Learnt {
  readonly vocabulary: Vocabulary;
  readonly answers: readonly Answer[];
  readonly heldOut: readonly HeldOut[];
}

/** Learns from all rows; calibration and borders come from cross-validation by group. */
export function train(rows: readonly TrainingRow[], report: (line: string) => void = () => undefined): Learnt {
  const items = itemsOf(rows);
  const heldOut = crossValidated(items, report);
  const vocabulary = vocabularyOf(items);
  const matrix = matrixOf(items, vocabulary);
  const answers = QUESTIONS.map((question): Answer => {
    report(`learning: ${question}`);
    const { calibrates, positive } = LESSONS[question];
    const judged = heldOut
      .filter(({ row }) => calibrates(row))
      .map(({ row, margins }): HeldOutMargin => ({ margin: margins[question], positive: positive(row) }));
    const share = FALSE_ALARMS[question];
    const { slope, offset } = calibrate(judged);
    return {
      question,
      weights: weightsOf(question, items, matrix, () => true),
      slope,
      offset,
      border: share === undefined ? (BORDERS[question] ?? 0) : marginFor(judged, share),
    };
  });
  return { vocabulary, answers, heldOut };
}

/** Cross-validation alone. */
export function crossValidate(rows: readonly TrainingRow[], report?: (line: string) => void): readonly HeldOut[] {
  return crossValidated(itemsOf(rows), report);
}

function crossValidated(items: readonly Item[], report: (line: string) => void = () => undefined): HeldOut[] {
  const folds = items.map(({ row }) => foldOf(row.group));
  const held: HeldOut[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    report(`cross-validation: part ${fold + 1} of ${FOLDS}`);
    const seen = (at: number): boolean => folds[at] !== fold;
    const matrix = matrixOf(items, vocabularyOf(items.filter((_item, at) => seen(at))));
    const weights = QUESTIONS.map((question) => weightsOf(question, items, matrix, seen));
    for (const [at, { row }] of items.entries()) {
      if (seen(at)) continue;
      const margins = QUESTIONS.map((question, which): [Question, number] => [
        question,
        productOf(matrix, at, weights[which] ?? NOTHING),
      ]);
      held[at] = { row, margins: Object.fromEntries(margins) as Record<Question, number> };
    }
  }
  return held;
}

function weightsOf(
  question: Question,
  items: readonly Item[],
  matrix: SparseRows,
  uses: (at: number) => boolean,
): Float64Array {
  const { cost, positive } = LESSONS[question];
  const costs = Float64Array.from(items, ({ row }, at) => (uses(at) ? cost(row) : 0));
  const answers = items.map(({ row }) => positive(row));
  const rows = Int32Array.from([...costs.keys()].filter((at) => (costs[at] ?? 0) > 0));
  return learn(matrix, rows, (row) => answers[row] === true, COLUMNS, {
    cost: (row) => costs[row] ?? 1,
    passes: 40,
    tolerance: 0.05,
  });
}
