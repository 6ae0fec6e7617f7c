// The class of a capture, how sure it is, why, how bad, and whether one decoy is proof enough. Rules speak first, since
// they can say why; the model speaks for the wording of what is left.
import type { Capture } from '../../core/capture.ts';
import { type Severity, worse } from '../../core/severity.ts';
import type { Indicator, VerdictClass } from '../../core/verdict.ts';
import { resembledBy } from '../../core/weakness.ts';
import { rareDomain } from '../fingerprint/domain.ts';
import type { SignatureMatch } from '../signatures.ts';
import { imitatedBrand } from './brand.ts';
import { judgeHarm } from './harm.ts';
import { classOfKind, resemblance } from './kind.ts';
import { shippedModel } from './model.ts';
import { WORDING } from './words.ts';

/** Probability from which wording alone makes a message unsolicited: chosen for at most 0.2 % false alarms on chatter. */
export const UNSOLICITED_AT = 0.8;
/** Below this, a message that nothing else speaks against is called benign. */
const BENIGN_BELOW = 0.25;
const PHISHING_AT = 0.6;
// A few words carry little: `hi everyone` must not be advertising.
const SHORT = 40;
const SURE_WHEN_SHORT = 0.97;
const MAX_REASONS = 12;

/** What classification knows of a capture. */
export interface Evidence {
  readonly capture: Capture;
  readonly folded: string;
  readonly indicators: readonly Indicator[];
  readonly hosts: readonly string[];
  /** Oddities that extraction saw. */
  readonly oddities: readonly string[];
  readonly matches: readonly SignatureMatch[];
  /** What the content of a file says, where it is there. */
  readonly contents?: Judgement | undefined;
}

/** One opinion; the strongest wins, reasons of all are kept. */
export interface Judgement {
  readonly class: VerdictClass;
  readonly score: number;
  readonly severity: Severity;
  readonly reasons: readonly string[];
  readonly unambiguousHarm: boolean;
}

/** Classifies one capture. */
export function classify(evidence: Evidence): Judgement {
  const quiet = classOfKind(evidence.capture);
  if (quiet?.final === true) return quiet.judgement;
  const opinions = [
    judgeSignatures(evidence.matches.filter(({ by }) => by !== 'weakness')),
    evidence.contents,
    judgeHarm(evidence),
    judgeWeakness(evidence),
    judgeLinks(evidence),
    judgeWording(evidence),
    quiet?.judgement,
  ].filter((opinion) => opinion !== undefined);
  const [best, ...rest] = opinions;
  if (best === undefined) {
    return {
      class: 'unknown',
      score: 0.3,
      severity: 'info',
      reasons: ['nothing speaks for or against it'],
      unambiguousHarm: false,
    };
  }
  return {
    class: best.class,
    score: best.score,
    severity: opinions.reduce((most: Severity, opinion) => worse(most, opinion.severity), 'info'),
    reasons: [
      ...new Set([best, ...rest.filter((other) => other.class !== 'benign')].flatMap((opinion) => opinion.reasons)),
    ].slice(0, MAX_REASONS),
    unambiguousHarm: opinions.some((opinion) => opinion.unambiguousHarm),
  };
}

function judgeSignatures(matches: readonly SignatureMatch[]): Judgement | undefined {
  const [first] = matches;
  if (first === undefined) return undefined;
  const severity = matches.reduce(
    (most: Severity, match) => worse(most, match.severity ?? (match.hash ? 'high' : 'medium')),
    'low',
  );
  const named = matches.find((match) => match.class !== undefined);
  return {
    class: named?.class ?? (first.hash ? 'malware' : 'unknown'),
    score: first.hash ? 0.99 : first.by === 'indicator' ? 0.9 : 0.85,
    severity,
    reasons: matches.slice(0, 4).map((match) => `matches a known threat by ${match.what}`),
    unambiguousHarm: matches.some((match) => match.hash),
  };
}

/** Bytes of an ordinary form that resemble an attack on clients; one decoy is no proof, for a name may be odd by chance. */
function judgeWeakness({ capture, matches }: Evidence): Judgement | undefined {
  const resembles = resembledBy(capture.meta);
  if (resembles.length === 0) return undefined;
  const known = matches.filter(({ by }) => by === 'weakness');
  const severity = known.reduce((most: Severity, match) => worse(most, match.severity ?? 'medium'), 'low');
  const reasons = [resemblance(resembles)];
  return { class: 'exploit', score: 0.8, severity, reasons, unambiguousHarm: false };
}

function judgeLinks({ hosts, oddities, folded, capture }: Evidence): Judgement | undefined {
  if (hosts.length === 0) return undefined;
  const brands = hosts.slice(0, 8).flatMap((host) => {
    const brand = imitatedBrand(host);
    return brand === undefined ? [] : [`${host} imitates ${brand}`];
  });
  const own = hosts.some((host) => rareDomain(host) !== undefined);
  const asks = own && WORDING.credential.test(withoutLinks(folded));
  if (brands.length > 0 || oddities.length > 0) {
    const score = brands.length > 0 && (asks || oddities.length > 0) ? 0.95 : 0.85;
    return { class: 'phishing', score, severity: 'medium', reasons: [...brands, ...oddities], unambiguousHarm: false };
  }
  if (asks)
    return {
      class: 'phishing',
      score: 0.75,
      severity: 'medium',
      reasons: ['asks for an account beside a link'],
      unambiguousHarm: false,
    };
  if (capture.kind !== 'contact-request') return undefined;
  return {
    class: 'spam',
    score: 0.85,
    severity: 'low',
    reasons: ['a contact request that carries a link'],
    unambiguousHarm: false,
  };
}

function judgeWording({ folded, hosts }: Evidence): Judgement | undefined {
  if (folded.length < 2) return undefined;
  const { unsolicited, phishing } = shippedModel().ask(folded);
  const words = withoutLinks(folded);
  const scam = unsolicited >= 0.5 && WORDING.scam.test(words);
  const enough = folded.length < SHORT ? SURE_WHEN_SHORT : UNSOLICITED_AT;
  if (unsolicited >= enough || scam) {
    const phish = phishing >= PHISHING_AT;
    const kind: VerdictClass = scam && hosts.length === 0 ? 'scam' : phish ? 'phishing' : 'spam';
    const resembles = { scam: 'fraud', phishing: 'phishing', spam: 'unsolicited advertising' }[kind];
    const reasons = [`the wording resembles ${resembles}`];
    return {
      class: kind,
      score: round(unsolicited),
      severity: kind === 'spam' ? 'low' : 'medium',
      reasons,
      unambiguousHarm: false,
    };
  }
  if (hosts.some((host) => rareDomain(host) !== undefined) && WORDING.lure.test(words)) {
    return {
      class: 'spam',
      score: 0.7,
      severity: 'low',
      reasons: ['a link with the wording of a lure'],
      unambiguousHarm: false,
    };
  }
  if (unsolicited < BENIGN_BELOW && hosts.length === 0) {
    return {
      class: 'benign',
      score: round(1 - unsolicited),
      severity: 'info',
      reasons: ['reads like everyday talk'],
      unambiguousHarm: false,
    };
  }
  return {
    class: 'unknown',
    score: round(unsolicited),
    severity: hosts.length > 0 ? 'low' : 'info',
    reasons: [hosts.length > 0 ? 'a link from a stranger' : 'the wording is neither clearly harmless nor clearly not'],
    unambiguousHarm: false,
  };
}

function withoutLinks(folded: string): string {
  return folded.includes('.') ? folded.replaceAll(/(?:https?:\/\/|www\.)\S{1,2048}/g, ' ') : folded;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
