// The whole command `sundew analyze` on input that is out to hurt it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { runSundew } from '../support/sundew.ts';

const BASE = {
  v: 1,
  at: '2026-01-01T00:00:00Z',
  network: 'xmpp',
  decoy: 'd@decoys.example',
  peer: { id: 'p@x.example' },
};
const lineOf = (native: string, fields: object): string =>
  `${JSON.stringify({ ...BASE, native, kind: 'message', ...fields })}\n`;
const LURE = 'look at http://first.example/a.jpg.scr';
/** Far more than one line may have. */
const BOMB_MIB = 256;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sundew-hostile-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test('hostile texts, every plane, mixed directions and a megabyte get a verdict each, in order', {
  timeout: 120_000,
}, async () => {
  const texts = [...HOSTILE_TEXTS.map(([, text]) => text), `${LURE} ${'word '.repeat(200_000)}`, 'see you on sunday'];
  const file = join(dir, 'hostile.ndjson');
  await writeFile(file, texts.map((text, at) => lineOf(`n${at}`, { text })).join(''));
  const { status, stdout, stderr } = await runSundew(['analyze', file, '--workers', '2'], { dataDir: dir });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const classes = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { class: string }).class);
  expect(classes).toHaveLength(texts.length);
  expect(classes.slice(-2)).toEqual(['worm', 'benign']);
});

test('a bomb in gzip, nesting without end and broken lines are refused, and the rest is judged', {
  timeout: 120_000,
}, async () => {
  const mebibyte = Buffer.alloc(1 << 20, 'a');
  const bomb = gzipSync(
    Buffer.concat([
      ...Array.from({ length: BOMB_MIB }, () => mebibyte),
      Buffer.from(`\n${'['.repeat(1 << 20)}\n{"v":1\n\u0000\n${lineOf('n', { text: LURE })}`),
    ]),
  );
  expect(bomb.length).toBeLessThan(1 << 20);
  const file = join(dir, 'bomb.ndjson.gz');
  await writeFile(file, bomb);
  const { status, stdout, stderr } = await runSundew(['analyze', file], { dataDir: dir });
  expect(status).toBe(1);
  expect(
    stderr
      .trim()
      .split('\n')
      .map((line) => /line (\d+)/.exec(line)?.[1]),
  ).toEqual(['1', '2', '3', '4']);
  expect(JSON.parse(stdout)).toMatchObject({ class: 'worm' });
});
