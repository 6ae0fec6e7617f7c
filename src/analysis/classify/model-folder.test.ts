import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { correctedRows } from './corrected-rows.ts';
import { keepModel, listModels, modelFileInUse, useModel } from './model-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sundew-models-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const shipped = readFileSync(new URL('../data/model.bin.gz', import.meta.url));

it('keeps a model, uses it only when told, and goes back', () => {
  const version = keepModel(folder, shipped);
  expect(modelFileInUse(folder)).toBeUndefined();
  useModel(folder, version);
  expect(modelFileInUse(folder)).toBe(join(folder, `${version}.model`));
  expect(listModels(folder).map(({ name, inUse }) => [name, inUse])).toEqual([
    ['shipped', false],
    [version, true],
  ]);
  useModel(folder, 'shipped');
  expect(modelFileInUse(folder)).toBeUndefined();
});

it.each(['000000000000', '../x', ''])('refuses to use %j', (name) => {
  expect(() => useModel(folder, name)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

it('makes rows of corrections that words can teach, the same wording one group', () => {
  const rows = correctedRows([
    { class: 'scam', text: 'call +491701234567\nnow' },
    { class: 'scam', text: 'call +491709999999 now' },
    { class: 'malware', text: 'a file' },
    { class: 'benign', text: ' ' },
  ]);
  expect(rows.map(({ label, text }) => [label, text])).toEqual([
    ['scam', 'call +491701234567 now'],
    ['scam', 'call +491709999999 now'],
  ]);
  expect(rows[0]?.group).toBe(rows[1]?.group);
});
