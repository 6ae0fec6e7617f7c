import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJid } from './jid.ts';

describe('parseJid', () => {
  it.each([
    ['juliet@example.com', 'juliet@example.com'],
    ['Juliet@EXAMPLE.com./Balcony', 'juliet@example.com/Balcony'],
    ['foo\\20bar@example.com', 'foo\\20bar@example.com'],
    ['example.com', 'example.com'],
    ['fußball@example.com', 'fußball@example.com'],
    ['king@example.com/♚', 'king@example.com/♚'],
    ['a.example.com/b@example.net', 'a.example.com/b@example.net'],
    ['ann@[::1]', 'ann@[::1]'],
  ])('reads %s (RFC 7622 3.5)', (text, full) => {
    expect(parseJid(text)?.full).toBe(full);
  });

  it.each([
    '',
    '@example.com',
    'a@',
    'a b@example.com',
    '"juliet"@example.com',
    'a@@b',
    'foo@bar@baz',
    'a@b/',
    '@/r',
    'a@b\u0000c',
    'a@-b',
    'a@b..c',
    `${'x'.repeat(1024)}@b`,
  ])('refuses %j', (text) => {
    expect(parseJid(text)).toBeUndefined();
  });

  it('is total, and reads its own output as the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const jid = parseJid(text) ?? parseJid(`${text}@b.example/${text}`);
        if (jid !== undefined) expect(parseJid(jid.full)?.full).toBe(jid.full);
      }),
    );
  });
});
