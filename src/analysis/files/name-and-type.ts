// What a file is called against what it is: the lie is what worms of messengers live by.
import { fileEnding, isHarmlessEnding, triageFile } from '../triage/file-name.ts';
import type { Claim, FileType, Finding } from './types.ts';

/** @param size in bytes */
export function judgeName({ name = '', type: claimed }: Claim, size: number, type: FileType): readonly Finding[] {
  const byName = triageFile({ name, size, ...(claimed === undefined ? {} : { type: claimed }) });
  const findings: Finding[] = byName.reasons.map((says) => ({
    rank: byName.level === 2 ? 'sure' : 'odd',
    ...(byName.level === 2 ? { class: 'worm' as const } : {}),
    says,
  }));
  const { ending } = fileEnding(name);
  const lie = isHarmlessEnding(ending) && !type.endings.includes(ending);
  if (type.family === 'program') findings.push(...judgeProgram(ending, lie, claimed, byName.level === 0, type.mime));
  else if (type.family === 'script') findings.push(...judgeScript(ending, lie, claimed, type));
  else if (type.family === 'archive' && lie && ending !== 'txt')
    findings.push({ rank: 'odd', says: `an archive behind the name of a .${ending} file` });
  else if (type.mime === 'text/html' && lie)
    findings.push({ rank: 'odd', class: 'phishing', says: `a page behind the name of a .${ending} file` });
  else if (lie && type.endings.length > 0 && size > 0)
    findings.push({ rank: 'note', says: `it is called .${ending} and is ${type.mime}` });
  return findings;
}

function judgeProgram(
  ending: string,
  lie: boolean,
  claimed: string | undefined,
  unnamed: boolean,
  mime: string,
): readonly Finding[] {
  const what = /shortcut|mswinurl/.test(mime) ? 'it is a shortcut, which starts what it names' : 'it is a program';
  if (lie) return [{ rank: 'sure', class: 'worm', says: `a program behind the name of a .${ending} file` }];
  const media = mediaClaim(claimed);
  if (media !== undefined) return [{ rank: 'sure', class: 'worm', says: `a program offered as ${media}` }];
  return unnamed ? [{ rank: 'odd', says: what }] : [];
}

// What a text is taken for is a guess, so a script is held to less than a program.
function judgeScript(
  ending: string,
  lie: boolean,
  claimed: string | undefined,
  { mime }: FileType,
): readonly Finding[] {
  const media = mediaClaim(claimed);
  if (lie && ending !== 'txt')
    return [{ rank: 'bad', class: 'worm', says: `a script behind the name of a .${ending} file` }];
  if (media !== undefined) return [{ rank: 'bad', class: 'worm', says: `a script offered as ${media}` }];
  return /hta|wsf|batch|vbscript|powershell|regedit|mirc/.test(mime) ? [{ rank: 'odd', says: 'it is a script' }] : [];
}

function mediaClaim(claimed: string | undefined): string | undefined {
  return /^(?:image|video|audio)(?=\/)/i.exec(claimed ?? '')?.[0].toLowerCase();
}
