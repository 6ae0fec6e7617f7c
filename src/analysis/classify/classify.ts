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
import type { Model } from './model.ts';
import { judgeWording } from './wording.ts';
import { WORDING, withoutLinks } from './words.ts';

const MAX_REASONS = 12;
/** Units of everyday talk beside which a host that merely resembles a brand's is no phishing. */
const LONG_TALK = 120;

/** What classification knows of a capture. */
export interface Evidence {
  readonly capture: Capture;
  /** The text as people see it, with its capitals. */
  readonly plain: string;
  readonly folded: string;
  readonly indicators: readonly Indicator[];
  readonly hosts: readonly string[];
  /** Oddities that extraction saw. */
  readonly oddities: readonly string[];
  readonly matches: readonly SignatureMatch[];
  /** What the content of a file says, where it is there. */
  readonly contents?: Judgement | undefined;
  readonly model: Model;
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
  const wording = judgeWording(evidence);
  const harmless = wording?.class === 'benign' || wording?.class === 'unknown';
  const opinions = [
    judgeSignatures(evidence.matches.filter(({ by }) => by !== 'weakness')),
    evidence.contents,
    judgeHarm(evidence),
    judgeWeakness(evidence),
    judgeLinks(evidence, harmless),
    // A stranger's request stays what it is however kindly it is worded.
    ...(harmless ? [quiet?.judgement, wording] : [wording, quiet?.judgement]),
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

function judgeLinks({ hosts, oddities, folded, capture }: Evidence, everyday: boolean): Judgement | undefined {
  if (hosts.length === 0) return undefined;
  const brands = hosts.slice(0, 8).flatMap((host) => {
    const brand = imitatedBrand(host);
    return brand === undefined ? [] : [`${host} imitates ${brand}`];
  });
  const own = hosts.some((host) => rareDomain(host) !== undefined);
  const words = withoutLinks(folded);
  const asks = own && WORDING.credential.test(words);
  // Names are alike by chance: `alsa.opensrc.org` in a long answer to a question is not held against anybody.
  if (brands.length > 0 && oddities.length === 0 && !asks && everyday && words.length >= LONG_TALK)
    return { class: 'unknown', score: 0.5, severity: 'low', reasons: brands, unambiguousHarm: false };
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
