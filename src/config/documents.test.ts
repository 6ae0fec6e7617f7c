// The documents that list what the code holds: they must say the same. UPDATE_DOCS=1 writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../core/error.ts';
import { SETTING_KEYS } from './keys.ts';

const docs = join(import.meta.dirname, '../../docs');

/** Compares (or writes) the part of a document between its markers. */
function checkPart(name: string, marker: string, lines: readonly string[]): void {
  const file = join(docs, name);
  const text = readFileSync(file, 'utf8');
  const start = text.indexOf('\n', text.indexOf(`<!-- ${marker}:`)) + 1;
  const end = text.indexOf('<!-- end -->', start);
  expect(start, `${name} has no marker ${marker}`).toBeGreaterThan(0);
  const wanted = `${lines.join('\n')}\n`;
  if (process.env.UPDATE_DOCS === '1') writeFileSync(file, text.slice(0, start) + wanted + text.slice(end));
  else expect(unpadded(text.slice(start, end))).toBe(wanted);
}

/** Tables as a formatter lined them up, without the padding. */
function unpadded(table: string): string {
  return table.replaceAll(/-{3,}/g, '---').replaceAll(/ +/g, ' ').trimStart().replace(/\n+$/, '\n');
}

test('docs/configuration.md lists exactly the settings, with defaults and meanings', () => {
  const rows = SETTING_KEYS.map((key) => {
    const choices = key.choices.length > 0 ? ` (${key.choices.map((choice) => `\`${choice}\``).join(', ')})` : '';
    const value = key.default === undefined ? '' : `\`${key.default}\``;
    return `| \`${key.path.join('.')}\` | \`${key.env}\` | ${value}${value === '' ? '' : ' '}| ${key.description}${choices} |`;
  });
  checkPart('configuration.md', 'settings', [
    '| setting | variable | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
  ]);
});

test('docs/errors.md lists exactly the codes', () => {
  const rows = Object.entries(ERROR_CODES).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  checkPart('errors.md', 'codes', ['| code | means |', '| --- | --- |', ...rows]);
});
