import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaptureLine, MAX_LINE_BYTES, readCaptureFile } from './capture-file.ts';
import { decodeCaptureEntry, encodeCaptureEntry } from './entry.ts';

const GOOD = {
  v: 1,
  at: '2026-01-01T00:00:00Z',
  network: 'xmpp',
  decoy: 'dora@d.example',
  peer: { id: 'bot@x.example' },
  kind: 'message',
  text: 'Grüße 🐛',
};
const line = JSON.stringify(GOOD);

async function read(chunks: Iterable<Uint8Array>): Promise<CaptureLine[]> {
  const lines: CaptureLine[] = [];
  for await (const one of readCaptureFile(Readable.from(chunks))) lines.push(one);
  return lines;
}
const shape = (lines: readonly CaptureLine[]): unknown[] =>
  lines.map((one) => ('error' in one ? [one.line, one.error.code] : [one.line, one.capture.text]));

describe('a file of captures', () => {
  it('is read line by line, the last without an end too, blank lines left out', async () => {
    const lines = await read([Buffer.from(`${line}\r\n\n  \n${line}`)]);
    expect(shape(lines)).toEqual([
      [1, GOOD.text],
      [4, GOOD.text],
    ]);
    const [first] = lines;
    expect(first !== undefined && 'raw' in first && Buffer.from(first.raw).toString()).toBe(`${line}\r`);
  });

  it('is the same however it is cut into chunks, zipped or not', async () => {
    const whole = Buffer.from(`${line}\n{"v":2}\n${line}\n`);
    const expected = shape(await read([whole]));
    expect(expected).toEqual([
      [1, GOOD.text],
      [2, 'CAPTURE_INVALID'],
      [3, GOOD.text],
    ]);
    for (const bytes of [whole, gzipSync(whole)]) {
      expect(shape(await read(Array.from(bytes, (byte) => Uint8Array.of(byte))))).toEqual(expected);
    }
  });

  it.each<[string, Uint8Array]>([
    ['no JSON', Buffer.from('{')],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['no object', Buffer.from('[1]')],
    ['too long', Buffer.alloc(MAX_LINE_BYTES + 1, 0x20)],
    ['deeply nested', Buffer.from('['.repeat(100_000))],
    ['an escape that only looks like NUL', Buffer.from(JSON.stringify({ ...GOOD, v: 3, meta: { x: '\\u0000' } }))],
  ])('tells of a line that is %s and goes on', async (_, bad) => {
    const lines = await read([bad, Buffer.from(`\n${line}\n`)]);
    expect(shape(lines)).toEqual([
      [1, 'CAPTURE_INVALID'],
      [2, GOOD.text],
    ]);
  });

  it('takes a backslash that only looks like the escape of NUL', async () => {
    const [one] = await read([
      Buffer.from(JSON.stringify({ ...GOOD, meta: { x: '\\u0000 \\ud800', 'y\u0000': '\u0000' } })),
    ]);
    expect(one !== undefined && 'capture' in one && one.capture.meta).toEqual({
      x: '\\u0000 \\ud800',
      'y\ufffd': '\ufffd',
    });
  });

  it('tells of zipped bytes that break off', async () => {
    const zipped = gzipSync(`${line}\n`.repeat(1000));
    const lines = await read([zipped.subarray(0, zipped.length - 20)]);
    const last = lines.at(-1);
    expect(last !== undefined && 'error' in last && last.error.code).toBe('INPUT_INVALID');
  });

  it('never throws, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 }), async (chunks) => {
        for (const one of await read(chunks)) expect('error' in one).toBe(true);
      }),
    );
  });

  it('keeps the memory small on an endless line', async () => {
    function* endless(): Generator<Uint8Array> {
      for (let at = 0; at < 2000; at += 1) yield Buffer.alloc(64 * 1024, 0x61);
    }
    expect(shape(await read(endless()))).toEqual([[1, 'CAPTURE_INVALID']]);
  });
});

describe('a journal entry of a capture', () => {
  it('gives back capture and exact bytes, and refuses any cut of its head', async () => {
    const [first] = await read([Buffer.from(line)]);
    if (first === undefined || 'error' in first) throw new Error('no capture');
    const raw = Uint8Array.of(0, 255, 10, 13);
    const entry = encodeCaptureEntry(first.capture, raw);
    const decoded = decodeCaptureEntry(entry);
    expect(decoded.capture).toEqual(first.capture);
    expect(Uint8Array.from(decoded.raw)).toEqual(raw);
    for (let cut = 0; cut < entry.length - raw.length; cut += 1) {
      expect(() => decodeCaptureEntry(entry.subarray(0, cut))).toThrow(/journal entry|capture/);
    }
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(() => decodeCaptureEntry(bytes)).toThrow(expect.objectContaining({ code: 'CAPTURE_INVALID' }) as Error);
      }),
    );
  });
});
