// What analysts corrected, as rows to learn from.
import { createHash } from 'node:crypto';
import type { VerdictClass } from '../../core/verdict.ts';
import { maskText } from '../fingerprint/mask.ts';
import { foldText } from '../normalize/fold.ts';
import { CORRECTIONS } from './questions.ts';
import type { TrainingLabel, TrainingRow } from './training-row.ts';

// Malware and exploits are told by files and bytes, not by words.
const LABELS: Readonly<Partial<Record<VerdictClass, TrainingLabel>>> = {
  benign: 'ham',
  recon: 'recon',
  spam: 'spam',
  scam: 'scam',
  phishing: 'phishing',
  worm: 'worm',
};

/** Rows of the corrections that words can teach; texts that differ in numbers and links alone are one group. */
export function correctedRows(
  corrections: readonly { readonly class: VerdictClass; readonly text: string }[],
): readonly TrainingRow[] {
  return corrections.flatMap(({ class: really, text }) => {
    const label = LABELS[really];
    const line = text.replaceAll(/\s+/g, ' ').trim();
    if (label === undefined || line === '') return [];
    const group = createHash('sha256')
      .update(maskText(foldText(line)))
      .digest('hex')
      .slice(0, 16);
    return [{ source: CORRECTIONS, label, group, text: line }];
  });
}
