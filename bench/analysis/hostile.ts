// The worst that a text of 64 KiB can do to any stage of the analysis. Stages are timed one by one; each figure is the
// best of three, so that a busy machine does not make it.
import { classify } from '../../src/analysis/classify/classify.ts';
import { shippedModel } from '../../src/analysis/classify/model.ts';
import { extract } from '../../src/analysis/extract/extract.ts';
import { fingerprint } from '../../src/analysis/fingerprint/fingerprint.ts';
import { languageOf } from '../../src/analysis/language.ts';
import { foldText } from '../../src/analysis/normalize/fold.ts';
import { plainText } from '../../src/analysis/normalize/plain-text.ts';
import { type CompiledSignatures, matchSignatures } from '../../src/analysis/signatures.ts';
import { parseCapture } from '../../src/core/parse-capture.ts';
import { HOSTILE_TEXTS } from '../../test/support/hostile-texts.ts';
import { print } from '../pipeline/print.ts';

const AIM_MS = 50;
const TRIES = 3;

/** Prints the slowest stage of each hostile text, and whether all kept to the aim. */
export function measureHostile(signatures: CompiledSignatures): void {
  print();
  print(`hostile texts of 64 KiB: slowest stage of each, ms (aim ${AIM_MS})`);
  let worst = 0;
  for (const [name, text] of HOSTILE_TEXTS) {
    const [stage, ms] = slowestStage(text, signatures);
    worst = Math.max(worst, ms);
    print(`  ${name.padEnd(28)} ${ms.toFixed(1).padStart(7)}  ${stage}${ms > AIM_MS ? '  MISSED' : ''}`);
  }
  print(`  worst ${worst.toFixed(1)} ms: ${worst <= AIM_MS ? 'met' : 'MISSED'}`);
}

function slowestStage(text: string, signatures: CompiledSignatures): readonly [stage: string, ms: number] {
  const best = new Map<string, number>();
  for (let round = 0; round < TRIES; round++) {
    for (const [stage, ms] of timesOf(text, signatures)) best.set(stage, Math.min(ms, best.get(stage) ?? Infinity));
  }
  return [...best].reduce((most, one) => (one[1] > most[1] ? one : most));
}

function timesOf(text: string, signatures: CompiledSignatures): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  const stage = <T>(name: string, run: () => T): T => {
    const started = performance.now();
    const result = run();
    times.set(name, performance.now() - started);
    return result;
  };
  const base = { v: 1, at: '2026-01-01T00:00:00Z', network: 'xmpp', decoy: 'd@decoys.example', peer: { id: 'p' } };
  const capture = parseCapture({ ...base, kind: 'message', text }, { sensor: 'bench' });
  const plain = stage('plain text', () => plainText(capture));
  const { indicators, hosts, reasons, refanged } = stage('extract', () => extract(capture, plain));
  const folded = stage('fold', () => foldText(refanged));
  const matches = stage('signatures', () => matchSignatures(signatures, { folded, indicators }));
  stage('classify', () =>
    classify({
      capture,
      plain: plain.mapped.text,
      folded,
      indicators,
      hosts,
      oddities: reasons,
      matches,
      model: shippedModel(),
    }),
  );
  stage('language', () => languageOf(plain.mapped.text));
  stage('fingerprint', () => fingerprint(capture, folded, hosts));
  return times;
}
