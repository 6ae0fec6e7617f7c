// Writes settings that were changed in the browser: the operator's comments and order stay, nobody else can read it.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseDocument } from 'yaml';
import { messageOf, SundewError } from '../core/error.ts';
import { filePath, SECRET_PATHS } from './keys.ts';
import type { Settings } from './schema.ts';
import { parseSettings, readText } from './settings.ts';

/** A tree of settings: given values are set, `null` removes a setting or a section, what is absent stays. */
export interface SettingsPatch {
  readonly [key: string]: string | number | boolean | null | SettingsPatch;
}

const HEAD = '# Settings of Sundew; docs/configuration.md lists them all.\n';

/**
 * Changes the file in place of the old one, in one step, mode 0600.
 * @returns the settings of the file alone, without the environment
 * @throws SundewError CONFIG_INVALID when the result would not be valid (nothing is written), STORE_UNAVAILABLE
 */
export function updateSettings(file: string, patch: SettingsPatch): Settings {
  const document = parseDocument(existsSync(file) ? readText(file) : HEAD);
  for (const [path, value] of flatten(patch, [])) {
    if (value === null) document.deleteIn(path);
    else document.setIn(path, value);
    const secret = SECRET_PATHS.find((known) => known.join('.') === path.join('.'));
    if (secret !== undefined && document.hasIn(filePath(secret))) document.deleteIn(filePath(secret));
  }
  const text = document.toString();
  const settings = parseSettings(text, file, new Map());
  writePrivately(file, text);
  return settings;
}

function flatten(
  patch: SettingsPatch,
  path: readonly string[],
): readonly (readonly [string[], string | number | boolean | null])[] {
  return Object.entries(patch).flatMap(([name, value]) => {
    const here = [...path, name];
    return typeof value === 'object' && value !== null ? flatten(value, here) : [[here, value] as const];
  });
}

function writePrivately(file: string, text: string): void {
  const fresh = `${file}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    rmSync(fresh, { force: true }); // of a crash; the mode below counts for new files only
    const descriptor = openSync(fresh, 'wx', 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(fresh, file);
  } catch (error) {
    throw new SundewError(
      'STORE_UNAVAILABLE',
      `${file} cannot be written (${messageOf(error)}): the settings are unchanged`,
      {
        cause: error,
      },
    );
  }
}
