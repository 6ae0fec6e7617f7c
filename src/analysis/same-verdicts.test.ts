// What is made faster must say the same: verdicts and campaigns of the training texts and of the obfuscated hosts.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { CaptureId } from '../core/capture.ts';
import { toVerdict } from './analyze.ts';
import { trainingRows } from './classify/training-data.ts';
import { createClusterer } from './cluster/clusterer.ts';
import { openAnalysisPool } from './pool/pool.ts';
import { captureOf } from './testing/captures.ts';

const EVERY = 8;
/** A change of the analysis or of the training texts that is meant to show changes it too. */
const DIGEST = '87c0dfadb14c3671d4f39c49b93de48a03cdf30882495fc38baab5ddaec1ae42';

it('judges and clusters as it did before it was made faster', async () => {
  const hosts = readFileSync(new URL('./fixtures/obfuscated-hosts.json', import.meta.url), 'utf8').split('\n');
  const texts = [...trainingRows().map(({ text }) => text), ...hosts].filter((_text, at) => at % EVERY === 0);
  const captures = texts.map((text, at) => ({ ...captureOf(text), id: `capture ${at}` as CaptureId }));
  await using pool = openAnalysisPool({ workers: 1, signatures: [] });
  const analyses = await pool.analyzeBatch(captures);
  const clusterer = createClusterer();
  const digest = createHash('sha256');
  for (const [at, capture] of captures.entries()) {
    const analysis = analyses[at];
    if (analysis === undefined) throw new Error('the analysis lost a capture');
    digest.update(JSON.stringify(toVerdict({ analysis, cluster: clusterer.assign(capture, analysis) })));
  }
  expect(digest.digest('hex')).toBe(DIGEST);
});
