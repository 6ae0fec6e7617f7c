// The worst that a text of 64 KiB can do to any stage of the analysis. Stages are timed one by one; each figure is the
// best of three, so that a busy machine does not make it.
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
import { parseCapture } from '../../src/core/parse-capture.ts';
import { HOSTILE_TEXTS, HOSTILE_WAYS } from '../../test/support/hostile-texts.ts';
import { print } from '../pipeline/print.ts';

const AIM_MS = 50;
const TRIES = 3;

/** Prints the slowest stage of each hostile text on its worst way in, and whether all kept to the aim. */
export function measureHostile(signatures: CompiledSignatures): void {
  print();
  print(`hostile texts of 64 KiB in ${HOSTILE_WAYS.length} ways: slowest stage of each, ms (aim ${AIM_MS})`);
  let worst = 0;
  for (const [name, text] of HOSTILE_TEXTS) {
    const { way, stage, ms } = slowestOf(text, signatures);
    worst = Math.max(worst, ms);
    print(`  ${name.padEnd(28)} ${ms.toFixed(1).padStart(7)}  ${stage}, ${way}${ms > AIM_MS ? '  MISSED' : ''}`);
  }
  print(`  worst ${worst.toFixed(1)} ms: ${worst <= AIM_MS ? 'met' : 'MISSED'}`);
}

function slowestOf(text: string, signatures: CompiledSignatures) {
  const ways = HOSTILE_WAYS.map(([way, fields]) => ({ way, ...slowestStage(captureOf(fields(text)), signatures) }));
  return ways.reduce((most, one) => (one.ms > most.ms ? one : most));
}

function captureOf(fields: Readonly<Record<string, unknown>>): Capture {
  const base = { v: 1, at: '2026-01-01T00:00:00Z', decoy: 'd@decoys.example', peer: { id: 'p' }, kind: 'message' };
  return parseCapture({ ...base, ...fields }, { sensor: 'bench' });
}

/** Tried again only while it is over the aim. */
function slowestStage(
  capture: Capture,
  signatures: CompiledSignatures,
): { readonly stage: string; readonly ms: number } {
  const best = new Map<string, number>();
  for (let round = 0; round < TRIES; round++) {
    for (const [stage, ms] of timesOf(capture, signatures)) best.set(stage, Math.min(ms, best.get(stage) ?? Infinity));
    if (Math.max(...best.values()) <= AIM_MS) break;
  }
  const [stage, ms] = [...best].reduce((most, one) => (one[1] > most[1] ? one : most));
  return { stage, ms };
}

function timesOf(capture: Capture, signatures: CompiledSignatures): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  const stage = <T>(name: string, run: () => T): T => {
    const started = performance.now();
    const result = run();
    times.set(name, performance.now() - started);
    return result;
  };
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
  const clusterer = createClusterer({ maxCampaigns: 64 });
  const analysis = analyze(capture, signatures);
  stage('cluster', () => clusterer.assign(capture, analysis));
  return times;
}
