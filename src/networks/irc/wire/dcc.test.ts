// The vectors of docs/networks/irc.md: how historic clients and worms wrote their offers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DccOffer, parseDcc } from './dcc.ts';

const send = (name: string, host: string, port: number, size?: number, token?: string, type = 'SEND'): DccOffer => ({
  kind: 'send',
  type,
  name,
  host,
  port,
  ...(size === undefined ? {} : { size }),
  ...(token === undefined ? {} : { token }),
});
const bad = (reason: string, type = 'SEND'): DccOffer => ({ kind: 'malformed', type, reason });

describe('DCC offers', () => {
  const vectors: readonly (readonly [string, string, DccOffer])[] = [
    ['quoted name', 'SEND "my pics.scr" 3232235777 4000 61440', send('my pics.scr', '192.168.1.1', 4000, 61440)],
    [
      'unquoted name with blanks',
      'SEND my pics.scr 3232235777 4000 61440',
      send('my pics.scr', '192.168.1.1', 4000, 61440),
    ],
    ['IPv6', 'SEND movie.exe 2001:db8::5 4001 61440', send('movie.exe', '2001:db8::5', 4001, 61440)],
    ['passive', 'SEND passive.exe 3232235777 0 61440 77', send('passive.exe', '192.168.1.1', 0, 61440, '77')],
    ['escaped quote', 'SEND "a \\"b\\".exe" 3232235777 4000 1', send('a "b".exe', '192.168.1.1', 4000, 1)],
    ['quote without end', 'SEND "my pics.scr 3232235777 4000 5', send('"my pics.scr', '192.168.1.1', 4000, 5)],
    ['missing size', 'SEND a.exe 3232235777 4000', send('a.exe', '192.168.1.1', 4000)],
    ['missing size, blanks', 'SEND a b.exe 3232235777 4000', send('a b.exe', '192.168.1.1', 4000)],
    ['trailing token', 'SEND a.exe 3232235777 4000 5 T', send('a.exe', '192.168.1.1', 4000, 5, 'T')],
    ['number in the name', 'SEND track 5 3232235777 4000 9', send('track 5', '192.168.1.1', 4000, 9)],
    ['date in the name', 'SEND pics 20040315 3232235777 4000 9', send('pics 20040315', '192.168.1.1', 4000, 9)],
    ['dotted quad', 'SEND a.exe 192.0.2.7 4000 9', send('a.exe', '192.0.2.7', 4000, 9)],
    ['negative integer', 'SEND a.exe -1062731519 4000 9', send('a.exe', '192.168.1.1', 4000, 9)],
    ['highest integer', 'SEND a.exe 4294967295 4000 9', send('a.exe', '255.255.255.255', 4000, 9)],
    ['zero address', 'SEND a.exe 0 4000 9', send('a.exe', '0.0.0.0', 4000, 9)],
    ['secure', 'SSEND a.exe 3232235777 4000 9', send('a.exe', '192.168.1.1', 4000, 9, undefined, 'SSEND')],
    ['XMIT', 'XMIT clear 3232235777 4000 a.exe 9', send('a.exe', '192.168.1.1', 4000, 9, undefined, 'XMIT')],
    ['path as name', 'SEND ..\\..\\con.exe 3232235777 4000 9', send('..\\..\\con.exe', '192.168.1.1', 4000, 9)],
    ['integer out of range', 'SEND a.exe 4294967296 4000 9', bad('address out of range')],
    ['integer out of range, quoted', 'SEND "a.exe" 4294967296 4000 9', bad('address out of range')],
    ['negative out of range', 'SEND a.exe -2147483649 4000 9', bad('address out of range')],
    ['octet out of range', 'SEND a.exe 192.0.2.256 4000 9', bad('address out of range')],
    ['IPv6 that is none', 'SEND a.exe 2001:db8:::5 4000 9', bad('address out of range')],
    ['port out of range', 'SEND a.exe 3232235777 70000 9', bad('port out of range')],
    ['negative size', 'SEND a.exe 3232235777 4000 -1', bad('size out of range')],
    ['size out of range', 'SEND a.exe 3232235777 4000 99999999999999999', bad('size out of range')],
    ['router killer', 'SEND startkeylogger', bad('no address and port')],
    ['nothing', 'SEND', bad('no address and port')],
    [
      'chat',
      'CHAT chat 3232235777 4002',
      { kind: 'chat', type: 'CHAT', protocol: 'chat', host: '192.168.1.1', port: 4002 },
    ],
    ['chat out of range', 'CHAT chat 4294967296 4002', bad('address out of range', 'CHAT')],
    ['chat without port', 'CHAT chat 3232235777', bad('port out of range', 'CHAT')],
    [
      'resume',
      'RESUME "my pics.scr" 4000 1024',
      { kind: 'resume', type: 'RESUME', name: 'my pics.scr', port: 4000, position: 1024 },
    ],
    [
      'passive resume, unquoted',
      'RESUME my pics.scr 0 1024 77',
      { kind: 'resume', type: 'RESUME', name: 'my pics.scr', port: 0, position: 1024, token: '77' },
    ],
    ['accept', 'accept file.ext 4000 0', { kind: 'resume', type: 'ACCEPT', name: 'file.ext', port: 4000, position: 0 }],
    ['resume without position', 'RESUME file.ext', bad('port out of range', 'RESUME')],
    ['another type', 'VOICE 8000 3232235777 4000', { kind: 'other', type: 'VOICE', argument: '8000 3232235777 4000' }],
    ['no type', '   ', bad('no DCC type', '')],
  ];
  for (const [name, argument, expected] of vectors) {
    test(name, () => {
      expect(parseDcc(argument)).toEqual(expected);
    });
  }

  test('cut short at every character, an offer is read or malformed', () => {
    const whole = 'SEND "my \\"pics\\".scr" -1062731519 4000 61440 77';
    for (let end = 0; end <= whole.length; end += 1) expect(parseDcc(whole.slice(0, end)).kind).toBeTypeOf('string');
  });

  test('any text is read or malformed, and never gives a port or address out of range', () => {
    const word = fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom('SEND', '"', '\\"', 'CHAT', '::1'));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const offer = parseDcc(words.join(' '));
        if (offer.kind === 'send' || offer.kind === 'chat') {
          expect(offer.port).toBeLessThanOrEqual(65535);
          expect(offer.host).toMatch(/^[0-9a-f:.]+$/);
        }
      }),
    );
  });

  test('any quoted name comes back as it was', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9 ._"-]{1,40}$/);
    fc.assert(
      fc.property(name, fc.nat(0xffff), fc.nat(), (given, port, size) => {
        const quoted = `"${given.replaceAll('"', '\\"')}"`;
        expect(parseDcc(`SEND ${quoted} 3221225985 ${port} ${size}`)).toEqual(send(given, '192.0.2.1', port, size));
      }),
    );
  });

  test('a long hostile argument takes no noticeable time', () => {
    const start = performance.now();
    parseDcc(`SEND ${'"\\'.repeat(4000)}`);
    parseDcc(`SEND ${'1 '.repeat(4000)}`);
    parseDcc(`SEND ${':'.repeat(8000)} 1 1`);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
