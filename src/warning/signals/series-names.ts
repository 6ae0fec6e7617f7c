// Which series of counts a capture belongs to, and what their names say.
import type { Analysed } from '../../analysis/types.ts';
import type { Network } from '../../core/network.ts';
import type { VerdictClass } from '../../core/verdict.ts';
import type { Signal } from './types.ts';

/** Talk that decoys overhear is no touch. */
const NO_TOUCH: readonly VerdictClass[] = ['benign'];
const NO_CLASS: readonly VerdictClass[] = ['benign', 'unknown'];

/** By network, by network and class, and by family of threats. */
export function seriesOf({ capture, analysis }: Analysed): readonly string[] {
  const { network } = capture;
  return [
    ...(NO_TOUCH.includes(analysis.class) ? [] : [`network ${network}`]),
    ...(NO_CLASS.includes(analysis.class) ? [] : [`class ${network} ${analysis.class}`]),
    ...analysis.threats.map((threat) => `family ${threat}`),
  ];
}

/** What a name stands for; made by `seriesOf` only. */
export function wordsOfSeries(name: string): Pick<Signal, 'network' | 'class' | 'threat'> {
  const [kind, first = '', second = ''] = name.split(' ');
  if (kind === 'family') return { threat: name.slice('family '.length) };
  const network = first as Network;
  return kind === 'class' ? { network, class: second as VerdictClass } : { network };
}
