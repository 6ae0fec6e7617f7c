// `sundew analyze --model`: with a model that was really trained, from corrections such as analysts make.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { correctedRows } from '../../src/analysis/classify/corrected-rows.ts';
import { packModel } from '../../src/analysis/classify/model-file.ts';
import { keepModel, useModel } from '../../src/analysis/classify/model-folder.ts';
import { sourcesOf } from '../../src/analysis/classify/sources.ts';
import { train } from '../../src/analysis/classify/trainer.ts';
import { shippedRows } from '../../src/analysis/classify/training-data.ts';
import { runSundew } from '../support/sundew.ts';

const TEXT = 'the garden gate is open on sunday, neighbour';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Of the shipped texts, so that training takes a second. */
const ONE_IN = 40;

let dir: string;
let packed: Uint8Array;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sundew-analyze-model-'));
  const corrections = correctedRows(
    Array.from({ length: 60 }, (_value, at) => ({
      class: 'scam' as const,
      text: `${TEXT} ${LETTERS.charAt(at % 26)}${LETTERS.charAt((at * 7) % 26)}`,
    })),
  );
  const rows = [...shippedRows().filter((_row, at) => at % ONE_IN === 0), ...corrections];
  packed = packModel(train(rows), sourcesOf(rows), corrections.length);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function classWith(...options: readonly string[]): Promise<unknown> {
  const capture = { v: 1, at: '2026-05-04T10:00:00Z', network: 'irc', decoy: 'd', peer: { id: 'm!m@h' } };
  const input = `${JSON.stringify({ ...capture, kind: 'message', text: TEXT })}\n`;
  const { status, stdout, stderr } = await runSundew(['analyze', '-', ...options], { dataDir: dir, input });
  return status === 0 ? (JSON.parse(stdout) as { class: string }).class : stderr;
}

test('a model judges by its file, folder or data directory, in any number of workers', {
  timeout: 120_000,
}, async () => {
  const file = join(dir, 'own.model');
  await writeFile(file, packed);
  expect(await classWith()).toBe('benign');
  expect(await classWith('--model', file)).toBe('scam');
  expect(await classWith('--model', file, '--workers', '2')).toBe('scam');
  const data = join(dir, 'data');
  const version = keepModel(join(data, 'models'), packed);
  expect(await classWith('--model', data)).toBe('benign'); // kept, not yet approved
  useModel(join(data, 'models'), version);
  expect(await classWith('--model', data)).toBe('scam');
  expect(await classWith('--model', join(data, 'models'))).toBe('scam');
  useModel(join(data, 'models'), 'shipped');
  expect(await classWith('--model', data)).toBe('benign');
});

test('what is no model is refused in one line before anything is analysed', async () => {
  const [garbage, empty] = [join(dir, 'garbage'), join(dir, 'empty')];
  await writeFile(garbage, 'garbage');
  await mkdir(empty);
  expect(await classWith('--model', garbage)).toMatch(/^sundew: .*no model of this version[^\n]*\n$/);
  expect(await classWith('--model', empty)).toBe(`sundew: there is no model in ${empty}\n`);
  expect(await classWith('--model', join(dir, 'missing'))).toMatch(/^sundew: \S+missing cannot be read: [^\n]*\n$/);
});
