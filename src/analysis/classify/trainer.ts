// Makes a model of labelled texts, and judges each text by models that never saw its near duplicates. Deterministic.
import { type Calibration, calibrate, type HeldOutMargin, marginFor } from './calibration.ts';
import { COLUMNS, type Item, itemsOf, matrixOf, vocabularyOf } from './dataset.ts';
import { LESSONS, QUESTIONS, type Question } from './questions.ts';
import { learn, productOf, type SparseRows } from './svm.ts';
import { FOLDS, foldOf } from './training-data.ts';
import type { TrainingRow } from './training-row.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Share of harmless texts that may be called unsolicited, by cross-validation: where the border is put. */
const FALSE_ALARMS: Readonly<Partial<Record<Question, number>>> = { unsolicited: 0.001, opener: 0.0001 };
/** Borders chosen for the best mean F1 of the kinds, by cross-validation; of the others at even odds of the margin. */
const BORDERS: Readonly<Partial<Record<Question, number>>> = { chat: 0.5 };

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
export function train(rows: readonly TrainingRow[], report: Report = silent): Learnt {
  const items = itemsOf(rows);
  const { heldOut } = crossValidated(items, report);
  const vocabulary = vocabularyOf(items);
  const matrix = matrixOf(items, vocabulary);
  const weights = QUESTIONS.map((question) => {
    report(`learning: ${question}`);
    return weightsOf(question, items, matrix, () => true);
  });
  return { vocabulary, answers: answersOf(weights, heldOut), heldOut };
}

/** For each part of cross-validation the model that never saw it, at the borders of them all. */
export function trainParts(rows: readonly TrainingRow[], report: Report = silent): readonly Learnt[] {
  const { heldOut, parts } = crossValidated(itemsOf(rows), report);
  return parts.map(({ vocabulary, weights }, part) => ({
    vocabulary,
    answers: answersOf(weights, heldOut),
    heldOut: heldOut.filter(({ row }) => foldOf(row.group) === part),
  }));
}

type Report = (line: string) => void;
const silent: Report = () => undefined;

interface Part {
  readonly vocabulary: Vocabulary;
  /** By question. */
  readonly weights: readonly Float64Array[];
}

function answersOf(weights: readonly Float64Array[], heldOut: readonly HeldOut[]): readonly Answer[] {
  return QUESTIONS.map((question, at): Answer => {
    const { calibrates, positive } = LESSONS[question];
    const judged = heldOut
      .filter(({ row }) => calibrates(row))
      .map(({ row, margins }): HeldOutMargin => ({ margin: margins[question], positive: positive(row) }));
    const share = FALSE_ALARMS[question];
    const border = share === undefined ? (BORDERS[question] ?? 0) : marginFor(judged, share);
    return { question, weights: weights[at] ?? NOTHING, ...calibrate(judged), border };
  });
}

function crossValidated(
  items: readonly Item[],
  report: Report,
): { readonly heldOut: readonly HeldOut[]; readonly parts: readonly Part[] } {
  const folds = items.map(({ row }) => foldOf(row.group));
  const heldOut: HeldOut[] = [];
  const parts: Part[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    report(`cross-validation: part ${fold + 1} of ${FOLDS}`);
    const seen = (at: number): boolean => folds[at] !== fold;
    const vocabulary = vocabularyOf(items.filter((_item, at) => seen(at)));
    const matrix = matrixOf(items, vocabulary);
    const weights = QUESTIONS.map((question) => weightsOf(question, items, matrix, seen));
    parts.push({ vocabulary, weights });
    for (const [at, { row }] of items.entries()) {
      if (seen(at)) continue;
      const margins = QUESTIONS.map((question, which): [Question, number] => [
        question,
        productOf(matrix, at, weights[which] ?? NOTHING),
      ]);
      heldOut[at] = { row, margins: Object.fromEntries(margins) as Record<Question, number> };
    }
  }
  return { heldOut, parts };
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
