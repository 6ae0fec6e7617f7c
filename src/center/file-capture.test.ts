// A captured file from the journal to what an analyst is shown of it: facts and findings, never the content.
import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../../test/support/sundew.ts';
import { zipOf } from '../analysis/files/testing/archives.ts';
import { peOf } from '../analysis/files/testing/programs.ts';
import { encodeCaptureEntry } from '../captures/entry.ts';
import { openJournal } from '../captures/journal/journal.ts';
import { controlClient } from '../cli/control-client.ts';
import { loadSettings } from '../config/settings.ts';
import { SILENT } from '../core/clock.ts';
import { parseCapture } from '../core/parse-capture.ts';
import { testDatabase } from '../storage/testing/test-database.ts';
import { openCenter } from './center.ts';
import { systemClock } from './system.ts';

test('an analyst sees what a captured file is, and nothing of its content', async () => {
  await using database = await testDatabase({ empty: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'sundew-file-'));
  const loaded = loadSettings({ env: { SUNDEW_DATABASE_URL: database.url, SUNDEW_LOG_LEVEL: 'error' }, dataDir });
  const content = zipOf([{ name: 'pic.jpg.scr', content: peOf({ sectionName: 'UPX0' }) }]);
  const capture = parseCapture(
    {
      ...{ v: 1, at: '2026-01-31T12:00:00Z', network: 'sametime', decoy: 'd', peer: { id: 'p' }, kind: 'file' },
      file: { name: 'pics.zip', size: content.length, sha256: hash('sha256', content, 'hex') },
    },
    { sensor: 'test' },
  );
  try {
    const journal = await openJournal(join(dataDir, 'journal'), { clock: systemClock, log: SILENT, sensor: 'test' });
    await journal.append('capture', encodeCaptureEntry(capture, content));
    await journal.close();
    const center = await openCenter(loaded, { quiet: true });
    try {
      const control = controlClient(join(dataDir, 'control.sock'));
      const path = `/api/v1/captures/${capture.id}?realm=live`;
      const detail = await until(() => control.call<Record<string, unknown>>('GET', path).catch(() => undefined));
      expect(detail).toMatchObject({
        verdict: {
          class: 'worm',
          severity: 'high',
          reasons: expect.arrayContaining([expect.stringContaining('in it: ')]),
        },
        evidence: { verified: true, erased: false },
        file: {
          type: 'application/zip',
          facts: { entries: 1 },
          members: [{ name: 'pic.jpg.scr', type: 'application/vnd.microsoft.portable-executable' }],
        },
      });
      expect(JSON.stringify(detail)).not.toContain('"raw"');
    } finally {
      await center.close();
    }
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
