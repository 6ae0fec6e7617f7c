import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSundewError } from '../../../core/error.ts';
import { decodeMessage, encodeMessage } from './message.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const decode = (text: string): ReturnType<typeof decodeMessage> => decodeMessage(bytes(text));

describe('IRC messages', () => {
  // RFC 2812 2.3.1 and IRCv3 message-tags.
  const vectors = [
    { line: 'PING :irc.test', source: undefined, command: 'PING', params: ['irc.test'] },
    { line: ':a!b@c PRIVMSG d :hi  there :)', source: 'a!b@c', command: 'PRIVMSG', params: ['d', 'hi  there :)'] },
    { line: ':irc.test 001 dora :Welcome', source: 'irc.test', command: '001', params: ['dora', 'Welcome'] },
    { line: ':a  mode   #c  +o  b ', source: 'a', command: 'MODE', params: ['#c', '+o', 'b'] },
    { line: ':a TOPIC #c :', source: 'a', command: 'TOPIC', params: ['#c', ''] },
  ];
  for (const { line, source, command, params } of vectors) {
    test(`reads ${line}`, () => {
      expect(decode(line)).toMatchObject({ command, params });
      expect(decode(line).source).toBe(source);
    });
  }

  test('tags are unescaped: semicolon, blank, backslash, CR, LF; unknown escapes and a last backslash', () => {
    const { tags, command } = decode('@a=1\\:2\\s3\\\\4\\r\\n;+b;c=x\\q\\;d= PING');
    expect([...tags]).toEqual([
      ['a', '1;2 3\\4\r\n'],
      ['+b', ''],
      ['c', 'xq'],
      ['d', ''],
    ]);
    expect(command).toBe('PING');
  });

  test('text that is no UTF-8 is windows-1252 and says so', () => {
    expect(decode(':a PRIVMSG b :caf\xe9 \x80')).toMatchObject({ params: ['b', 'café €'], fallback: true });
    expect(decodeMessage(Buffer.from(':a PRIVMSG b :café €'))).toMatchObject({ fallback: false });
  });

  test.each([
    ['', 'WIRE_MALFORMED'],
    [':only-a-source', 'WIRE_MALFORMED'],
    [':a 12 b', 'WIRE_MALFORMED'],
    [':a PRIV\0MSG b', 'WIRE_MALFORMED'],
    [`:${'x'.repeat(600)} PRIVMSG a :b`, 'WIRE_TOO_LARGE'],
    [`@${'x'.repeat(8500)} PING`, 'WIRE_TOO_LARGE'],
    [`PING ${'x '.repeat(40)}`, 'WIRE_TOO_LARGE'],
  ])('refuses %j', (line, code) => {
    expect(() => decode(line)).toThrow(expect.objectContaining({ code }));
  });

  test('cut short at every byte, a line is read or refused with a code', () => {
    const line = bytes('@time=2026-01-01T00:00:00Z :a!b@c PRIVMSG #d :caf\xc3\xa9');
    for (let end = 0; end <= line.length; end += 1) expectTotal(line.subarray(0, end));
  });

  test('any bytes are read or refused with a code', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), expectTotal));
  });

  test('what is written reads the same', () => {
    const word = fc.stringMatching(/^[A-Za-z#][A-Za-z0-9:]{0,20}$/);
    const last = fc.string({ maxLength: 60 }).filter((text) => !/[\0\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), last, (words, trailing) => {
        const params = [...words, trailing];
        const line = encodeMessage({ command: 'NOTICE', params });
        expect(decodeMessage(line.subarray(0, -2)).params).toEqual(params.map((param) => param.toWellFormed()));
      }),
    );
  });

  test.each([[['a', 'b\r\nQUIT']], [['a\0']], [['two words', 'b']], [['', 'b']], [[':a', 'b']], [['x'.repeat(600)]]])(
    'does not write %j, which would be another command or too long',
    (params) => {
      expect(() => encodeMessage({ command: 'JOIN', params })).toThrow(
        expect.objectContaining({ name: 'SundewError' }),
      );
    },
  );
});

function expectTotal(line: Uint8Array): void {
  try {
    decodeMessage(line);
  } catch (error) {
    expect(isSundewError(error)).toBe(true);
  }
}
