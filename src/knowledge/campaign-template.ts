// The text that the samples of a campaign have in common, one sample a decoy: what was written for one decoy falls out.
import { CUT, cutTargetTokens, scrubberOf } from './scrub.ts';

const MAX_WORDS = 200;

/** The common words in order, `…` where the samples differ or a token was made for one target; empty without text. */
export function templateOf(samples: readonly string[], decoys: readonly string[]): string {
  const scrub = scrubberOf(decoys);
  const texts = samples.map((sample) => wordsOf(cutTargetTokens(scrub(sample)))).filter((words) => words.length > 0);
  const [first, ...others] = texts;
  if (first === undefined) return '';
  let common: readonly string[] = first;
  for (const other of others) common = commonWords(common, other);
  return squeeze(common);
}

function wordsOf(text: string): readonly string[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
}

/** Longest common subsequence, with CUT wherever either side has words of its own. */
function commonWords(a: readonly string[], b: readonly string[]): readonly string[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const common: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const word = a[i];
    if (word !== undefined && word === b[j]) {
      common.push(word);
      i += 1;
      j += 1;
      continue;
    }
    common.push(CUT);
    if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  if (i < a.length || j < b.length) common.push(CUT);
  return common;
}

function squeeze(words: readonly string[]): string {
  return words.filter((word, at) => word !== CUT || words[at - 1] !== CUT).join(' ');
}
