// `sundew model train` and `evaluate`: the shipped texts, with this installation's corrections on request.
import { figuresOf } from '../analysis/classify/figures.ts';
import { packModel } from '../analysis/classify/model-file.ts';
import { sourcesOf } from '../analysis/classify/sources.ts';
import { type Learnt, train } from '../analysis/classify/trainer.ts';
import { shippedRows } from '../analysis/classify/training-data.ts';
import type { TrainingRow } from '../analysis/classify/training-row.ts';

/** A model's bytes, and how right it is. */
export interface TrainedModel {
  readonly packed: Uint8Array;
  /** Figures of cross-validation, a line each. */
  readonly figures: readonly string[];
}

/** Takes one to two minutes. @param corrections what analysts corrected; never part of what is shipped */
export function trainModel(corrections: readonly TrainingRow[], report: (line: string) => void): TrainedModel {
  const rows = [...shippedRows(), ...corrections];
  const learnt = train(rows, report);
  return { packed: packModel(learnt, sourcesOf(rows), corrections.length), figures: figuresOfModel(learnt) };
}

function figuresOfModel({ answers, heldOut }: Learnt): readonly string[] {
  const border = answers.find(({ question }) => question === 'unsolicited')?.border ?? 0;
  const lines = ['unsolicited or not, each text judged by a model that saw none like it (5 parts, by group):'];
  for (const source of new Set(heldOut.map(({ row }) => row.source))) {
    const some = heldOut.filter(({ row }) => row.source === source);
    const { rows, precision, recall, f1, falseAlarms } = figuresOf(
      some,
      ({ margins }) => margins.unsolicited >= border,
    );
    const alarms = `false alarms ${(falseAlarms * 100).toFixed(3)} %`;
    const right = some.some(({ row }) => row.label !== 'ham')
      ? `F1 ${f1.toFixed(4)} precision ${precision.toFixed(4)} recall ${recall.toFixed(4)} `
      : '';
    lines.push(`  ${source.padEnd(12)} ${String(rows).padStart(6)} texts  ${right}${alarms}`);
  }
  return lines;
}
