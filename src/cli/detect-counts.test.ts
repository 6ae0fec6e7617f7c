import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSundewError } from '../core/error.ts';
import { parseCountLine } from './count-lines.ts';
import { detectCounts } from './detect-counts.ts';

async function detect(text: string): Promise<{ lines: Record<string, unknown>[]; errors: string[]; refused: number }> {
  const [lines, errors]: [Record<string, unknown>[], string[]] = [[], []];
  const output = {
    out: async (line: string): Promise<void> => void lines.push(JSON.parse(line) as Record<string, unknown>),
    err: (line: string): void => void errors.push(line),
  };
  const input = { name: 'counts.csv', open: () => Readable.from([text]) };
  const refused = await detectCounts(input, output, { falseAlarms: 0.01, season: undefined });
  return { lines, errors, refused };
}

const weeks = (counts: readonly number[]): string =>
  counts.map((count, at) => `a,${new Date(Date.UTC(2026, 0, 5) + at * 604_800_000).toISOString()},${count}`).join('\n');

describe('sundew detect', () => {
  it('writes one line a point in the order of the input, and an alarm where counts jump', async () => {
    const { lines, refused } = await detect(`series,at,count\n${weeks([...new Array(60).fill(5), 60])}\n`);
    expect(refused).toBe(0);
    expect(lines).toHaveLength(61);
    expect(Object.keys(lines[0] ?? {})).toEqual(['series', 'at', 'count', 'expected', 'upper', 'p', 'alarm']);
    expect(lines[0]).toMatchObject({ series: 'a', at: '2026-01-05T00:00:00.000Z', p: null, alarm: false });
    expect(lines.slice(0, 60).some(({ alarm }) => alarm === true)).toBe(false);
    expect(lines[60]).toMatchObject({ count: 60, alarm: true });
  });

  it('takes many series in turns, numbered steps and names in quotes', async () => {
    const rows = Array.from({ length: 20 }, (_value, at) => `"x, y",${at},4\nb,${at},0\n`).join('');
    const { lines, errors } = await detect(rows);
    expect(errors).toEqual([]);
    expect(lines.map(({ series }) => series).slice(0, 3)).toEqual(['x, y', 'b', 'x, y']);
    expect(lines[2]?.at).toBe(1);
  });

  it.each([
    ['a,1,x', 'line 3: count "x" is not a whole number'],
    ['a,2', 'line 3: 2 fields instead of three'],
    ['a,soon,2', 'line 3: at "soon" is neither a number nor a time'],
    ['a,2026-01-05T00:00:00Z,2', 'line 3: at 2026-01-05T00:00:00Z is a time where the lines before have the other'],
    ['a,1,2', 'line 3: at 1 of series a is not after the one before'],
    ['a,2.5,2', 'line 3: at 2.5 of series a is 1.500 steps on'],
    ['a,5,2', 'line 3: 3 steps of series a are missing before 5'],
    ['"a,2,2', 'line 3: a quote is not closed'],
    [',2,2', 'line 3: the name of the series is empty'],
  ])('says what is wrong with %s', async (line, message) => {
    const { errors, refused } = await detect(`a,0,1\na,1,1\n${line}\n`);
    expect(refused).toBe(1);
    expect(errors[0]).toContain(`counts.csv, ${message}`);
  });

  it('gives up after a hundred wrong lines', async () => {
    await expect(detect('x\n'.repeat(200))).rejects.toThrow('100 wrong lines');
  });

  it('reads any line or says why not', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (line) => {
        try {
          expect(Number.isSafeInteger(parseCountLine(line).count)).toBe(true);
        } catch (error) {
          expect(isSundewError(error, 'INPUT_INVALID')).toBe(true);
        }
      }),
    );
  });
});
