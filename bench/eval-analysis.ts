// How right the classifier is: `node bench/eval-analysis.ts [CHATTER.tsv]`. Cross-validated by group of near duplicates
// on the training data; with a file of harmless lines (text in the last column), its false alarms there as well.
import { readFileSync } from 'node:fs';
import { UNSOLICITED_AT } from '../src/analysis/classify/classify.ts';
import { calibrate, sigmoid } from '../src/analysis/classify/learn.ts';
import { shippedModel } from '../src/analysis/classify/model.ts';
import { crossValidate, type HeldOut, trainingRows } from '../src/analysis/classify/training-data.ts';
import { foldText } from '../src/analysis/normalize/fold.ts';

const rows = trainingRows();
const held = crossValidate(rows, (row) => row.label !== 'ham');
const { slope, offset } = calibrate(held);
for (const at of [0.5, UNSOLICITED_AT]) {
  print(`all, threshold ${at}`, held, at);
  for (const source of new Set(rows.map((row) => row.source))) {
    print(
      `  ${source}`,
      held.filter(({ row }) => row.source === source),
      at,
    );
  }
}
const chatter = process.argv[2];
if (chatter !== undefined) {
  const lines = readFileSync(chatter, 'utf8')
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\t') + 1));
  const alarms = lines.filter((line) => shippedModel().ask(foldText(line)).unsolicited >= UNSOLICITED_AT);
  process.stdout.write(
    `shipped model on ${lines.length} harmless lines: ${alarms.length} alarms (${percent(alarms.length / lines.length)})\n`,
  );
}

function print(name: string, judged: readonly HeldOut[], threshold: number): void {
  let [hits, misses, alarms, quiet] = [0, 0, 0, 0];
  for (const { margin, positive } of judged) {
    const yes = sigmoid(slope * margin + offset) >= threshold;
    if (positive) yes ? hits++ : misses++;
    else yes ? alarms++ : quiet++;
  }
  const [precision, recall] = [hits / Math.max(1, hits + alarms), hits / Math.max(1, hits + misses)];
  const f1 = (2 * precision * recall) / Math.max(1e-9, precision + recall);
  const figures = [`P ${precision.toFixed(3)}`, `R ${recall.toFixed(3)}`, `F1 ${f1.toFixed(3)}`];
  process.stdout.write(
    `${name}: ${figures.join(' ')} false alarms ${percent(alarms / Math.max(1, alarms + quiet))} of ${alarms + quiet}\n`,
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
