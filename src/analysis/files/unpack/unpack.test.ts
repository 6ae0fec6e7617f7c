import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget, LIMITS } from '../budget.ts';
import { headlessZipOf, isoOf, nestedGzip, overlappingZip, rarOf, tarOf, zipOf } from '../testing/archives.ts';
import { typeNamed } from '../type-table.ts';
import type { Unpacked } from './member.ts';
import { unpack } from './unpack.ts';

const MIB = 1024 * 1024;
const FILES = [
  { name: 'a.txt', content: Buffer.from('hello there') },
  { name: 'b/c.exe', content: Buffer.from('MZ and more of it') },
];

async function open(mime: string, bytes: Uint8Array, limits = LIMITS): Promise<Unpacked> {
  const unpacked = await unpack(bytes, typeNamed(mime), new Budget(limits, () => performance.now()));
  return unpacked ?? { members: [], findings: [], unopened: ['no archive'] };
}
const says = ({ findings }: Unpacked): string => findings.map((finding) => finding.says).join('; ');

const KINDS = {
  'application/zip': zipOf(FILES),
  'application/x-tar': tarOf(FILES),
  'application/x-rar': rarOf(FILES),
  'application/x-iso9660-image': isoOf(FILES.map(({ content }, at) => ({ name: `F${at}.EXE`, content }))),
} as const;

describe('archives', () => {
  it.each(Object.entries(KINDS))('%s gives what was put into it', async (mime, bytes) => {
    const { members, findings } = await open(mime, bytes);
    expect(members.map(({ content }) => Buffer.from(content ?? []).toString())).toEqual([
      'hello there',
      'MZ and more of it',
    ]);
    if (!mime.includes('iso')) expect(members.map(({ name }) => name)).toEqual(['a.txt', 'b/c.exe']);
    expect(findings).toEqual([]);
  });

  it.each(Object.entries(KINDS))('%s cut short at any length gives part of it or says so', async (mime, bytes) => {
    const step = Math.max(1, Math.floor(bytes.length / 400));
    for (let length = 0; length < bytes.length; length += step) await open(mime, bytes.subarray(0, length));
  });

  it.each(Object.entries(KINDS))('%s with bytes changed is taken all the same', async (mime, bytes) => {
    const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(changes, async (places) => {
        const changed = Buffer.from(bytes);
        for (const [at, value] of places) changed[at] = value;
        expect((await open(mime, changed)).members.length).toBeLessThanOrEqual(LIMITS.entries);
      }),
      { numRuns: 300 },
    );
  });

  it('a zip file without directory, behind other data, or with other data behind it is opened', async () => {
    const whole = zipOf(FILES);
    for (const zip of [
      headlessZipOf(FILES),
      Buffer.concat([Buffer.from('stub'.repeat(100)), whole]),
      Buffer.concat([whole, Buffer.from('more'.repeat(50_000))]),
    ]) {
      expect((await open('application/zip', zip)).members.map(({ name }) => name)).toEqual(['a.txt', 'b/c.exe']);
    }
  });

  it('zip64 sizes are read where they stand', async () => {
    const zip = zipOf(FILES.map((file) => ({ ...file, zip64: true })));
    expect((await open('application/zip', zip)).members.map(({ content }) => content?.length)).toEqual([11, 17]);
  });

  it('encrypted entries are told and not opened', async () => {
    const zip = zipOf([{ name: 'a.exe', content: Buffer.from('secret'), encrypted: true }]);
    expect((await open('application/zip', zip)).members).toEqual([
      { name: 'a.exe', encrypted: true, unopened: 'encrypted' },
    ]);
  });
});

describe('bombs', () => {
  it('entries that share bytes are not opened', async () => {
    const { members, ...rest } = await open('application/zip', overlappingZip(200, 8 * MIB));
    expect(members.every(({ content }) => content === undefined)).toBe(true);
    expect(says({ members, ...rest })).toContain('share the same bytes');
  });

  it('what its header says of its size counts for nothing', async () => {
    const liar = zipOf([{ name: 'a', content: Buffer.alloc(80 * MIB), claimedBytes: 10 }]);
    const opened = await open('application/zip', liar);
    expect(opened.members[0]?.content).toBeUndefined();
    expect(says(opened)).toContain('unpacks to far more');
    const boaster = zipOf([{ name: 'a', content: Buffer.from('small'), claimedBytes: 2 ** 50, zip64: true }]);
    expect(Buffer.from((await open('application/zip', boaster)).members[0]?.content ?? []).toString()).toBe('small');
  });

  it('a gzip file of 300 MiB of zeros is not unpacked', async () => {
    expect(says(await open('application/gzip', gzipSync(Buffer.alloc(300 * MIB), { level: 1 })))).toContain(
      'unpacks to far more',
    );
  });

  it('all entries together stay under the cap', async () => {
    const many = zipOf(Array.from({ length: 40 }, (_value, at) => ({ name: `${at}`, content: Buffer.alloc(MIB, at) })));
    const opened = await open('application/zip', many, { ...LIMITS, totalBytes: 8 * MIB });
    const bytes = opened.members.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
    expect(bytes).toBeLessThanOrEqual(8 * MIB);
    expect(says(opened)).toContain('unpacks to far more');
  });

  it('more entries than the cap are not looked at', async () => {
    const many = zipOf(
      Array.from({ length: 20_000 }, (_value, at) => ({ name: `${at}`, content: Buffer.from('x'), stored: true })),
    );
    const opened = await open('application/zip', many);
    expect(opened.members.length).toBeLessThanOrEqual(LIMITS.entries);
    expect(says(opened)).toContain('more entries than');
  });

  it('a tar file may claim any size', async () => {
    for (const claimed of ['77777777777\0', `\x80${'\0'.repeat(3)}\x7f${'\xff'.repeat(7)}`]) {
      const opened = await open(
        'application/x-tar',
        tarOf([{ name: 'big', content: Buffer.from('x'), claimed, kind: 'S' }]),
      );
      expect(opened.members.length).toBeLessThanOrEqual(1);
      expect(says(opened)).toContain('damaged');
    }
  });

  it('one level is opened at a time', async () => {
    expect((await open('application/gzip', nestedGzip(30, Buffer.from('x')))).members).toHaveLength(1);
  });
});
