// Whatever a text holds, it is analysed, in time that grows no faster than it does. How fast: `npm run bench:analysis`.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS, HOSTILE_WAYS } from '../../test/support/hostile-texts.ts';
import { analyze, toVerdict } from './analyze.ts';
import { createClusterer } from './cluster/clusterer.ts';
import { compileSignatures } from './signatures.ts';
import { captureOf } from './testing/captures.ts';

/** A pattern that backtracks takes minutes over 64 KiB; a machine under load takes a second at the very worst. */
const CATASTROPHE_MS = 5_000;
const MAX_INDICATORS = 64;
const signatures = compileSignatures([
  { threat: 't', kind: 'lure', words: ['free', 'nitro'], class: 'phishing', severity: 'medium' },
]);

function judge(text: string | undefined, more: Readonly<Record<string, unknown>> = {}) {
  const clusterer = createClusterer({ maxCampaigns: 64 });
  const capture = captureOf(text, more);
  const analysis = analyze(capture, signatures);
  return toVerdict({ analysis, cluster: clusterer.assign(capture, analysis) });
}

function expectSound(text: string | undefined, more: Readonly<Record<string, unknown>> = {}): void {
  const verdict = judge(text, more);
  expect(verdict.indicators.length).toBeLessThanOrEqual(MAX_INDICATORS);
  expect(verdict.score).toBeGreaterThanOrEqual(0);
  expect(verdict.score).toBeLessThanOrEqual(1);
  expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
}

describe('hostile text', () => {
  describe.each(HOSTILE_WAYS)('as %s', (_way, fields) => {
    it.each(HOSTILE_TEXTS)('%s', (_name, text) => {
      const started = performance.now();
      expectSound(undefined, fields(text));
      expect(performance.now() - started).toBeLessThan(CATASTROPHE_MS);
    });
  });

  it('of a megabyte is cut, not refused', () => {
    expectSound(`look at http://first.example/a.jpg.scr ${'word '.repeat(200_000)} http://last.example/b.scr`);
    expect(judge(`look at http://first.example/a.jpg.scr ${'word '.repeat(200_000)}`).class).toBe('worm');
  });

  it('of any characters, whole or not, is judged', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
    );
    fc.assert(
      fc.property(anything, (text) => expectSound(text)),
      { numRuns: 500 },
    );
  });
});
