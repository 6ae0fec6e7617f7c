// Every text of the training data judged by the whole analysis with a model that saw none like it: `sundew analyze` as it
// would be on fresh data of the same kind. Made once for all parts that ask.
import { analyze } from '../../src/analysis/analyze.ts';
import { Model } from '../../src/analysis/classify/model.ts';
import { packModel } from '../../src/analysis/classify/model-file.ts';
import { trainParts } from '../../src/analysis/classify/trainer.ts';
import { shippedRows } from '../../src/analysis/classify/training-data.ts';
import type { TrainingRow } from '../../src/analysis/classify/training-row.ts';
import { compileSignatures } from '../../src/analysis/signatures.ts';
import type { Analysis } from '../../src/analysis/types.ts';
import type { Capture } from '../../src/core/capture.ts';
import { parseCapture } from '../../src/core/parse-capture.ts';
import type { VerdictClass } from '../../src/core/verdict.ts';
import { shippedSignatures } from '../../src/knowledge/shipped-signatures.ts';

/** A text, and what was said of it. */
export interface Judged {
  readonly row: TrainingRow;
  readonly part: number;
  readonly class: VerdictClass;
  readonly score: number;
  readonly capture: Capture;
  readonly analysis: Analysis;
}

const HARMLESS: readonly VerdictClass[] = ['benign', 'unknown', 'recon'];
let made: Promise<readonly Judged[]> | undefined;

/** All texts; takes a minute or two at the first call. */
export function judgedTexts(): Promise<readonly Judged[]> {
  made ??= judge();
  return made;
}

/** Whether a class holds something against the sender. */
export function isAlarm({ class: said }: Pick<Judged, 'class'>): boolean {
  return !HARMLESS.includes(said);
}

async function judge(): Promise<readonly Judged[]> {
  const signatures = compileSignatures(await shippedSignatures());
  return trainParts(shippedRows()).flatMap((learnt, part) => {
    const model = new Model(packModel(learnt, [], 0));
    return learnt.heldOut.map(({ row }, at): Judged => {
      const capture = parseCapture(
        {
          v: 1,
          at: '2026-01-01T00:00:00Z',
          network: 'xmpp',
          decoy: 'dora@decoys.example',
          peer: { id: `p${part}-${at}@peers.example` },
          kind: 'message',
          text: row.text,
        },
        { sensor: 'eval' },
      );
      const analysis = analyze(capture, signatures, model);
      return { row, part, class: analysis.class, score: analysis.score, capture, analysis };
    });
  });
}
