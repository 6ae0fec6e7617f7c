import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerWithCrumb, crumbUrl, readCrumb, readToken, tokenUrl } from './token-login.ts';

const BASE = new URL('https://login.test/config/');
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('the token login', () => {
  test('answers a challenge as the reference vector does', () => {
    expect(answerWithCrumb('abcCrumb123', 'XYZ.challenge_seed--')).toBe('ZlYsOxOBsEY77qA9hlSTtQ--');
  });

  test('asks as clients of versions 15 and 16 do, with every character escaped', () => {
    const request = { user: 'dora', password: "p&=# %+'ü", challenge: 'a.b_c--' };
    expect(tokenUrl(BASE, request).href).toBe(
      'https://login.test/config/pwtoken_get?src=ymsgr&ts=&login=dora&passwd=p%26%3D%23%20%25%2B%27%C3%BC&chal=a.b_c--',
    );
    expect(tokenUrl(BASE, request).searchParams.get('passwd')).toBe(request.password);
    expect(crumbUrl(BASE, 'a/b+c').href).toBe('https://login.test/config/pwtoken_login?src=ymsgr&ts=&token=a%2Fb%2Bc');
  });

  // Replies as the comments and parsers of libyahoo2, libpurple and OpenYMSG describe them.
  test.each<[string, string, unknown]>([
    ['a token', '0\r\nymsgr=AbC.d_e-\r\npartnerid=x\r\n', { value: 'AbC.d_e-' }],
    ['line ends of Unix', '0\nymsgr=t\n', { value: 't' }],
    ['an empty line first', '\r\n0\r\nymsgr=t\r\n', { value: 't' }],
    ['a wrong password', '1212\r\n', { refused: 1212 }],
    ['an unknown name', '1235', { refused: 1235 }],
    ['success without a token', '0\r\n', { refused: undefined }],
    ['a web page', '<html>0\r\nymsgr=t', { refused: undefined }],
    ['nothing', '', { refused: undefined }],
    ['a token with a separator in it', '0\r\nymsgr=a\xc0\x80b', { refused: undefined }],
    ['a token over the limit', `0\r\nymsgr=${'a'.repeat(2049)}`, { refused: undefined }],
  ])('reads %s', (_, text, reply) => {
    expect(readToken(bytes(text))).toEqual(reply);
  });

  test.each<[string, string, unknown]>([
    [
      'crumb and cookies in any order',
      '0\r\ncrumb=c.r-\r\nT=z=1; path=/; domain=.test\r\nY=v=1&n=2; path=/\r\ncookievalidfor=86400\r\n',
      { value: { crumb: 'c.r-', y: 'v=1&n=2; path=/', t: 'z=1; path=/; domain=.test' } },
    ],
    ['a demand for a second factor', '100\r\n', { refused: 100 }],
    ['a crumb without cookies', '0\r\ncrumb=c\r\n', { refused: undefined }],
  ])('reads %s', (_, text, reply) => {
    expect(readCrumb(bytes(text))).toEqual(reply);
  });

  test('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        for (const reply of [readToken(body), readCrumb(body)])
          expect('value' in reply || 'refused' in reply).toBe(true);
      }),
    );
  });

  test('reads back what it was told', () => {
    const value = fc.stringMatching(/^[\x21-\x7e]{1,40}$/);
    fc.assert(
      fc.property(value, value, value, (crumb, y, t) => {
        expect(readCrumb(bytes(`0\r\ncrumb=${crumb}\r\nY=${y}\r\nT=${t}\r\n`))).toEqual({ value: { crumb, y, t } });
      }),
    );
  });
});
