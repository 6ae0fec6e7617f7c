import { describe, expect, it } from 'vitest';
import { captureOf } from '../testing/captures.ts';
import { openAnalysisPool } from './pool.ts';

const STUBBORN = new URL('../testing/stubborn-worker.ts', import.meta.url);
const texts = Array.from(
  { length: 300 },
  (_value, at) => `message number ${at}: look at http://host${at}.example/a.scr and tell your friends`,
);

describe('openAnalysisPool', () => {
  it('gives the same as inline analysis, in input order', async () => {
    await using inline = openAnalysisPool({ workers: 0, signatures: [] });
    await using pool = openAnalysisPool({ workers: 2, signatures: [] });
    const captures = [...texts.map((text) => captureOf(text)), captureOf(undefined, { kind: 'presence' })];
    expect(await pool.analyzeBatch(captures)).toEqual(await inline.analyzeBatch(captures));
    expect(await pool.analyzeBatch([])).toEqual([]);
  });

  it('matches by the signatures set last', async () => {
    await using pool = openAnalysisPool({ workers: 1, signatures: [] });
    const capture = captureOf('see http://bad.example/x');
    expect((await pool.analyzeBatch([capture]))[0]?.threats).toEqual([]);
    pool.setSignatures([{ threat: 't1', kind: 'indicator', type: 'domain', value: 'bad.example' }]);
    expect((await pool.analyzeBatch([capture]))[0]?.threats).toEqual(['t1']);
  });

  it.each(['hang', 'die'])('names the capture at which a worker should %s, and works on with another', async (text) => {
    await using pool = openAnalysisPool({ workers: 1, signatures: [], timeoutMs: 1500, entry: STUBBORN });
    const bad = captureOf(text);
    await expect(pool.analyzeBatch([captureOf('first'), bad, captureOf('last')])).rejects.toMatchObject({
      code: 'ANALYSIS_FAILED',
      message: expect.stringContaining(bad.id),
    });
    expect(await pool.analyzeBatch([captureOf('again')])).toHaveLength(1);
  });

  it('refuses work once closed', async () => {
    const pool = openAnalysisPool({ workers: 1, signatures: [] });
    await pool.close();
    await expect(pool.analyzeBatch([captureOf('x')])).rejects.toMatchObject({ code: 'ANALYSIS_FAILED' });
  });
});
