import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../budget.ts';
import { EICAR } from '../eicar.ts';
import { overlappingZip } from '../testing/archives.ts';
import { peOf } from '../testing/programs.ts';
import { openFileTriage } from './sandbox.ts';

const WILD = join(import.meta.dirname, '../testing/wild-sandbox.ts');

describe('the sandbox', () => {
  const triage = openFileTriage();
  afterAll(() => triage.close());

  it('gives a report, one file after the other', async () => {
    const reports = await Promise.all([
      triage.triage(EICAR, { name: 'a' }),
      triage.triage(overlappingZip(50, 1_000_000), { name: 'b.zip' }),
      triage.triage(peOf({ content: Buffer.from('Drunk_lol.pif\0Webcam_004.pif\0') }), { name: 'c.exe' }),
    ]);
    expect(reports.map(({ findings }) => findings[0]?.rank)).toEqual([
      'sure',
      'bad',
      expect.stringMatching(/sure|odd/),
    ]);
  });

  it('says what it has', async () => {
    expect((await triage.state()).problems).toEqual([]);
  });

  it('shows the bytes to the scanners beside it, and bears one that fails', async () => {
    const problems: string[] = [];
    await using scanned = openFileTriage({
      onProblem: (problem) => problems.push(problem),
      scanners: [
        { name: 'good', scan: async (bytes) => [{ rank: 'sure', says: `saw ${bytes.length} bytes` }] },
        { name: 'bad', scan: () => Promise.reject(new Error('is away')) },
      ],
    });
    expect((await scanned.triage(Buffer.from('hello'), {})).findings[0]?.says).toBe('saw 5 bytes');
    expect(problems).toContain('bad: is away');
  });

  it('does not look into a file over the cap', async () => {
    await using small = openFileTriage({ limits: { ...LIMITS, fileBytes: 10 } });
    const report = await small.triage(Buffer.alloc(11), { name: 'a' });
    expect(report).toMatchObject({
      size: 11,
      findings: [{ rank: 'odd', says: expect.stringContaining('larger than') }],
    });
  });
});

describe('what a file would like', () => {
  const wild = openFileTriage({ entry: WILD, maxBytes: 400 * 1024 * 1024, limits: { ...LIMITS, timeMs: 1000 } });
  afterAll(() => wild.close());
  const outcome = async (deed: string): Promise<string> =>
    (await wild.triage(Buffer.from('x'), { name: deed })).findings[0]?.says ?? '';

  it.each(['net', 'net by name', 'fetch', 'write', 'read', 'spawn', 'thread'])('%s is refused', async (deed) => {
    expect(await outcome(deed)).toMatch(/^not looked into: refused: /);
  });

  it('it sees nothing of the environment', async () => {
    expect(await outcome('environment')).toBe('not looked into: refused: variables: ');
  });

  it.each([
    ['hang', /took over 4 s/],
    ['swell', /took too much memory|ended in the middle/],
    ['die', /ended in the middle/],
  ])('to %s costs one file its report, and the next is looked into', async (deed, why) => {
    expect(await outcome(deed)).toMatch(why);
    expect(await outcome('net')).toContain('refused');
  });
});
