import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_LINE, type Line, MAX_LINE_BYTES, takeLines } from './line.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (line: Line): string => new TextDecoder().decode(line.bytes);

function feed(chunks: readonly Uint8Array[]): readonly Line[] {
  let buffer = EMPTY_LINE;
  const all: Line[] = [];
  for (const chunk of chunks) {
    const { lines, rest } = takeLines(buffer, chunk);
    all.push(...lines);
    buffer = rest;
  }
  return all;
}

describe('IRC line framing', () => {
  test('a chunk of several lines gives each without CR LF, and empty lines are left out', () => {
    expect(feed([bytes('PING :a\r\n\r\n:x NOTICE y :z\nPART')]).map(text)).toEqual(['PING :a', ':x NOTICE y :z']);
  });

  test('a line fed a byte at a time is the same line, a split character included', () => {
    const line = bytes(':ä!b@c PRIVMSG d :grüße\r\nQUIT\r\n');
    expect(feed([...line].map((byte) => Uint8Array.of(byte)))).toEqual(feed([line]));
  });

  test('a line without end is said once, skipped to its end, and what follows is read', () => {
    const chunks = [
      bytes('A'.repeat(5000)),
      bytes('B'.repeat(5000)),
      bytes('C'.repeat(50_000)),
      bytes('\r\nPING x\r\n'),
    ];
    const lines = feed(chunks);
    expect(lines.map((line) => line.type)).toEqual(['overlong', 'line']);
    expect(lines[0]?.bytes.length).toBe(MAX_LINE_BYTES);
  });

  test('a gibibyte without a line feed keeps nothing', () => {
    let { rest } = takeLines(EMPTY_LINE, new Uint8Array(1 << 20));
    for (let at = 0; at < 1023; at += 1) ({ rest } = takeLines(rest, new Uint8Array(1 << 20)));
    expect(rest.kept.length).toBe(0);
  });

  test('any bytes in any pieces give lines that are never too long', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (chunks) => {
        for (const line of feed(chunks)) expect(line.bytes.length).toBeLessThanOrEqual(MAX_LINE_BYTES);
      }),
    );
  });
});
