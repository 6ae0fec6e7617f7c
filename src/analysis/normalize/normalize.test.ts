import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEntities } from './entities.ts';
import { foldText, MAX_ANALYSED } from './fold.ts';
import { MappedText } from './mapped-text.ts';
import { stripHtml, stripIrcCodes } from './markup.ts';

describe('foldText', () => {
  it.each([
    ['Cyrillic letters inside Latin words', 'fr\u0435\u0435 nitr\u043e', 'free nitro'],
    ['full-width letters', 'ＦＲＥＥ　nitro', 'free nitro'],
    ['mathematical letters', '𝐅𝐫𝐞𝐞 𝓷𝓲𝓽𝓻𝓸', 'free nitro'],
    ['Greek letters', 'fr\u03b5\u03b5 \u03bd\u03b9t\u03c1o', 'free vitpo'],
    ['zero-width characters and soft hyphens', 'fr\u200bee ni\u00adtro\u2060', 'free nitro'],
    ['bidi controls', '\u202efree\u202c nitro', 'free nitro'],
    ['accents and towers of marks', 'fr\u00e9\u00e9 n\u0300\u0301\u0302itro', 'free nitro'],
    ['white space of every kind', '  free\u00a0\t\r\n nitro ', 'free nitro'],
    ['Russian text written with Latin look-alikes', 'л\u044eдeй', foldText('людей')],
  ])('folds %s', (_name, text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('gives the same for what it already folded', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => foldText(foldText(text)) === foldText(text)));
  });

  it('looks at 64 Ki units at most, even when NFKC grows the text eighteenfold', () => {
    expect(foldText('\ufdfa'.repeat(MAX_ANALYSED * 2)).length).toBeLessThanOrEqual(MAX_ANALYSED);
  });
});

describe('stripHtml', () => {
  it('keeps text and links apart', () => {
    const html =
      '<FONT COLOR="#ff0000">look &amp; see <a href="http://evil.example/a.scr">my <b>photo</b></a></FONT><br>bye';
    const stripped = stripHtml(new MappedText(html));
    expect({ text: stripped.mapped.text, links: stripped.links }).toEqual({
      text: 'look & see my photo\nbye',
      links: [{ href: 'http://evil.example/a.scr', label: 'my photo' }],
    });
    const at = stripped.mapped.text.indexOf('& see');
    expect(stripped.mapped.seen(at, at + 5)).toBe('&amp; see');
  });

  it('says nothing of scripts and styles, and survives tags that never end', () => {
    expect(
      stripHtml(new MappedText('<style>a{}</style>hi<script>x</script> <a href=http://a.example/>there')).links,
    ).toEqual([{ href: 'http://a.example/', label: 'there' }]);
    expect(stripHtml(new MappedText('a < b and <unfinished')).mapped.text).toBe('a < b and <unfinished');
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => typeof stripHtml(new MappedText(`<a ${text}`)).mapped.text === 'string'),
    );
  });
});

describe('decodeEntities', () => {
  it.each([
    ['&#104;&#x74;tp&colon;&sol;&sol;x', 'http://x'],
    ['&#xd800;&#0;', '\ufffd\ufffd'],
    ['&nothing; AT&T', '&nothing; AT&T'],
  ])('decodes %s', (text, plain) => {
    expect(decodeEntities(text)).toBe(plain);
  });
});

it('strips the colours of IRC without taking the digits of the text', () => {
  expect(stripIrcCodes(new MappedText('\x0304,01WIN\x03 \x02500\x0f \x031234')).text).toBe('WIN 500 34');
});
