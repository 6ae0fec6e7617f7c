import { describe, expect, test } from 'vitest';
import { decodeText, stripMarkup } from './text.ts';

describe('text', () => {
  test.each<[string, string]>([
    ['\u001b[1mbold\u001b[x1m', 'bold'],
    ['\u001b[30m\u001b[#ff00aamhi', 'hi'],
    ['\u001b[lmhttp://203.0.113.5/a.scr\u001b[xlm', 'http://203.0.113.5/a.scr'],
    ['<font face="Arial" size="10">hi</font>', 'hi'],
    ['<FADE #ff0000,#00ff00>rain</FADE>bow', 'rainbow'],
    ['<snd=door><alt #ff0000,#0000ff>x</alt>', 'x'],
    ['<b>a</B><i>b</i><u>c</u>', 'abc'],
    ['1 < 2 and <a href="http://x.example">link</a>', '1 < 2 and <a href="http://x.example">link</a>'],
    ['\u001b[cut', '\u001b[cut'],
  ])('%j is shown as %j', (raw, shown) => {
    expect(stripMarkup(raw)).toBe(shown);
  });

  test('markup that never ends costs no time', () => {
    const started = performance.now();
    stripMarkup('<font '.repeat(10_000));
    stripMarkup(`<font ${'a'.repeat(60_000)}`);
    stripMarkup('\u001b['.repeat(30_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test.each<[string, string | undefined, string, string]>([
    ['c3a9', '1', 'é', 'utf-8'],
    ['e9', '1', '\ufffd', 'utf-8'],
    ['c3a9', '0', 'Ã©', 'windows-1252'],
    ['c3a9', undefined, 'é', 'utf-8'],
    ['80', undefined, '€', 'windows-1252'],
  ])('bytes %s with key 97 %j', (hex, flag, text, charset) => {
    expect(decodeText(Buffer.from(hex, 'hex'), flag)).toEqual({ text, charset });
  });
});
