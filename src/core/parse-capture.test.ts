import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSundewError } from './error.ts';
import { MAX_TEXT, parseCapture } from './parse-capture.ts';

const minimal = {
  v: 1,
  at: '2026-01-31T12:00:00Z',
  network: 'xmpp',
  decoy: 'dora@decoys.example',
  peer: { id: 'bot@x.example' },
  kind: 'message',
};
const parse = (value: unknown) => parseCapture(value, { sensor: 'edge-1' });

describe('parseCapture', () => {
  test('takes the least that is required and fills in the rest', () => {
    const capture = parse(minimal);
    expect(capture).toMatchObject({
      v: 1,
      at: '2026-01-31T12:00:00.000Z',
      sensor: 'edge-1',
      simulated: false,
      meta: {},
    });
    expect(capture.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('makes the same id of the same capture, whatever the order of its keys', () => {
    expect(parse({ ...minimal, text: 'a' }).id).toBe(parse({ text: 'a', ...minimal }).id);
    expect(parse({ ...minimal, text: 'a' }).id).not.toBe(parse({ ...minimal, text: 'b' }).id);
  });

  test('makes the id of (network, decoy, native) when the network has one, so that a redelivery at another time is the same', () => {
    const first = parse({ ...minimal, native: 's-1' });
    expect(parse({ ...minimal, native: 's-1', at: '2026-02-01T00:00:00Z' }).id).toBe(first.id);
    expect(parse({ ...minimal, native: 's-1', decoy: 'other@decoys.example' }).id).not.toBe(first.id);
  });

  test('keeps unknown keys in meta', () => {
    expect(parse({ ...minimal, colour: 'red', meta: { a: 1 } }).meta).toEqual({ a: 1, colour: 'red' });
  });

  test('cuts a text that is too long and says so', () => {
    const capture = parse({ ...minimal, text: 'x'.repeat(MAX_TEXT + 5) });
    expect(capture.text).toHaveLength(MAX_TEXT);
    expect(capture.meta).toEqual({ cut: ['text'] });
  });

  test('replaces what no database and no wire can carry', () => {
    expect(parse({ ...minimal, text: 'a\u0000b\ud800c', meta: { k: 'x\u0000\udfff' } })).toMatchObject({
      text: 'a\ufffdb\ufffdc',
      meta: { k: 'x\ufffd\ufffd' },
    });
  });

  test.each([
    [null, 'capture must be a JSON object'],
    [{ ...minimal, v: 2 }, 'v must be 1'],
    [{ ...minimal, network: 'smoke' }, 'network must be'],
    [{ ...minimal, kind: 'shout' }, 'kind must be one of message'],
    [{ ...minimal, at: 'yesterday' }, 'at must be an RFC 3339 time'],
    [{ ...minimal, at: '2026-13-41T00:00:00Z' }, 'at is not a time'],
    [{ ...minimal, decoy: '' }, 'decoy must be text'],
    [{ ...minimal, peer: {} }, 'peer.id must be text'],
    [{ ...minimal, peer: { id: 'x', verifiedBy: 'me' } }, 'peer.verifiedBy must be one of'],
    [{ ...minimal, id: 'nope' }, 'id must be a lower-case UUID'],
    [{ ...minimal, file: { size: -1 } }, 'file.size must be a whole number'],
    [{ ...minimal, file: { sha256: 'zz' } }, 'file.sha256 must be 64'],
    [{ ...minimal, text: 5 }, 'text must be text'],
    [{ ...minimal, simulated: 'yes' }, 'simulated must be true or false'],
  ])('refuses %j with a sentence that names the key', (value, sentence) => {
    expect(() => parse(value)).toThrow(sentence);
  });

  test('any JSON is a capture or a CAPTURE_INVALID, and a capture reads back as itself', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.jsonValue().map((meta) => ({ ...minimal, meta })),
          fc.string().map((text) => ({ ...minimal, text })),
        ),
        (value) => {
          try {
            const capture = parse(value);
            expect(parse(JSON.parse(JSON.stringify(capture)))).toEqual(capture);
          } catch (error) {
            expect(isSundewError(error, 'CAPTURE_INVALID'), String(error)).toBe(true);
          }
        },
      ),
    );
  });
});
