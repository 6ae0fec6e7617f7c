import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printPdf } from './print-pdf.ts';

test('without a Chromium one sentence says what to install', async () => {
  await expect(printPdf('<p>x</p>', { path: '/nowhere', root: false })).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('apt-get install chromium'),
  });
});

test('a Chromium that prints nothing is told with its last words', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sundew-no-chromium-'));
  try {
    await writeFile(join(dir, 'chromium'), '#!/bin/sh\necho first >&2\necho "no display" >&2\nexit 3\n');
    await chmod(join(dir, 'chromium'), 0o755);
    await expect(printPdf('<p>x</p>', { path: dir, root: true })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('made no PDF: no display'),
    });
  } finally {
    await rm(dir, { recursive: true });
  }
});
