import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentTypeOf, HEAD_BYTES, holdsMedia, isMediaName } from './file-content.ts';
import { FileInbox, MAX_FILE_BYTES, MAX_TRANSFER_MS, mayTakeFile } from './file-inbox.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** A zip's directory entry, as APPNOTE 4.3.12 writes it. */
function zipOf(name: string): Uint8Array {
  const entry = Buffer.alloc(46);
  entry.write('PK\x01\x02', 'latin1');
  entry.writeUInt16LE(name.length, 28);
  return Buffer.concat([latin('PK\x03\x04'), Buffer.alloc(40), entry, Buffer.from(name)]);
}

describe('a file is by its first bytes', () => {
  test.each([
    ['program', 'MZ\x90\0'],
    ['program', '\x7fELF\x02'],
    ['script', '@echo off\r\nstart a.exe\r\n'],
    ['script', 'BMW prices\r\n'],
    ['script', '\xff\xfeh\0i\0'],
    ['document', '%PDF-1.4\n\x80\x81'],
    ['document', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0'],
    ['archive', 'PK\x03\x04\0\0'],
    ['archive', `\x80\0\0\0\0\0\0**ACE**\0`],
    ['media', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['media', '\x89PNG\r\n\x1a\n'],
    ['media', 'GIF89a\x01\0'],
    ['media', 'BM\x36\0\0\0\0\0\0\0'],
    ['media', 'RIFF\0\0\0\0WEBP'],
    ['media', '\0\0\0\x18ftypmp42'],
    ['media', '\x1aE\xdf\xa3\x01'],
    ['media', '\xff\xfb\x90\0'],
    ['unknown', '\0\x01\x02\x03'],
    ['unknown', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['unknown', ''],
  ])('%s: %j', (type, bytes) => {
    expect(contentTypeOf(latin(bytes))).toBe(type);
  });

  test('names of pictures, sound and film, by their last ending', () => {
    for (const name of ['a.jpg', 'A.JPEG', 'b.mp4 ', 'c.gif..']) expect(isMediaName(name)).toBe(true);
    for (const name of ['a.jpg.scr', 'jpg', 'a.exe', '']) expect(isMediaName(name)).toBe(false);
  });

  test('an archive that names a picture', () => {
    expect(holdsMedia(zipOf('a/b.jpg'))).toBe(true);
    expect(holdsMedia(zipOf('a.jpg.exe'))).toBe(false);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof holdsMedia(bytes) === 'boolean'));
  });
});

describe('the inbox of a file', () => {
  test('keeps a program, a byte at a time, with its hash, and nothing beyond its size', () => {
    const content = latin(`MZ${'x'.repeat(5000)}`);
    const inbox = new FileInbox(content.length, NOW);
    for (const byte of content) inbox.take(Uint8Array.of(byte));
    inbox.take(latin('more'));
    expect(inbox.done).toBe(true);
    const { content: kept, file, meta } = inbox.finish({ name: 'a.exe', size: 1, type: 'x' });
    expect(kept).toEqual(content);
    expect(file).toEqual({ name: 'a.exe', type: 'x', size: content.length, sha256: hash('sha256', content, 'hex') });
    expect(meta).toEqual({});
  });

  test('lets go of a picture within its first 4 KiB, whatever it is called', () => {
    const inbox = new FileInbox(100_000, NOW);
    inbox.take(latin(`\xff\xd8\xff${'x'.repeat(HEAD_BYTES - 4)}`));
    expect(inbox.refused).toBe(false);
    inbox.take(latin('x'));
    expect(inbox.done).toBe(true);
    inbox.take(latin('x'.repeat(5000)));
    expect(inbox.finish({ name: 'a.exe', size: 100_000 })).toEqual({
      content: new Uint8Array(),
      file: { name: 'a.exe', size: 100_000 },
      meta: { refused: 'media' },
    });
  });

  test('lets go of a short picture, an archive of pictures, and the beginning of one that breaks off', () => {
    const refused = (bytes: Uint8Array, size = bytes.length): unknown => {
      const inbox = new FileInbox(size, NOW);
      inbox.take(bytes);
      return inbox.finish({}).meta;
    };
    expect(refused(latin('GIF89a'))).toEqual({ refused: 'media' });
    expect(refused(latin('GIF89a'), 9000)).toEqual({ refused: 'media' });
    expect(refused(zipOf('holiday.png'))).toEqual({ refused: 'archive of media' });
    expect(refused(latin('\0\0\0'))).toEqual({ refused: 'unknown' });
    expect(refused(latin('MZ'), 9000)).toEqual({ truncated: true });
  });

  test('stops at the cap, whatever the peer claims, and does not wait for ever', () => {
    const inbox = new FileInbox(Number.MAX_SAFE_INTEGER, NOW);
    const chunk = latin(`MZ${'x'.repeat(65_534)}`);
    for (let at = 0; at < 20; at += 1) inbox.take(chunk);
    expect(inbox.bytes).toBe(MAX_FILE_BYTES);
    expect(inbox.finish({}).content.length).toBe(MAX_FILE_BYTES);
    expect(inbox.isStale(new Date(NOW.getTime() + MAX_TRANSFER_MS))).toBe(false);
    expect(inbox.isStale(new Date(NOW.getTime() + MAX_TRANSFER_MS + 1))).toBe(true);
  });

  test('only offers of a size and of no media are taken up', () => {
    expect(mayTakeFile({ name: 'a.exe', size: 1 })).toBe(true);
    expect(mayTakeFile({ size: MAX_FILE_BYTES })).toBe(true);
    for (const file of [{ size: MAX_FILE_BYTES + 1 }, { size: 0 }, {}, { name: 'a.jpg', size: 1 }]) {
      expect(mayTakeFile(file)).toBe(false);
    }
  });
});
