// What looks into files here: the sandbox, with the user's rules, and the scanners that are there.
import { access } from 'node:fs/promises';
import { hasYaraX } from '../analysis/files/rules/yara-x.ts';
import { type FileTriage, openFileTriage, type Scanner } from '../analysis/files/sandbox/sandbox.ts';
import type { LoadedSettings } from '../config/settings.ts';
import { openClamd } from './scanners/clamd.ts';
import { openYaraCommand } from './scanners/yara-command.ts';
import { dataPaths } from './settings.ts';

/** @param onProblem told once for each rule or scanner that does not work */
export async function openScanners(loaded: LoadedSettings, onProblem: (sentence: string) => void): Promise<FileTriage> {
  const { rules: rulesDir } = dataPaths(loaded);
  const scanners: Scanner[] = [];
  const { clamd } = loaded.settings.analysis;
  if (clamd !== undefined) scanners.push(openClamd(clamd));
  const yara = hasYaraX() ? undefined : await openYaraCommand(rulesDir, onProblem);
  if (yara !== undefined) scanners.push(yara);
  return openFileTriage({ rulesDir, scanners, onProblem });
}

/** Which rules are held against files, in a sentence. */
export async function describeRules(loaded: LoadedSettings, triage: FileTriage): Promise<string> {
  const { rules } = await triage.state();
  if (rules !== undefined) return rules;
  const yara = await openYaraCommand(dataPaths(loaded).rules, () => undefined);
  return yara === undefined
    ? 'no rules are run: there is no YARA-X for this machine; install the command yara to have them'
    : `${yara.name}, on files as they come and not on what is packed in them`;
}

/** Whether clamd is where the settings say. */
export async function describeClamd(address: string): Promise<string | undefined> {
  if (!address.startsWith('/')) return undefined;
  return access(address).then(
    () => undefined,
    () => `${address} is not there: start clamd, or take analysis.clamd out of the settings`,
  );
}
