// What the kind of a capture alone says. Some kinds are never judged by their words: the named sender did not write them.
import type { Capture } from '../../core/capture.ts';
import { unreachable } from '../../core/error.ts';
import type { Severity } from '../../core/severity.ts';
import type { VerdictClass } from '../../core/verdict.ts';
import { type CveId, resembledBy } from '../../core/weakness.ts';
import type { Judgement } from './classify.ts';

const MAX_WORDS = 100;

/** A judgement by kind; `final` when nothing in the content may change it. */
export interface KindJudgement {
  readonly final: boolean;
  readonly judgement: Judgement;
}

/** @returns undefined for kinds that are judged by their content alone */
export function classOfKind(capture: Capture): KindJudgement | undefined {
  switch (capture.kind) {
    case 'message':
    case 'report':
    case 'file':
    case 'unknown':
      return undefined;
    case 'file-offer':
      return open('unknown', 0.5, 'low', 'a stranger offers a file to a decoy');
    case 'contact-request':
      return open('unknown', 0.5, 'info', 'a stranger asks a decoy to be a contact');
    case 'group-invite':
      return open('spam', 0.6, 'low', 'a stranger invites a decoy to a group');
    case 'roster-push':
      return open('spam', 0.8, 'low', 'a stranger tries to put entries into the contact list');
    case 'transfer-request':
    case 'call':
    case 'nudge':
    case 'warning':
      return open('unknown', 0.4, 'info', `a stranger's ${capture.kind} to a decoy`);
    case 'probe':
    case 'search':
    case 'connection':
      return final('recon', 0.9, 'info', 'asks what the decoy is or has, and says nothing');
    case 'malformed':
      return malformed(capture);
    case 'typing':
    case 'presence':
    case 'contact-change':
    case 'search-result':
      return final('unknown', 0.5, 'info', `${capture.kind} carries no content`);
    case 'service-notice':
      return final('benign', 0.9, 'info', 'the server itself speaks');
    case 'backscatter':
      return final('unknown', 0.5, 'info', 'an automatic reply; never held against the named sender');
    default:
      return unreachable(capture.kind);
  }
}

// A decoder that knows the hole tells it in `meta.vulnerability`, and which documented ones it resembles in `meta.resembles`.
function malformed(capture: Capture): KindJudgement {
  const known = capture.meta.vulnerability;
  const resembles = resembledBy(capture.meta);
  const words = typeof known === 'string' ? known.slice(0, MAX_WORDS) : '';
  if (words === '' && resembles.length === 0) return final('unknown', 0.6, 'low', 'bytes that no honest client sends');
  const reasons = [
    words === '' ? 'bytes that attack clients' : `bytes that attack clients: ${words}`,
    ...(resembles.length === 0 ? [] : [resemblance(resembles)]),
  ];
  return {
    final: true,
    judgement: { class: 'exploit', score: 0.95, severity: 'high', reasons, unambiguousHarm: true },
  };
}

/** Why a capture is tied to documented weaknesses. */
export const resemblance = (cves: readonly CveId[]): string => `resembles an attack on ${cves.join(', ')}`;

function open(kind: VerdictClass, score: number, severity: Severity, reason: string): KindJudgement {
  return { ...final(kind, score, severity, reason), final: false };
}

function final(kind: VerdictClass, score: number, severity: Severity, reason: string): KindJudgement {
  return { final: true, judgement: { class: kind, score, severity, reasons: [reason], unambiguousHarm: false } };
}
