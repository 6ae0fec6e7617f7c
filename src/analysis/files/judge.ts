// From a report on a file to what a verdict takes of it: an opinion, and indicators.
import type { Capture } from '../../core/capture.ts';
import { parseCapture } from '../../core/parse-capture.ts';
import type { Indicator } from '../../core/verdict.ts';
import type { Judgement } from '../classify/classify.ts';
import { extract } from '../extract/extract.ts';
import { MappedText } from '../normalize/mapped-text.ts';
import { fileEnding } from '../triage/file-name.ts';
import { type FileReport, RANKS } from './types.ts';

const MAX_FILES = 16;
const MAX_REASONS = 6;

/** A capture with what was found out about its file; only our own triage adds that, never who sent the capture. */
export interface Examined extends Capture {
  readonly contents?: FileReport;
}

/** @returns undefined when nothing speaks against the file */
export function judgeReport({ findings }: FileReport): Judgement | undefined {
  const [worst] = findings;
  if (worst === undefined || worst.rank === 'note') return undefined;
  const { rank } = worst;
  const told = findings.filter((finding) => finding.rank !== 'note').slice(0, MAX_REASONS);
  const named = told.find((finding) => finding.rank === rank && finding.class !== undefined);
  return {
    class: named?.class ?? 'malware',
    score: rank === 'sure' ? 0.97 : rank === 'bad' ? 0.85 : 0.7,
    severity: rank === 'odd' ? 'medium' : 'high',
    reasons: told.map(({ says }) => says),
    unambiguousHarm: rank === 'sure',
  };
}

// Links are read out by the same extraction as those of messages; it asks for a capture.
const BARE = parseCapture(
  { v: 1, at: '1970-01-01T00:00:00Z', network: 'xmpp', decoy: '-', peer: { id: '-' }, kind: 'report' },
  { sensor: '-' },
);

/** Hashes of the file, and of what is worse than odd within; names of programs within; what links say. */
export function indicatorsOf(report: FileReport): readonly Indicator[] {
  const indicators: Indicator[] = [];
  for (const type of ['sha256', 'sha1', 'md5'] as const) indicators.push({ type, value: report[type] });
  for (const member of flat(report.members).slice(0, MAX_FILES)) {
    const { kind } = fileEnding(member.name ?? '');
    const worst = member.findings[0];
    if (worst === undefined || RANKS.indexOf(worst.rank) < RANKS.indexOf('odd')) continue;
    indicators.push({ type: 'sha256', value: member.sha256 });
    if (kind !== 'plain' && member.name !== undefined) indicators.push(nameIndicator(member.name));
  }
  const { indicators: linked } = extract(BARE, { mapped: new MappedText(report.links.join('\n')), links: [] });
  return [...indicators, ...linked];
}

function nameIndicator(path: string): Indicator {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const value = name.toLowerCase();
  return { type: 'file-name', value, ...(name === value ? {} : { seen: name }) };
}

function flat(members: readonly FileReport[]): readonly FileReport[] {
  return members.flatMap((member) => [member, ...flat(member.members)]);
}
