// Whose texts the shipped model is made of; said in every model file.
import type { ModelSource } from './model-file.ts';
import { CORRECTIONS } from './questions.ts';
import type { TrainingRow } from './training-row.ts';

const KNOWN: Readonly<Record<string, Omit<ModelSource, 'rows'>>> = {
  uci: {
    name: 'SMS Spam Collection v.1',
    licence: 'CC BY 4.0',
    by: 'T. A. Almeida, J. M. Gómez Hidalgo, A. Yamakami, 2011; UCI Machine Learning Repository',
  },
  mendeley: {
    name: 'SMS Phishing Dataset',
    licence: 'CC BY 4.0',
    by: 'S. Mishra, D. Soni; Mendeley Data f45bkkt8pt; labels repaired',
  },
  'tg-spam': { name: 'tg-spam samples', licence: 'MIT', by: 'umputun/tg-spam' },
  irc: {
    name: 'Ubuntu IRC lines',
    licence: 'CC BY 4.0',
    by: 'J. Kummerfeld et al., ACL 2019; jkkummerfeld/irc-disentanglement; speakers replaced',
  },
  phrases: { name: 'Sundew phrases', licence: 'CC0 1.0', by: 'Sundew' },
  [CORRECTIONS]: { name: 'corrections', licence: 'not for release', by: 'analysts of this installation' },
};

/** Sources of the rows, in the order in which they come. */
export function sourcesOf(rows: readonly TrainingRow[]): readonly ModelSource[] {
  const counts = new Map<string, number>();
  for (const { source } of rows) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].map(([source, count]) => ({
    ...(KNOWN[source] ?? { name: source, licence: 'unknown', by: 'unknown' }),
    rows: count,
  }));
}
