// The whole analysis of one capture, as one pure function, and the verdict made of it once its campaign is known.
import type { Indicator, Verdict } from '../core/verdict.ts';
import { resembledBy } from '../core/weakness.ts';
import { classify } from './classify/classify.ts';
import { type Model, shippedModel } from './classify/model.ts';
import { extract, MAX_INDICATORS } from './extract/extract.ts';
import { type Examined, indicatorsOf, judgeReport } from './files/judge.ts';
import { fingerprint } from './fingerprint/fingerprint.ts';
import { languageOf } from './language.ts';
import { foldText } from './normalize/fold.ts';
import { plainText } from './normalize/plain-text.ts';
import { type CompiledSignatures, matchSignatures } from './signatures.ts';
import type { Analysed, Analysis } from './types.ts';

/** Normalise, extract, triage, match, classify, fingerprint: no state, no I/O, bounded whatever the capture holds. */
export function analyze(capture: Examined, signatures: CompiledSignatures, model: Model = shippedModel()): Analysis {
  const plain = plainText(capture);
  const extracted = extract(capture, plain);
  const folded = foldText(extracted.refanged);
  const { contents } = capture;
  const { hosts } = extracted;
  const indicators =
    contents === undefined ? extracted.indicators : joined(extracted.indicators, indicatorsOf(contents));
  const matches = matchSignatures(signatures, { folded, indicators, resembles: resembledBy(capture.meta) });
  const judgement = classify({
    capture,
    plain: plain.mapped.text,
    folded,
    indicators,
    hosts,
    oddities: extracted.reasons,
    matches,
    contents: contents && judgeReport(contents),
    model,
  });
  const language = languageOf(plain.mapped.text);
  return {
    capture: capture.id,
    folded,
    indicators,
    ...judgement,
    ...(language === undefined ? {} : { language }),
    threats: [...new Set(matches.map((match) => match.threat))],
    fingerprint: fingerprint(capture, folded, hosts),
  };
}

/** Each indicator once; the capture's own come first. */
function joined(own: readonly Indicator[], within: readonly Indicator[]): readonly Indicator[] {
  const keys = new Set(own.map(({ type, value }) => `${type}\n${value}`));
  const fresh = within.filter(({ type, value }) => {
    const key = `${type}\n${value}`;
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  });
  return [...own, ...fresh].slice(0, MAX_INDICATORS);
}

/** The verdict in its interchange form. */
export function toVerdict({ analysis, cluster }: Pick<Analysed, 'analysis' | 'cluster'>): Verdict {
  const { capture, class: verdictClass, score, reasons, indicators, language, threats, severity } = analysis;
  return {
    v: 1,
    capture,
    class: verdictClass,
    score,
    reasons,
    indicators,
    ...(language === undefined ? {} : { language }),
    ...(cluster === undefined ? {} : { campaign: cluster.campaign }),
    threats,
    severity,
  };
}
