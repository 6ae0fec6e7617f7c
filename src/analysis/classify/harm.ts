// Things that run: an offered program, a link to one, dressed up or not.
import type { Indicator } from '../../core/verdict.ts';
import { fileEnding, triageFile } from '../triage/file-name.ts';
import type { Evidence, Judgement } from './classify.ts';
import { WORDING } from './words.ts';

// Endings that are everyday in links but a lure in a file offer: scripts of pages, domains at the end of a path.
const EVERYDAY_IN_LINKS = new Set(['js', 'com', 'url', 'chm', 'jse', 'sct']);

/** Judges the offered file and the files that links lead to. */
export function judgeHarm(evidence: Evidence): Judgement | undefined {
  const { capture, plain, indicators, folded } = evidence;
  const offered = capture.file === undefined ? undefined : triageFile(capture.file);
  if (offered?.level === 2) return worm(offered.reasons, 0.97);
  const mayRun = offered !== undefined || indicators.some(({ type }) => type === 'url');
  const lured = mayRun && WORDING.lure.test(folded);
  const link = linkedLure(indicators, lured);
  if (link?.disguised === true) return worm([link.reason], 0.95);
  const named = disguisedName(plain);
  if (named !== undefined) return worm([named], 0.9);
  if (link !== undefined) {
    return {
      class: lured ? 'worm' : 'malware',
      score: lured ? 0.9 : 0.75,
      severity: 'high',
      reasons: [link.reason, ...(lured ? ['wording of a lure beside it'] : [])],
      unambiguousHarm: link.lure,
    };
  }
  if (lured && capture.kind === 'file-offer' && fileEnding(capture.file?.name ?? '').kind === 'container') {
    const reasons = ['an archive with the wording of a lure'];
    return { class: 'worm', score: 0.75, severity: 'medium', reasons, unambiguousHarm: false };
  }
  if (offered?.level !== 1) return undefined;
  return { class: 'malware', score: 0.7, severity: 'medium', reasons: offered.reasons, unambiguousHarm: false };
}

// An executable lure pushed by instant message is how worms of these networks travel; the sender may be a victim.
function worm(reasons: readonly string[], score: number): Judgement {
  return { class: 'worm', score, severity: 'high', reasons, unambiguousHarm: true };
}

interface LinkedLure {
  readonly reason: string;
  readonly disguised: boolean;
  readonly lure: boolean;
}

/** Names in running text that end as a program behind the ending of a picture or document; links may break before them. */
const DISGUISED =
  /\.(jpe?g|gif|png|bmp|avi|mpe?g|mp[34]|wmv|txt|docx?|xlsx?|pdf)\s{0,40}\.(exe|scr|pif|com|bat|cmd|vbs|lnk|cpl)(?![\p{L}\p{N}.-])/iu;

function disguisedName(plain: string): string | undefined {
  const [, disguise = '', ending = ''] = DISGUISED.exec(plain) ?? [];
  if (ending === '') return undefined;
  return `the text names an executable .${ending.toLowerCase()} behind the name of a .${disguise.toLowerCase()} file`;
}

/** @param lured whether the words around are a lure's: then a `.com` that stands at the end of a path is a program, too */
function linkedLure(indicators: readonly Indicator[], lured: boolean): LinkedLure | undefined {
  for (const { type, value } of indicators) {
    if (type !== 'url') continue;
    const path = value.split(/[?#]/, 1)[0] ?? '';
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (path.split('/').length < 4 || !name.includes('.')) continue;
    const { kind, ending, disguise } = fileEnding(name);
    if (kind !== 'lure' && kind !== 'executable') continue;
    if (disguise !== undefined) {
      return {
        reason: `the link leads to an executable .${ending} behind the name of a .${disguise} file`,
        disguised: true,
        lure: true,
      };
    }
    if (EVERYDAY_IN_LINKS.has(ending) && !(lured && ending === 'com')) continue;
    return { reason: `the link leads to a program (.${ending})`, disguised: false, lure: kind === 'lure' };
  }
  return undefined;
}
