import { describe, expect, it } from 'vitest';
import { analyze } from '../analysis/analyze.ts';
import { compileSignatures } from '../analysis/signatures.ts';
import { captureOf } from '../analysis/testing/captures.ts';
import { CampaignReport } from './campaign-report.ts';

const none = compileSignatures([]);
const LURES = ['somebody posted a picture of you', 'is this you in the clip', 'your profile came up'];

function fill(report: CampaignReport, campaign: string, count: number, more: object = {}): void {
  for (let at = 0; at < count; at++) {
    const text = `hi dora, ${LURES[at % 3]}, log in at, http://bad${at % 2}.com/${at}`;
    const capture = captureOf(text, { at: new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString() });
    report.add({ capture, analysis: analyze(capture, none), cluster: { campaign, created: at === 0, ...more } });
  }
}

describe('CampaignReport', () => {
  it('tells size, template, expression, times, hosts and wordings, and never a decoy', () => {
    const report = new CampaignReport();
    fill(report, 'a', 12);
    fill(report, 'alone', 1);
    const lines = report.lines();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      id: 'a',
      size: 12,
      firstSeen: '2026-01-01T00:00:00.000Z',
      lastSeen: '2026-01-01T00:00:11.000Z',
      hosts: ['bad0.com', 'bad1.com'],
      merged: [],
    });
    expect(lines[0]?.template).toContain('log in at');
    expect(lines[0]?.variants[0]?.captures).toBe(4);
    expect(JSON.stringify(lines)).not.toContain('dora');
  });

  it('counts a merged campaign with the one that it was merged into', () => {
    const report = new CampaignReport();
    fill(report, 'old', 3);
    fill(report, 'young', 4);
    fill(report, 'old', 1, { merged: 'young' });
    expect(report.lines()).toMatchObject([{ id: 'old', size: 8, merged: ['young'] }]);
  });

  it('forgets campaigns of one capture first when there are too many', () => {
    const report = new CampaignReport();
    fill(report, 'large', 3);
    const capture = captureOf('x');
    const analysis = analyze(capture, none);
    for (let at = 0; at < 50_000; at++)
      report.add({ capture, analysis, cluster: { campaign: `c${at}`, created: true } });
    expect(report.lines().map(({ id }) => id)).toEqual(['large']);
  });
});
