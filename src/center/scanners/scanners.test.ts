import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClamd, parseReply } from './clamd.ts';
import { parseMatches } from './yara-command.ts';

describe('clamd', () => {
  let dir: string;
  let path: string;
  let server: Server;
  let answer: (bytes: Buffer) => string;

  // Speaks INSTREAM as clamd(8) tells it.
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-clamd-'));
    path = join(dir, 'clamd.ctl');
    server = createServer((socket) => {
      let got = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (more) => {
        got = Buffer.concat([got, more]);
        const content = contentOf(got);
        if (content !== undefined) socket.end(answer(content));
      });
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(dir, { recursive: true, force: true });
  });

  function contentOf(stream: Buffer): Buffer | undefined {
    const parts: Buffer[] = [];
    for (let at = 'zINSTREAM\0'.length; at + 4 <= stream.length; ) {
      const length = stream.readUInt32BE(at);
      if (length === 0) return Buffer.concat(parts);
      parts.push(stream.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
    return undefined;
  }

  it('is shown the bytes, in pieces, and asked for a name', async () => {
    const bytes = Buffer.alloc(200_000, 'ab');
    let seen: Buffer | undefined;
    answer = (content) => {
      seen = content;
      return 'stream: Win.Worm.Bropia-7 FOUND\0';
    };
    expect(await openClamd(path).scan(bytes, AbortSignal.timeout(10_000))).toEqual([
      { rank: 'sure', class: 'malware', says: 'ClamAV knows it as Win.Worm.Bropia-7' },
    ]);
    expect(seen?.equals(bytes)).toBe(true);
    answer = () => 'stream: OK\0';
    expect(await openClamd(path).scan(bytes, AbortSignal.timeout(10_000))).toEqual([]);
  });

  it('that does not answer in time is given up', async () => {
    answer = () => {
      throw new Error('never called: the stream is cut short');
    };
    const silent = createServer((socket) => socket.on('error', () => undefined));
    const at = join(dir, 'silent.ctl');
    await new Promise<void>((resolve) => silent.listen(at, resolve));
    await expect(openClamd(at).scan(Buffer.from('x'), AbortSignal.timeout(50))).rejects.toMatchObject({
      code: 'ANALYSIS_FAILED',
    });
    silent.close();
  });

  it.each([
    ['stream: Eicar-Test-Signature FOUND\0', 'sure'],
    ['stream: PUA.Win.Packer.Upx FOUND\0', 'odd'],
  ])('%j', (reply, rank) => {
    expect(parseReply(reply)[0]?.rank).toBe(rank);
  });

  it.each(['', 'INSTREAM size limit exceeded. ERROR\0', 'nonsense'])('%j is a failure', (reply) => {
    expect(() => parseReply(reply)).toThrow(/it answered/);
  });
});

it('matches of the command yara are read with their metadata', () => {
  expect(
    parseMatches('Bropia [description="traits of \\"it\\"",class="worm",rank="sure"] /tmp/x\nother [] /tmp/x\n\n'),
  ).toEqual([
    { rank: 'sure', class: 'worm', says: expect.stringContaining('rule Bropia: traits of') },
    { rank: 'bad', says: 'rule other: no description' },
  ]);
});
