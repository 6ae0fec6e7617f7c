import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlToText } from './html-text.ts';
import { readMime } from './mime.ts';

describe('HTML', () => {
  for (const [html, text] of [
    ['<b>x</b>', 'x'],
    ['<a href="http://evil.test/a.scr">http://bank.test</a>', 'http://bank.test'],
    ['a<br/>b<br>c', 'a\nb\nc'],
    ['1 &lt; 2 &amp; &#x41;&#66; &bogus; &', '1 < 2 & AB &bogus; &'],
    ['no end <b', 'no end <b'],
    ['&#1114112;&#0;&#xd800;', '&#1114112;&#0;\ufffd'],
  ] as const) {
    test(`${JSON.stringify(html)} reads ${JSON.stringify(text)}`, () => {
      expect(htmlToText(html)).toBe(text);
    });
  }
});

describe('MIME', () => {
  test('gives the HTML and names what is sent along', () => {
    const document = [
      'Mime-Version: 1.0',
      'Content-Type: multipart/related;',
      ' boundary="related_1"',
      '',
      '--related_1',
      'Content-Type: text/html; charset=UTF-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'look <a href=3D"http://x.test">h=C3=A9re</a> <img =',
      'src=3D"cid:1">',
      '--related_1',
      'Content-Type: image/gif; name="a.gif"',
      'Content-Transfer-Encoding: base64',
      '',
      'R0lGODlh',
      '--related_1--',
      '',
    ].join('\r\n');
    const read = readMime(Buffer.from(document));
    expect(read.html).toBe('look <a href="http://x.test">hére</a> <img src="cid:1">');
    expect(read.parts).toMatchObject([{ type: 'image/gif', size: 6 }]);
  });

  test('what is no MIME is plain text', () => {
    expect(readMime(Buffer.from('hello')).plain).toBe('hello');
  });

  test('any bytes are read without an error, and a thousand parts as some (property)', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readMime(bytes)));
    const many = `Content-Type: a; boundary=b\n\n${'--b\nx: y\n\nz'.repeat(1000)}`;
    expect(readMime(Buffer.from(many)).parts.length).toBeLessThan(40);
  });
});
