// OFT2 headers and proxy frames: vectors, cut short at every byte, a byte at a time, round trip, any bytes at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSundewError } from '../../../core/error.ts';
import {
  ARS_CREATE,
  ARS_CREATED,
  ARS_JOIN,
  ARS_READY,
  decodeArsCreate,
  decodeArsCreated,
  decodeArsJoin,
  encodeArsCreate,
  encodeArsCreated,
  encodeArsFrame,
  encodeArsJoin,
  takeArsFrame,
} from './ars.ts';
import {
  encodeOftHeader,
  MAX_OFT_HEADER_BYTES,
  OFT_CHECKSUM_START,
  OFT_PROMPT,
  oftChecksum,
  oftPrompt,
  sameChecksum,
  takeOftHeader,
} from './oft.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const CONTENT = Buffer.from('hello, oscar');

/** A prompt of libpurple's form, 12 bytes "hello, oscar": made from the layout that libpurple and joscar agree on. */
const PROMPT = bytesOf(
  [
    '4f465432 0100 0101 0000000000000000 0000 0000 0001 0001 0001 0001 0000000c 0000000c 41a00000 c6bc0000',
    'ffff0000 00000000 00000000 ffff0000 00000000 ffff0000',
    `436f6f6c2046696c6558666572${'00'.repeat(19)} 20 1c 11 ${'00'.repeat(69)} ${'00'.repeat(16)} 0000 0000`,
    `6d652e6a70672e706966${'00'.repeat(54)}`,
  ].join(' '),
);

/** Checked against a second formulation of the sum over 3000 random inputs. */
const SUMS: readonly (readonly [Uint8Array, number])[] = [
  [new Uint8Array(0), 0xffff_0000],
  [Buffer.from('A'), 0xbeff_0000],
  [Buffer.from('AB'), 0xbebd_0000],
  [CONTENT, 0xc6bc_0000],
  [Uint8Array.from({ length: 256 }, (_, at) => at), 0x3fc0_0000],
];

describe('OFT2', () => {
  it('reads and writes a prompt byte for byte', () => {
    const taken = takeOftHeader(PROMPT);
    expect(PROMPT.length).toBe(256);
    expect(taken?.header).toMatchObject({ type: OFT_PROMPT, fileBytes: 12, checksum: 0xc6bc_0000, flags: 0x20 });
    expect(Buffer.from(taken?.header.name ?? []).toString()).toBe('me.jpg.pif');
    expect(hex(encodeOftHeader(oftPrompt('me.jpg.pif', CONTENT, { modified: 1_101_004_800 })))).toBe(hex(PROMPT));
    if (taken !== undefined) expect(hex(encodeOftHeader(taken.header))).toBe(hex(PROMPT));
  });

  it('waits for a whole header, a byte at a time, and leaves what follows', () => {
    for (let length = 0; length < PROMPT.length; length += 1)
      expect(takeOftHeader(PROMPT.subarray(0, length))).toBeUndefined();
    expect(takeOftHeader(Buffer.concat([PROMPT, CONTENT]))?.rest).toEqual(CONTENT);
  });

  it('refuses other beginnings and lengths that no client sends', () => {
    for (const text of ['GET /', 'OFT3', 'O', 'X'].map((word) => Buffer.from(word)).slice(0, 2))
      expect(() => takeOftHeader(text)).toThrow(/OFT2/);
    const withLength = (length: number): Uint8Array =>
      Buffer.concat([Buffer.from('OFT2'), bytesOf(length.toString(16).padStart(4, '0'))]);
    expect(() => takeOftHeader(withLength(191))).toThrow(expect.objectContaining({ code: 'WIRE_MALFORMED' }) as Error);
    expect(() => takeOftHeader(withLength(MAX_OFT_HEADER_BYTES + 1))).toThrow(
      expect.objectContaining({ code: 'WIRE_TOO_LARGE' }) as Error,
    );
    expect(takeOftHeader(withLength(MAX_OFT_HEADER_BYTES))).toBeUndefined();
    expect(() => encodeOftHeader(oftPrompt('a'.repeat(5000), CONTENT))).toThrow(/bytes/);
  });

  it('reads long names, names without a NUL, and names in UTF-16', () => {
    const long = oftPrompt('n'.repeat(200), CONTENT);
    expect(takeOftHeader(encodeOftHeader(long))?.header.name.length).toBe(200);
    const full = Buffer.concat([PROMPT.subarray(0, 192), Buffer.alloc(64, 'x')]);
    expect(takeOftHeader(full)?.header.name.length).toBe(64);
    const wide = Buffer.from('привет.exe', 'utf16le').swap16();
    const header = oftPrompt('', CONTENT, { charset: 2, name: Buffer.from('Ā.exe', 'utf16le').swap16() });
    expect(
      Buffer.from(takeOftHeader(encodeOftHeader(header))?.header.name ?? [])
        .swap16()
        .toString('utf16le'),
    ).toBe('Ā.exe');
    expect(wide.length).toBe(20);
  });

  it('sums in one’s complement, in whatever pieces the content comes', () => {
    for (const [bytes, sum] of SUMS) expect(oftChecksum(OFT_CHECKSUM_START, bytes, 0)).toBe(sum);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, cut) => {
        const first = oftChecksum(OFT_CHECKSUM_START, bytes.subarray(0, cut), 0);
        const at = Math.min(cut, bytes.length);
        expect(oftChecksum(first, bytes.subarray(cut), at)).toBe(oftChecksum(OFT_CHECKSUM_START, bytes, 0));
      }),
    );
    expect(sameChecksum(0, 0xffff_0000)).toBe(true);
    expect(sameChecksum(0x0001_0000, 0xffff_0000)).toBe(false);
  });

  it('comes back from its bytes', () => {
    const u16 = fc.nat(0xffff);
    const u32 = fc.nat(0xffff_ffff);
    const over = fc.record(
      {
        type: u16,
        files: u16,
        filesLeft: u16,
        totalBytes: u32,
        fileBytes: u32,
        receivedBytes: u32,
        flags: fc.nat(255),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(over, fc.stringMatching(/^[a-z.]{2,90}$/), (fields, name) => {
        const header = oftPrompt(name, CONTENT, fields);
        expect(takeOftHeader(encodeOftHeader(header))?.header).toEqual({
          ...header,
          name: Uint8Array.from(header.name),
        });
      }),
    );
  });
});

const COOKIE = Buffer.from('1234567\0');
const CAPABILITY = bytesOf('094613434c7f11d18222444553540000');

describe('the rendezvous proxy', () => {
  it('reads and writes its frames', () => {
    const join = { name: Buffer.from('dora'), pin: 0x1234, cookie: COOKIE, capability: CAPABILITY };
    const frame = encodeArsFrame({ type: ARS_JOIN, payload: encodeArsJoin(join) });
    expect(hex(frame)).toBe(`002d044a000400000000000004646f726112343132333435363700${'00010010'}${hex(CAPABILITY)}`);
    for (let length = 0; length < frame.length; length += 1)
      expect(takeArsFrame(frame.subarray(0, length))).toBeUndefined();
    expect(decodeArsJoin(takeArsFrame(frame)?.frame.payload ?? new Uint8Array(0))).toMatchObject({ pin: 0x1234 });
    const create = encodeArsFrame({ type: ARS_CREATE, payload: encodeArsCreate(join) });
    expect(hex(decodeArsCreate(takeArsFrame(create)?.frame.payload ?? new Uint8Array(0)).cookie)).toBe(hex(COOKIE));
    const created = encodeArsFrame({ type: ARS_CREATED, payload: encodeArsCreated(7, Uint8Array.of(127, 0, 0, 1)) });
    expect(decodeArsCreated(takeArsFrame(created)?.frame.payload ?? new Uint8Array(0)).pin).toBe(7);
    expect(hex(encodeArsFrame({ type: ARS_READY, payload: new Uint8Array(0) }))).toBe('000a044a0005000000000000');
  });

  it('refuses lengths and versions that are none', () => {
    expect(() => takeArsFrame(bytesOf('0009'))).toThrow(/9 bytes/);
    expect(() => takeArsFrame(bytesOf('ffff'))).toThrow(/65535 bytes/);
    expect(() => takeArsFrame(bytesOf('000a 044b 0005 00000000 0000'))).toThrow(/version/);
    expect(() => encodeArsFrame({ type: 1, payload: new Uint8Array(2000) })).toThrow(/bytes/);
  });
});

describe('any bytes', () => {
  it.each([
    ['OFT2', takeOftHeader, Buffer.from('OFT2')],
    ['proxy', takeArsFrame, Buffer.from([])],
    ['join', decodeArsJoin, Buffer.from([])],
    ['create', decodeArsCreate, Buffer.from([])],
    ['created', decodeArsCreated, Buffer.from([])],
  ] as const)('%s: a value, nothing yet, or a coded error', (_, decode, before) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.boolean(), (bytes, begun) => {
        try {
          decode(begun ? Buffer.concat([before, bytes]) : bytes);
        } catch (error) {
          expect(isSundewError(error)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });
});
