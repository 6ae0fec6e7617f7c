// Source, text, CTCP and SASL: the small codecs.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCtcp } from './ctcp.ts';
import { encodePlain } from './sasl.ts';
import { channelOf, foldName, parseSource } from './source.ts';
import { decodeText, stripFormatting } from './text.ts';

describe('sources and names', () => {
  test.each([
    ['a!~b@c.test', { nick: 'a', user: '~b', host: 'c.test' }],
    ['irc.test', { nick: 'irc.test' }],
    ['a@c', { nick: 'a', host: 'c' }],
    ['a!b', { nick: 'a', user: 'b' }],
    ['a!b@c@d', { nick: 'a', user: 'b@c', host: 'd' }],
    ['a@b!c', { nick: 'a@b', user: 'c' }],
  ])('%s', (source, expected) => {
    expect(parseSource(source)).toEqual(expected);
  });

  test('names fold by RFC 1459', () => {
    expect(foldName('Dora[AWAY]\\~')).toBe('dora{away}|^');
  });

  test.each([
    ['#c', '#c'],
    ['@#c', '#c'],
    ['dora', undefined],
  ])('the channel of %s is %s', (target, channel) => {
    expect(channelOf(target)).toBe(channel);
  });
});

describe('formatting codes', () => {
  test('a link split by colours is whole again', () => {
    expect(stripFormatting('\x02se\x0304,01e\x03 http://\x1fx.exa\x0f\x0312mple/a.s\x04ff00ffcr\x16')).toBe(
      'see http://x.example/a.scr',
    );
  });

  test('a comma that belongs to the text stays', () => {
    expect(stripFormatting('\x034, then')).toBe(', then');
  });

  test('any bytes decode, and stripping leaves no code', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeText(bytes).text).toBeTypeOf('string');
        const codes = [2, 3, 4, 15, 17, 22, 29, 30, 31].map((code) => String.fromCharCode(code));
        const stripped = stripFormatting(decodeText(bytes).text);
        expect(codes.filter((code) => stripped.includes(code))).toEqual([]);
      }),
    );
  });
});

describe('CTCP', () => {
  test.each([
    ['\x01VERSION\x01', { command: 'VERSION', argument: '' }],
    ['\x01ping 12 34', { command: 'PING', argument: '12 34' }],
    ['\x01ACTION waves\x01 and more', { command: 'ACTION', argument: 'waves' }],
    ['\x01\x01', { command: '', argument: '' }],
    ['no \x01CTCP\x01', undefined],
  ])('%j', (text, expected) => {
    expect(parseCtcp(text)).toEqual(expected);
  });
});

describe('SASL PLAIN', () => {
  test('jilles:sesame is the vector of IRCv3 sasl', () => {
    expect(encodePlain('jilles', 'sesame')).toEqual(['amlsbGVzAGppbGxlcwBzZXNhbWU=']);
  });

  test('a response of exactly 400 characters is followed by a plus', () => {
    const pieces = encodePlain('a', 'b'.repeat(300 - 4));
    expect(pieces.map((piece) => piece.length)).toEqual([400, 1]);
    expect(pieces[1]).toBe('+');
  });
});
