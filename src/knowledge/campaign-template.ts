// The text that the samples of a campaign have in common, one sample a decoy: what was written for one decoy falls out.
import { templateOf as commonText } from '../analysis/cluster/template.ts';
import { scrubberOf } from './scrub.ts';

/** Common text with `…` where the samples differ, hold a token made for one target, or name a decoy in any form. */
export function templateOf(samples: readonly string[], decoys: readonly string[]): string {
  const scrub = scrubberOf(decoys);
  const texts = samples.map(scrub).filter((text) => text.trim() !== '');
  return texts.length === 0 ? '' : scrub(commonText(texts, decoys));
}
