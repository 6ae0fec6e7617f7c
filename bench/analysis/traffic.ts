// Traffic without end to measure flatness with: what `mixedCaptures` plays, and one message in eight that nobody wrote
// before, of words drawn from the training texts, so that the memory has ever more to forget.
import { trainingRows } from '../../src/analysis/classify/training-data.ts';
import type { Capture } from '../../src/core/capture.ts';
import { parseCapture } from '../../src/core/parse-capture.ts';
import { between, pick, seededRandom } from '../../src/range/random.ts';
import { captureMaker } from '../pipeline/captures.ts';

const NEVER_BEFORE = 0.125;
const START = Date.parse('2026-01-01T00:00:00Z');
const STEP_MS = 100;

/** The capture at any place of an endless stream; the same at every call with the same places in order. */
export function endlessTraffic(seed: number): (at: number) => Capture {
  const random = seededRandom(seed);
  const make = captureMaker(random);
  const words = [...new Set(trainingRows().flatMap(({ text }) => text.split(/\s+/).filter((word) => word.length > 2)))];
  return (at) => {
    const one = make(at, new Date(START + at * STEP_MS).toISOString());
    if (random() >= NEVER_BEFORE) return parseCapture(one, { sensor: 'bench' });
    const text = Array.from({ length: between(random, 4, 20) }, () => pick(random, words)).join(' ');
    return parseCapture({ ...one, kind: 'message', text, file: undefined }, { sensor: 'bench' });
  };
}
