// What each stage of the analysis costs, one after the other over the same captures.

import { analyze } from '../../src/analysis/analyze.ts';
import { classify } from '../../src/analysis/classify/classify.ts';
import { shippedModel } from '../../src/analysis/classify/model.ts';
import { createClusterer } from '../../src/analysis/cluster/clusterer.ts';
import { extract } from '../../src/analysis/extract/extract.ts';
import { fingerprint } from '../../src/analysis/fingerprint/fingerprint.ts';
import { languageOf } from '../../src/analysis/language.ts';
import { foldText } from '../../src/analysis/normalize/fold.ts';
import { plainText } from '../../src/analysis/normalize/plain-text.ts';
import { type CompiledSignatures, matchSignatures } from '../../src/analysis/signatures.ts';
import type { Capture } from '../../src/core/capture.ts';
import { print } from '../pipeline/print.ts';

/** Prints µs of processor a message for each stage. */
export function measureStages(captures: readonly Capture[], signatures: CompiledSignatures): void {
  print();
  print(`stages, µs of processor a message (${captures.length} messages, one thread)`);
  const stage = <T>(name: string, run: (capture: Capture, at: number) => T): readonly T[] => {
    const before = process.cpuUsage();
    const results = captures.map(run);
    const { user, system } = process.cpuUsage(before);
    print(`  ${name.padEnd(12)} ${((user + system) / captures.length).toFixed(1).padStart(7)}`);
    return results;
  };
  const plain = stage('plain text', plainText);
  const extracted = stage('extract', (capture, at) => extract(capture, known(plain[at])));
  const folded = stage('fold', (_capture, at) => foldText(known(extracted[at]).refanged));
  const evidence = (capture: Capture, at: number) => {
    const { indicators, hosts, reasons } = known(extracted[at]);
    return {
      capture,
      plain: known(plain[at]).mapped.text,
      folded: known(folded[at]),
      indicators,
      hosts,
      oddities: reasons,
      model: shippedModel(),
    };
  };
  const matches = stage('signatures', (capture, at) => matchSignatures(signatures, evidence(capture, at)));
  stage('classify', (capture, at) => classify({ ...evidence(capture, at), matches: known(matches[at]) }));
  stage('language', (_capture, at) => languageOf(known(plain[at]).mapped.text));
  stage('fingerprint', (capture, at) => fingerprint(capture, known(folded[at]), known(extracted[at]).hosts));
  const analyses = stage('whole', (capture) => analyze(capture, signatures));
  const clusterer = createClusterer();
  stage('cluster', (capture, at) => clusterer.assign(capture, known(analyses[at])));
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('a stage left a capture out');
  return value;
}
