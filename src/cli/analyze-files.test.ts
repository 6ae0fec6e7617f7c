import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type AnalyzeInput, analyzeFiles } from './analyze-files.ts';

const lineOf = (at: number): string =>
  JSON.stringify({
    ...{ v: 1, native: `n${at}`, at: '2026-01-01T00:00:00Z', network: 'xmpp', decoy: 'd@decoys.example' },
    ...{ peer: { id: `p${at % 7}@x.example` }, kind: 'message' },
    text:
      at % 3 === 0 ? `hey look at http://pics${at % 5}.example/photo.jpg.scr ${at}` : `so, are we meeting at ${at}?`,
  });

function inputOf(name: string, lines: Iterable<string>): AnalyzeInput {
  return {
    name,
    open: () =>
      Readable.from(
        (function* () {
          for (const line of lines) yield Buffer.from(`${line}\n`);
        })(),
      ),
  };
}

async function run(inputs: readonly AnalyzeInput[], workers: number) {
  const [out, err]: [string[], string[]] = [[], []];
  const refused = await analyzeFiles(
    inputs,
    { out: async (line) => void out.push(line), err: (line) => void err.push(line) },
    { workers },
  );
  return { out, err, refused };
}

describe('sundew analyze', () => {
  it('writes the same verdicts in input order with no worker, one, three and eight', async () => {
    const lines = Array.from({ length: 1500 }, (_value, at) => lineOf(at));
    const alone = await run([inputOf('a', lines)], 0);
    expect(alone.out).toHaveLength(1500);
    expect(await run([inputOf('a', lines)], 1)).toEqual(alone);
    expect(await run([inputOf('a', lines)], 3)).toEqual(alone);
    expect(await run([inputOf('a', lines)], 8)).toEqual(alone);
  });

  it('goes on over files, tells each bad line by file and number, and leaves the order alone', async () => {
    const { out, err, refused } = await run(
      [inputOf('one', [lineOf(1), '{"v":1', lineOf(2)]), inputOf('two', ['', 'x'])],
      0,
    );
    expect(out.map((line) => (JSON.parse(line) as { v: number }).v)).toEqual([1, 1]);
    expect(err).toEqual([expect.stringMatching(/^one: line 2: /), expect.stringMatching(/^two: line 2: /)]);
    expect(refused).toBe(2);
  });

  it('reads no further ahead than a few batches while the reader waits', async () => {
    let read = 0;
    function* endless(): Generator<string> {
      for (; read < 100_000; read++) yield lineOf(read);
    }
    const [asked, never] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const out = async (): Promise<void> => {
      asked.resolve();
      await never.promise;
    };
    const failed = expect(
      analyzeFiles([inputOf('pipe', endless())], { out, err: () => undefined }, { workers: 1 }),
    ).rejects.toThrow('the reader went away');
    await asked.promise;
    for (let turn = 0; turn < 500; turn++) await setImmediate();
    expect(read).toBeLessThan(5000);
    never.reject(new Error('the reader went away'));
    await failed;
  });
});
