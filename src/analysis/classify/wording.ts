// What the words alone say, by the model; and two things short texts are: a probe for a machine, everyday talk.
import type { VerdictClass } from '../../core/verdict.ts';
import { rareDomain } from '../fingerprint/domain.ts';
import { isAscii } from '../normalize/invisible.ts';
import { letterRunsOf } from '../normalize/words.ts';
import type { Evidence, Judgement } from './classify.ts';
import type { LureKind, Model } from './model.ts';
import type { Question } from './questions.ts';
import { WORDING, withoutLinks } from './words.ts';

/** Letters under which words say nothing against anybody: `645`, `ok`, `:)`. */
const FEW_LETTERS = 8;
const MAX_PROBE_UNITS = 48;
/** Probability under which a text with a link to a host of its own is still called everyday talk. */
const BENIGN_BESIDE_LINK = 0.03;
/** Probability above which a text is not called everyday talk any more. */
const DOUBTFUL = 0.5;
const LURED = 0.15;
const OPENER_SCORE = 0.55;

const SEVERITIES = { spam: 'low', scam: 'medium', phishing: 'medium', worm: 'medium' } as const;
const RESEMBLES: Readonly<Record<LureKind, string>> = {
  spam: 'unsolicited advertising',
  scam: 'fraud',
  phishing: 'phishing',
  worm: "a worm's lure",
};
const SPOKE = 'what spoke for it: ';

/** Whether a reason names words of the message: those are for the analyst alone. */
export function namesWords(reason: string): boolean {
  return reason.startsWith(SPOKE);
}

/** @returns undefined when there are no words */
export function judgeWording(evidence: Evidence): Judgement | undefined {
  const { plain, folded, hosts, model } = evidence;
  if (folded.length < 2) return undefined;
  if (isProbe(evidence)) return quiet('recon', 0.7, 'asks whether a machine answers');
  const own = hosts.some((host) => rareDomain(host) !== undefined);
  const words = withoutLinks(folded);
  if (!own && lettersIn(words) < FEW_LETTERS) return quiet('benign', 0.6, 'too few words to say anything against it');
  const { unsolicited, isUnsolicited, isOpener } = model.ask(plain, folded);
  if (isUnsolicited) return judgeLure(model, unsolicited);
  if (isOpener) return judgeOpener(model);
  if (own && unsolicited >= LURED && WORDING.lure.test(words)) return judgeLuredLink(model, unsolicited);
  return judgeRest(unsolicited, own);
}

// In a group such lines are said to the others.
function isProbe({ capture, folded }: Evidence): boolean {
  const alone = capture.conversation === undefined || capture.conversation === capture.peer.id;
  return alone && folded.length <= MAX_PROBE_UNITS && WORDING.probe.test(folded);
}

function judgeLure(model: Model, unsolicited: number): Judgement {
  const kind = model.kind();
  return {
    class: kind,
    score: round(unsolicited),
    severity: SEVERITIES[kind],
    reasons: [`the wording resembles ${RESEMBLES[kind]}`, ...named(model, 'unsolicited')],
    unambiguousHarm: false,
  };
}

// Nothing in such a text is harmful yet, so the score stays middling.
function judgeOpener(model: Model): Judgement {
  const reasons = ['reads like the opening of a fraud that starts as a chat', ...named(model, 'opener')];
  return { class: 'scam', score: OPENER_SCORE, severity: 'low', reasons, unambiguousHarm: false };
}

function judgeLuredLink(model: Model, unsolicited: number): Judgement {
  const kind = model.kind();
  const reasons = ['a link with the wording of a lure', ...named(model, 'unsolicited')];
  return { class: kind, score: round(Math.max(0.5, unsolicited)), severity: 'low', reasons, unambiguousHarm: false };
}

function judgeRest(unsolicited: number, ownHost: boolean): Judgement {
  if (unsolicited < (ownHost ? BENIGN_BESIDE_LINK : DOUBTFUL))
    return quiet('benign', round(1 - unsolicited), 'reads like everyday talk');
  const reason = ownHost ? 'a link from a stranger' : 'the wording is neither clearly harmless nor clearly not';
  const severity = ownHost ? 'low' : 'info';
  return { class: 'unknown', score: round(unsolicited), severity, reasons: [reason], unambiguousHarm: false };
}

function named(model: Model, question: Question): readonly string[] {
  const words = model.because(question);
  return words.length === 0 ? [] : [`${SPOKE}${words.join(', ')}`];
}

function quiet(verdict: VerdictClass, score: number, reason: string): Judgement {
  return { class: verdict, score, severity: 'info', reasons: [reason], unambiguousHarm: false };
}

function lettersIn(text: string): number {
  let count = 0;
  if (isAscii(text)) {
    for (const run of letterRunsOf(text)) count += run.length;
    return count;
  }
  for (const [letter] of text.matchAll(/\p{L}/gu)) {
    // A sign of Chinese or Japanese says as much as a short word.
    count += (letter.codePointAt(0) ?? 0) >= 0x2e80 ? 3 : 1;
    if (count >= FEW_LETTERS) break;
  }
  return count;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
